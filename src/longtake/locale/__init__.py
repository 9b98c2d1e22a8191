"""Words people read, in Simplified Chinese and English, by one set of keys."""
