"""What may keep a minor out of a structure, whichever way the stay comes, and what two people may derogate."""
