"""Metrics of a plan day by day: each a real series of the campaign's rows, or none with the file it needs."""

from longtake.services.plans.daily.choice import COUNTS, DAILY, daily, latest
from longtake.services.plans.daily.needs import NEEDS
from longtake.services.plans.daily.series import Daily

__all__ = ["COUNTS", "DAILY", "NEEDS", "Daily", "daily", "latest"]
