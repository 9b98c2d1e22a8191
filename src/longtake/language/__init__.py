"""What comments say, at speed."""
