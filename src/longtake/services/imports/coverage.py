"""Which hours of a list nobody looked at."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from longtake.domain.observation import Observation
from longtake.domain.timed.moment import Precision

HOUR = timedelta(hours=1)
CHINA = ZoneInfo("Asia/Shanghai")
FINE = frozenset({Precision.SECOND, Precision.MINUTE, Precision.HOUR})
FORM = "%Y-%m-%d %H:00"


def snapshot_hour(row: object) -> tuple[str, datetime] | None:
    """Return the platform and hour of a list snapshot a row belongs to; None for any other row."""
    if isinstance(row, Observation) and row.metric == "rank" and row.at and row.at_precision in FINE:
        return row.platform, row.at.replace(minute=0, second=0, microsecond=0)
    return None


def missing_hours(hours: Iterable[datetime]) -> tuple[str, ...]:
    """Return the stretches between the first and the last hour in which no hour is there.

    Args:
        hours: Whole hours, aware, any order.

    Returns:
        Beijing hours or spans of them, oldest first; empty when nothing is missing.

    Examples:
        >>> from datetime import UTC
        >>> missing_hours(datetime(2026, 1, 8, h, tzinfo=UTC) for h in (0, 1, 4, 6))
        ('2026-01-08 10:00 – 2026-01-08 11:00', '2026-01-08 13:00')
    """
    ordered = sorted(set(hours))
    made = []
    for before, after in itertools.pairwise(ordered):
        if after - before > HOUR:
            first, last = (time.astimezone(CHINA).strftime(FORM) for time in (before + HOUR, after - HOUR))
            made.append(first if first == last else f"{first} – {last}")
    return tuple(made)
