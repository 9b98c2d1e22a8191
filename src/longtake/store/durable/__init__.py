"""Files that survive a power cut, and one writer at a time."""
