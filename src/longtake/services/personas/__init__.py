"""Personas of a campaign, kept as versions."""
