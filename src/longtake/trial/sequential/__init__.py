"""Tests and intervals that stay valid however often one looks, and boundaries for looks that were planned."""
