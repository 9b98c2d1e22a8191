"""Votes on statements, exported by Polis and tools that write its format, or told in three columns."""
