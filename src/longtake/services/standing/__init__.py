"""The state a campaign is in, and the answers that are kept for it."""
