"""Campaigns: their file, their id, those a workspace knows, and folders that are followed."""
