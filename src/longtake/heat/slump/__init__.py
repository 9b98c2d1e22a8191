"""The day heat begins to slide, and whether word of mouth broke or something else did."""
