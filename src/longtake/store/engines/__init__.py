"""Where expressions run."""
