"""Files that people drop into a trial, and the table to fill in."""
