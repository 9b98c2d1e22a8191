"""A plan as it is run: acts that are only ever added, and what they make of each stage."""
