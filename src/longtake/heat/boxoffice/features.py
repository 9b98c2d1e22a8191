"""What the first days of a run, its theaters and the calendar say about the rest of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError
from longtake.heat.boxoffice.calendar import marks

Floats = NDArray[np.float64]
MIN_DAYS, MAX_DAYS, PATH_DAYS, RUN_DAYS = 3, 34, 35, 190
WEEKLY_FALL = -0.08
"""Fall of the natural logarithm a day, calendar and age set aside, that a short run is drawn to."""

_DRAWN = 200.0
_TICKET_GROWTH, _TICKET_YEAR = 0.0284, 2010.0


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """How the natural logarithm of a day's takings moves with the calendar and the age of a run.

    Attributes:
        calendar: Effect of each of the calendar's marks, shape (COLUMNS,).
        age: Effect of each day of age, shape (35,); later days repeat its last week.
    """

    calendar: Floats
    age: Floats

    def log_level(self, release: date, days: int) -> Floats:
        """Return the expected logarithm of each day from the release on, up to a constant and a slope."""
        later = np.resize(self.age[-7:], max(0, days - PATH_DAYS))
        return np.asarray(marks(release, days) @ self.calendar + np.concatenate([self.age, later])[:days])


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The days of one run seen so far, checked.

    Attributes:
        gross: Takings of each day, above zero, shape (n,).
        theaters: Theaters of each day, shape (n,); NaN where nobody tells.
        release: Day of the wide opening.
        sized: Whether takings are US dollars, so that the size of the opening means something.
    """

    gross: Floats
    theaters: Floats
    release: date
    sized: bool

    @property
    def taken(self) -> float:
        """All takings so far."""
        return float(self.gross.sum())

    @property
    def log_price(self) -> float:
        """Logarithm of the year's ticket price over that of 2010; NaN unless takings are dollars."""
        return _TICKET_GROWTH * (self.release.year - _TICKET_YEAR) if self.sized else math.nan


def run_of(
    daily_gross: ArrayLike, theaters: ArrayLike | None, release_date: date, *, unit: str, method: str
) -> Run:
    """Return the checked run; days after the 34th are left out.

    Raises:
        NotEnoughDataError: Fewer than three days, or a day without a figure.
        ValueError: Takings below zero or all zero, shapes that differ, or theaters below zero.
    """
    gross = np.asarray(daily_gross, dtype=np.float64)
    if gross.ndim != 1:
        raise ValueError(f"daily_gross of shape {gross.shape}")
    known = int(np.isfinite(gross).sum())
    if gross.size < MIN_DAYS or known < gross.size:
        raise NotEnoughDataError(
            method, needed=max(MIN_DAYS, gross.size), got=known, unit="days with a figure, from the first on"
        )
    if (gross < 0).any() or not gross.any():
        raise ValueError("daily_gross is negative, or zero on every day")
    supply = np.full(gross.size, np.nan) if theaters is None else np.asarray(theaters, dtype=np.float64)
    if supply.shape != gross.shape or (supply < 0).any():
        raise ValueError(f"theaters of shape {supply.shape} for {gross.size} days, or below zero")
    # A day that took nothing has no logarithm; a thousandth of the mean day stands for it.
    gross = np.maximum(gross, 1e-3 * gross.mean())[:MAX_DAYS]
    supply = np.where(supply > 0, supply, np.nan)[:MAX_DAYS]
    opened = date(release_date.year, release_date.month, release_date.day)
    return Run(gross, _filled(supply), opened, unit == "USD")


def _filled(supply: Floats) -> Floats:
    """Return theaters with each gap filled from the day before it, the first days from the first known."""
    known = np.flatnonzero(np.isfinite(supply))
    if not known.size:
        return supply
    place = np.searchsorted(known, np.arange(supply.size), side="right") - 1
    return np.asarray(supply[known[np.maximum(place, 0)]])


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A run measured against the profile.

    Attributes:
        vector: One number a feature, NaN where unknown, shape (FEATURES,).
        level: Mean logarithm of the last week, profile set aside, at its middle day.
        slope: The run's own slope a day, drawn to that of all runs.
        middle: Day (0 is the first) at which `level` holds.
        profile: Expected logarithm of each day, shape (RUN_DAYS,).
    """

    vector: Floats
    level: float
    slope: float
    middle: float
    profile: Floats

    def line(self, slope: float) -> Floats:
        """Return the logarithm of every day of the run, continued from the last week."""
        days = np.arange(self.profile.size)
        return np.asarray(self.level + slope * (days - self.middle) + self.profile)


def seen(run: Run, profile: Profile) -> Seen:
    """Return what the run shows; every feature is a ratio but those of size.

    Size is in dollars of one year: takings are divided by the mean growth of the US ticket price, 2.84 % a
    year (National Association of Theatre Owners, 2001 to 2018), and are NaN unless the run is `sized`.
    """
    gross, n = run.gross, run.gross.size
    curve = profile.log_level(run.release, RUN_DAYS)
    log_gross = np.log(gross)
    rest = log_gross - curve[:n]
    week = min(7, n)
    centred = np.arange(n) - (n - 1) / 2
    slope = float((centred @ rest + WEEKLY_FALL * _DRAWN) / (centred @ centred + _DRAWN))
    level = float(rest[-7:].mean())
    shown = Seen(np.empty(0), level, slope, n - 1 - (week - 1) / 2, curve)
    taken = math.log(run.taken)
    last = np.full(7, np.nan)
    last[7 - week :] = rest[-week:] - level
    made = [float(n), *(log_gross[:3] - log_gross[:3].mean()), rest[1] - rest[0], rest[2] - rest[0], *last]
    made += [
        log_gross[-1] + math.log(n) - taken,
        math.log(gross[-week:].mean() * n) - taken,
        math.log(gross[:3].sum()) - taken,
    ]
    for fall, spans in ((WEEKLY_FALL, (7, 21, 120)), (slope, (7, 120))):
        line = np.exp(shown.line(fall))
        made += [math.log(line[n : n + days].sum()) - taken for days in spans]
    made += [
        slope,
        level - rest[-14:-7].mean() if n >= 14 else rest[-3:].mean() - rest[:3].mean(),
        rest[-3:].mean() - rest[:3].mean(),
        math.log(gross[-3:].sum() / gross[-10:-7].sum()) if n >= 10 else np.nan,
    ]
    made += [curve[n + d : n + d + 7].mean() - curve[:week].mean() for d in (0, 7, 14, 21)]
    turn = 2 * math.pi * run.release.timetuple().tm_yday / 365.25
    made += [math.sin(turn), math.cos(turn), math.sin(2 * turn), math.cos(2 * turn)]
    supply = np.log(run.theaters)
    made += [
        supply[0],
        supply[-1] - supply[0],
        supply.max() - supply[0],
        supply[-1] - supply[max(0, n - 8)],
        supply[7] - supply[0] if n > 7 else supply[0] * 0,
    ]
    dollars = run.log_price
    made += [
        taken - dollars,
        taken - supply[0] - dollars,
        math.log(gross[-week:].mean()) - supply[-1] - dollars,
    ]
    return Seen(np.asarray(made, dtype=np.float64), level, slope, shown.middle, curve)


FEATURES = 41
SUPPLY = slice(33, 38)
"""Columns that need theaters."""

SIZE = slice(38, 41)
"""Columns that need dollars."""
