"""Safe, streaming access to the forms a file can have; nothing here knows any platform."""
