"""What is put before people over the weeks, its rhythm, and what stood around each piece."""

from longtake.services.assets.calendar import AssetCalendar, calendar, planned
from longtake.services.assets.kinds import KINDS, kind_of
from longtake.services.assets.told import as_json, assets

__all__ = ["KINDS", "AssetCalendar", "as_json", "assets", "calendar", "kind_of", "planned"]
