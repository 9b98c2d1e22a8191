"""How attention rises, lasts and slides: pure mathematics on even time grids."""
