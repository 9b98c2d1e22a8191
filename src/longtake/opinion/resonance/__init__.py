"""What circles of an audience like, how far they differ, and whether they are the ones that were meant."""
