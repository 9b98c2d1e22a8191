"""Dated things as months of weeks of days."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

MOST = 24


def months(by_day: Mapping[date, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return the months from the first dated thing to the last, two years at most.

    Returns:
        For each month ``at``, its first day, and ``weeks`` of seven ``(day, inside, things)``.

    Examples:
        >>> made = months({date(2026, 1, 31): ["a"], date(2026, 2, 1): ["b"]})
        >>> [month["at"].month for month in made], made[0]["weeks"][-1][5]
        ([1, 2], (datetime.date(2026, 1, 31), True, ['a']))
    """
    days = [day for day, things in by_day.items() if things]
    if not days:
        return []
    at, last = min(days).replace(day=1), max(days)
    out: list[dict[str, Any]] = []
    while at <= last and len(out) < MOST:
        weeks = calendar.Calendar().monthdatescalendar(at.year, at.month)
        out.append(
            {
                "at": at,
                "weeks": [[(d, d.month == at.month, by_day.get(d, [])) for d in week] for week in weeks],
            }
        )
        at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return out
