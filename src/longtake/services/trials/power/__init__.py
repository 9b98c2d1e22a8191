"""What a trial can find, before it starts."""
