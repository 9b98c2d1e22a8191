"""Presence on a platform's hot list: when, how high, how long, and how it faded."""

from longtake.services.reports.toplist.listing import Listing, listings
from longtake.services.reports.toplist.section import section

__all__ = ["Listing", "listings", "section"]
