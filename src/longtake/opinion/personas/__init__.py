"""Who the audience is, version by version, and what changed from one to the next."""
