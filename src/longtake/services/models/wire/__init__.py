"""The line to a plugged model: one checked address, small bounded answers, nothing followed."""
