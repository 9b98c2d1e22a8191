"""Read a draft before it goes out: form, entry, commercial load, claims the film does not keep."""
