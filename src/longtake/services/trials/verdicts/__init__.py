"""What a trial came to, and how it is kept."""
