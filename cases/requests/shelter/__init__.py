"""A minor put in safety for the hours that come, while a place is looked for."""
