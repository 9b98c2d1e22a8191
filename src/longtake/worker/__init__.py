"""The process that does what takes longer than a page may."""
