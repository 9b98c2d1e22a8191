"""Legs of a box-office run: what it takes in all for what it took at first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from longtake.domain.estimate import Estimate, Quantity, Unknown

MIN_DAYS = 4


@dataclass(frozen=True, slots=True)
class Legs:
    """What a run has taken so far, and how it has held; measured sums only, nothing projected.

    A day without a figure is not a day without takings: where later days are missing, the sums are lower
    bounds and their ``high`` is ``inf``.

    Attributes:
        release: Day 1.
        days: Calendar days from release to the last figure.
        missing: Days after the third without a figure, oldest first.
        total: All takings, previews included.
        opening: First three calendar days, previews counted in day 1.
        previews: Takings before the release; Unknown("no_rows") when there are none.
        legs_3: ``total / opening``.
        legs_7: ``total / first seven days``; Unknown("too_few_rows") before day 8.
        weekly_ratio: Second seven days over first seven; Unknown("too_few_rows") before day 14.
        weekly_decline: One less the last seven days over the seven before them; Unknown before day 14.
    """

    release: date
    days: int
    missing: tuple[date, ...]
    total: Estimate
    opening: Estimate
    previews: Quantity
    legs_3: Quantity
    legs_7: Quantity
    weekly_ratio: Quantity
    weekly_decline: Quantity


def legs(
    dates: Sequence[date],
    takings: Sequence[float | None],
    *,
    release: date | None = None,
    unit: str = "CNY",
) -> Legs | Unknown:
    """Return the legs of one film's daily takings.

    Args:
        dates: Calendar days at the place of screening, any order, shape (n,). Figures of one day (several
            cities) are added up.
        takings: Takings of each day; None where not known, shape (n,).
        release: Day of the wide opening; days before it are previews. The first day with takings when None.
        unit: Unit of the takings.

    Returns:
        The legs; Unknown("no_rows") without takings, Unknown("no_opening") when one of the first
        three days has no figure, Unknown("too_few_rows") with fewer than four days.

    Raises:
        ValueError: Lengths differ or takings are below zero.

    Examples:
        >>> days = [date(2026, 1, 9) + timedelta(days=d) for d in range(4)]
        >>> legs(days, [40.0, 50.0, 30.0, 60.0]).legs_3.value
        1.5
    """
    if len(dates) != len(takings):
        raise ValueError(f"{len(dates)} dates, {len(takings)} takings")
    daily: dict[date, float] = {}
    for day, amount in zip(dates, takings, strict=True):
        if amount is not None and not math.isnan(amount):
            if amount < 0:
                raise ValueError(f"takings {amount} on {day}")
            daily[day] = daily.get(day, 0.0) + amount
    method = "total over first three days"
    if not any(daily.values()):
        return Unknown("no_rows", method, "ratio", 0, MIN_DAYS)
    opened = release or min(day for day, amount in daily.items() if amount > 0)
    run = [daily.get(opened + timedelta(days=i)) for i in range((max(daily) - opened).days + 1)]
    if len(run) < MIN_DAYS:
        return Unknown("too_few_rows", method, "ratio", max(0, len(run)), MIN_DAYS)
    if any(amount is None for amount in run[:3]):
        return Unknown("no_opening", method, "ratio", len(run))
    early = {day: amount for day, amount in daily.items() if day < opened}
    before = sum(early.values())
    missing = tuple(opened + timedelta(days=i) for i, amount in enumerate(run) if amount is None)
    total = before + sum(amount or 0.0 for amount in run)
    opening = before + sum(amount or 0.0 for amount in run[:3])
    week = before + sum(amount or 0.0 for amount in run[:7])
    n = len(daily)

    def over(base: float, method: str) -> Estimate:
        high = math.inf if missing else total / base
        return Estimate(total / base, total / base, high, 1.0, "ratio", method, n)

    return Legs(
        release=opened,
        days=len(run),
        missing=missing,
        total=Estimate(total, total, math.inf if missing else total, 1.0, unit, "sum of days", n),
        opening=Estimate.count(opening, unit=unit, method="sum of first three days", n=3 + len(early)),
        previews=Estimate.count(before, unit=unit, method="sum before release", n=len(early))
        if early
        else Unknown("no_rows", "sum before release", unit, 0),
        legs_3=over(opening, method) if opening > 0 else Unknown("no_rows", method, "ratio", n),
        legs_7=over(week, "total over first seven days")
        if len(run) > 7 and all(amount is not None for amount in run[:7]) and week > 0
        else _too_few(run[:7], "total over first seven days", 8),
        weekly_ratio=_weeks(run[:14], "second week over first week", falling=False),
        weekly_decline=_weeks(run[-14:], "last seven days against the seven before", falling=True),
    )


def _too_few(run: Sequence[float | None], method: str, needed: int) -> Unknown:
    """Return why there is no ratio of weeks: a day is missing, or the run is too short."""
    gap = any(amount is None for amount in run)
    return Unknown("too_few_points" if gap else "too_few_rows", method, "ratio", len(run), needed)


def _weeks(run: Sequence[float | None], method: str, *, falling: bool) -> Quantity:
    """Return the ratio of two adjoining weeks, or one less it."""
    known = [amount for amount in run if amount is not None]
    if len(known) < 14 or sum(known[:7]) <= 0:
        return _too_few(run, method, 14)
    ratio = sum(known[7:]) / sum(known[:7])
    value = 1 - ratio if falling else ratio
    return Estimate.count(value, unit="share" if falling else "ratio", method=method, n=14)
