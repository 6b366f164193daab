"""From an acceptance to an arrival: what is missing, in words; what a meeting point must not tell."""
