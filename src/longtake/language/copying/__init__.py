"""Which texts are copies of each other, and which of them flood a campaign."""
