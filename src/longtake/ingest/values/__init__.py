"""Values as platforms write them: numbers, shares, times, regions, text."""
