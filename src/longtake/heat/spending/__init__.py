"""What money brings as more of it is spent."""
