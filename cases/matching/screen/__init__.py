"""« Chercher un lieu » as a table to compare and a map: one line a house, its worst warning as a pill."""
