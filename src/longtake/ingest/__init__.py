"""Read the files people have: one reader a format, a row or a refusal for each record."""
