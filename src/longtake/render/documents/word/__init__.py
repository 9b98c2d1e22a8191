"""A document as an editable Word file."""
