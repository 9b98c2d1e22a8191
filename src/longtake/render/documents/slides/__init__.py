"""A document as slides whose charts can be edited."""
