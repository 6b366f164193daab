"""The circuit de protection of a minor: steps from a template, reviews of the stay, and what is known afterwards."""
