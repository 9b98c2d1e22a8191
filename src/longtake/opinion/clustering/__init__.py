"""Points drawn together, and how clearly they fall apart."""
