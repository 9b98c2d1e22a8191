"""What the page says of heat: the talk, its parts, the days to come, the circles."""
