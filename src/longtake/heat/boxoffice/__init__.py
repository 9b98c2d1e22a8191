"""What a run at the cinemas takes."""
