"""Forms of the portal about minors. No field asks for a minor’s name."""
