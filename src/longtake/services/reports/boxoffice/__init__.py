"""What the page says of takings: so far, and to come."""
