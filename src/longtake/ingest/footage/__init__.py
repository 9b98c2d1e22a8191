"""What can be read from a film's pictures and sound, with the video extra."""
