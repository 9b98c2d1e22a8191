"""The proposition card, and how near each communication node stands to it."""
