"""Which words one group of texts uses more than another."""
