"""How a film is built: segments, arcs, contrast, brand."""
