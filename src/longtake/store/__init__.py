"""The only floor that speaks to an engine: the lake, its catalogue, and the rows behind a figure."""
