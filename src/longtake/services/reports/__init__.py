"""Measure a campaign and write one honest page."""

from longtake.services.reports.write import Written, language, write

__all__ = ["Written", "language", "write"]
