"""A series on an even grid: gaps, bounds, its daily cycle, its peak, where it heads."""
