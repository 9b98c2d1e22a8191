"""When the numbers of a file were read off the platform."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from longtake.domain.timed.moment import Moment, Precision
from longtake.ingest.reader import Context

BEIJING = ZoneInfo("Asia/Shanghai")
_DATE = re.compile(r"(?<!\d)(20\d\d)([-_./年]?)(0[1-9]|1[0-2])(?:\2|月)(0[1-9]|[12]\d|3[01])(?!\d)")
_UTC = ZoneInfo("UTC")


def day_in(name: str) -> date | None:
    """Return the last calendar day written in a file name.

    Examples:
        >>> day_in("daily_20240219.csv")
        datetime.date(2024, 2, 19)
        >>> day_in("2024-05-20/08.json")
        datetime.date(2024, 5, 20)
        >>> day_in("20240231.csv") is None
        True
    """
    for year, _, month, day in reversed(_DATE.findall(name)):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def day_span(day: date, *, raw: str = "") -> Moment:
    """Return a calendar day of Beijing as a span of UTC time.

    Examples:
        >>> day_span(date(2024, 2, 19)).low.isoformat()
        '2024-02-18T16:00:00+00:00'
    """
    low = datetime(day.year, day.month, day.day, tzinfo=BEIJING).astimezone(_UTC)
    return Moment(low, low + timedelta(days=1), Precision.DAY, raw)


def observed(context: Context) -> Moment:
    """Return when the file was taken: as told, else the day in its name, else unknown."""
    if context.observed_at is not None:
        at = context.observed_at.astimezone(_UTC)
        return Moment(at, at + timedelta(seconds=1), Precision.SECOND)
    day = day_in(context.name)
    return day_span(day, raw=context.name) if day else Moment(None, None, Precision.UNKNOWN)


def instant(moment: Moment) -> datetime | None:
    """Return one instant for a span: its start when exact, its last second when it is a day.

    Counts in a file named after a day were there by the end of it.

    Examples:
        >>> instant(day_span(date(2024, 2, 19))).isoformat()
        '2024-02-19T15:59:59+00:00'
    """
    if moment.precision is Precision.DAY and moment.high is not None:
        return moment.high - timedelta(seconds=1)
    return moment.low
