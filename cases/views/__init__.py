"""Pages of the portal about minors: form, service, redirection."""
