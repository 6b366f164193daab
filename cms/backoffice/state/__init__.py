"""How the service is, for who runs the machines and for who relies on it."""
