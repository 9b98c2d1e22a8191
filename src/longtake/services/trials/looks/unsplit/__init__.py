"""Looks at trials that split nobody: cities, cinemas, a series, slots, posts a feed showed."""
