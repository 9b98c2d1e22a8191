"""The film as its script tells it."""
