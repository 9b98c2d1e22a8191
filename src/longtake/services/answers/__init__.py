"""One question each: answered from a campaign or a file."""
