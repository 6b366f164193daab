"""Typed columns of lists, conditions over them, and the views that people make of both."""
