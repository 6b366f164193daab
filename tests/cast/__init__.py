"""The cast: the same people in every test, written through the services of the application."""
