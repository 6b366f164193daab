"""Which known minor a request may be about."""
