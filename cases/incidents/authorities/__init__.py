"""Whom an incident must be told to, and what is missing."""
