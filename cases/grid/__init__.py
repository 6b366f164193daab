"""The grille de repérage: signs, what they say together, and nothing kept of who reads it without an account."""
