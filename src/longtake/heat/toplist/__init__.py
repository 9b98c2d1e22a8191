"""What stands on a top list, and for how long."""
