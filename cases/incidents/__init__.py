"""Incidents beyond their declaration: clocks, ladder, closing, two declarations of one fact, what is learnt."""
