"""What was promised and what is on screen: section, charts, signs."""
