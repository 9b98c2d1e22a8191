"""What the invented viewers say, and which of them says what."""
