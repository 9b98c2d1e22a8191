"""How a text is read: one spelling, its n-grams, its clauses."""
