"""Finding the structures that suit a minor: hard rules first, then a ranking, each with its reason in words."""
