"""Days of the US year on which more people, or fewer, go to the cinema."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
AROUND = (-4, 4)
"""First and last day, relative to a holiday, that has an effect of its own."""

_NEW_YEAR, _MONTHS, _WEEKDAYS = (-12, 5), 12, 7


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    """Return the nth weekday of a month; the last one when n is -1."""
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    Examples:
        >>> easter(2024)
        datetime.date(2024, 3, 31)

    References:
        Meeus, 1991, Astronomical Algorithms, ch. 8 (the algorithm of Butcher, 1876).
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    day = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * day) // 451
    month, rest = divmod(h + day - 7 * m + 114, 31)
    return date(year, month, rest + 1)


def holidays(year: int) -> tuple[date, ...]:
    """Return the days of a year that move US cinema visits, always in the same order.

    Martin Luther King's day, Valentine's day, the Super Bowl's usual Sunday, Presidents' day, Easter,
    Memorial day, Independence day, Labor day, Columbus day, Halloween, Veterans day, Thanksgiving.

    Examples:
        >>> holidays(2015)[-1]
        datetime.date(2015, 11, 26)
    """
    return (
        _nth(year, 1, 0, 3),
        date(year, 2, 14),
        _nth(year, 2, 6, 1),
        _nth(year, 2, 0, 3),
        easter(year),
        _nth(year, 5, 0, -1),
        date(year, 7, 4),
        _nth(year, 9, 0, 1),
        _nth(year, 10, 0, 2),
        date(year, 10, 31),
        date(year, 11, 11),
        _nth(year, 11, 3, 4),
    )


COLUMNS = _WEEKDAYS * _MONTHS + 12 * (AROUND[1] - AROUND[0] + 1) + (_NEW_YEAR[1] - _NEW_YEAR[0] + 1)


def marks(first: date, days: int) -> Floats:
    """Return what is special about each of some days in a row, shape (days, COLUMNS), 0 or 1.

    Args:
        first: The first day.
        days: How many, at least 1.

    Raises:
        ValueError: Fewer than one day.
    """
    if days < 1:
        raise ValueError(f"{days} days")
    return _marks(first, days).copy()


@lru_cache(maxsize=8)
def _marks(first: date, days: int) -> Floats:
    made = np.zeros((days, COLUMNS))
    span = AROUND[1] - AROUND[0] + 1
    near = {year: holidays(year) for year in range(first.year, (first + timedelta(days=days)).year + 1)}
    for row in range(days):
        day = first + timedelta(days=row)
        made[row, day.weekday() * _MONTHS + day.month - 1] = 1.0
        for number, holiday in enumerate(near[day.year]):
            away = (day - holiday).days
            if AROUND[0] <= away <= AROUND[1]:
                made[row, _WEEKDAYS * _MONTHS + number * span + away - AROUND[0]] = 1.0
        turn = (day - date(day.year + (day.month > 6), 1, 1)).days
        if _NEW_YEAR[0] <= turn <= _NEW_YEAR[1]:
            made[row, COLUMNS - 1 - _NEW_YEAR[1] + turn] = 1.0
    return made
