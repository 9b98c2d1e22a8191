"""A wall-clock time and its unit as a span of UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from longtake.domain.timed.moment import Moment, Precision

STEPS = {
    Precision.SECOND: timedelta(seconds=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
}
"""Length of one unit."""


def span(wall: datetime, unit: Precision, raw: str, zone: tzinfo) -> Moment:
    """Return the unit of wall-clock time that starts at ``wall``, in UTC.

    A day ends at the next local midnight, which is 23 or 25 hours later where clocks change.

    Examples:
        >>> from zoneinfo import ZoneInfo
        >>> day = span(datetime(2022, 1, 5), Precision.DAY, "01-05", ZoneInfo("Asia/Shanghai"))
        >>> print(day.low, day.high)
        2022-01-04 16:00:00+00:00 2022-01-05 16:00:00+00:00
    """
    low = wall.replace(tzinfo=zone).astimezone(UTC)
    if unit is Precision.DAY:
        return Moment(low, (wall + STEPS[unit]).replace(tzinfo=zone).astimezone(UTC), unit, raw)
    return Moment(low, low + STEPS[unit], unit, raw)
