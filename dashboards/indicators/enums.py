"""Names of columns and lines that every population of the figures has."""

LINE = "line"
COUNTED = "counted"
"""The line of the headline; the other lines of a population are shown apart, never added."""
