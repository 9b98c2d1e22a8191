"""What rows say on a day: one file a design."""
