"""Tickets a film will sell in its next seven days, with or without the showings planned for them."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.heat.boxoffice.spread import Spread

Floats = NDArray[np.float64]
WEEK, REACH = 7, 10.0
FEATURES = 22
ELASTICITY = FEATURES - 6
"""Column of the logarithm of planned over past showings."""

HOLIDAYS = ELASTICITY - 1
"""Column of days off gained."""

METHOD = "pooled log-linear regression, Huber weights; interval from films left out"
DAY_BY_DAY = 0.75
"""Power of a day's showings gained, where days are added up one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Weekly:
    """Coefficients of four regressions: 2 when showings are planned, 1 when holidays are told, added up.

    Attributes:
        mean: Mean of each feature, shape (FEATURES,).
        spread: Standard deviation, shape (FEATURES,).
        slopes: Coefficients on standardised features, shape (4, FEATURES).
        base: Intercepts, shape (4,).
        errors: What films that were left out came to over their forecast.
    """

    mean: Floats
    spread: Floats
    slopes: Floats
    base: Floats
    errors: Spread

    def predict(self, rows: Floats, kind: int) -> Floats:
        """Return the logarithm of next over last week's tickets, shape (n,)."""
        moved = np.nan_to_num(np.clip((rows - self.mean) / self.spread, -REACH, REACH))
        return np.asarray(moved @ self.slopes[kind] + self.base[kind])

    def stored(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays that :meth:`read` reads."""
        made = {name: getattr(self, name) for name in ("mean", "spread", "slopes", "base")}
        return {**made, **self.errors.stored("errors")}

    @classmethod
    def read(cls, stored: Mapping[str, ArrayLike]) -> Weekly:
        """Return the regressions stored in an opened ``.npz``."""
        mean, spread, slopes, base = (
            np.asarray(stored[name], dtype=np.float64) for name in ("mean", "spread", "slopes", "base")
        )
        return cls(mean, spread, slopes, base, Spread.read(stored, "errors"))


@lru_cache(maxsize=1)
def packaged() -> Weekly:
    """Return the regressions that come with the package."""
    held = (files("longtake.heat.boxoffice") / "weights" / "kr.npz").read_bytes()
    with np.load(io.BytesIO(held), allow_pickle=False) as stored:
        return Weekly.read(stored)


def next_week_admissions(
    admissions: ArrayLike,
    *,
    showings: ArrayLike | None = None,
    planned_showings: ArrayLike | None = None,
    weekday: int | None = None,
    holidays: Sequence[bool] | None = None,
    level: float = 0.8,
    weights: Weekly | None = None,
) -> Estimate:
    """Return the tickets of the next seven days.

    ``log(next week / last week)`` is linear in the shape of the last two weeks, the weekday, days off gained
    and, where planned, the logarithm of the showings gained. Twice the tickets give twice the answer.
    **The elasticity to showings is not causal**: cinemas give showings to films that sell. It tells what a
    plan says about next week, not what one more showing would sell.

    Args:
        admissions: Tickets of each day, oldest first, shape (n,), n at least 7; the last 14 are looked at.
        showings: Showings of the same days, shape (n,).
        planned_showings: Showings of the next seven days, shape (7,); they need `showings`.
        weekday: Of the first day to come, 0 for Monday; None when unknown.
        holidays: Whether each of the last seven and the next seven days is a day off from Monday to Friday,
            shape (14,); None when unknown, and the interval is wider.
        level: Coverage of the interval, in (0, 1).
        weights: The regressions; those of the package when None.

    Returns:
        Tickets of seven days; ``n`` is the number of days seen.

    Raises:
        NotEnoughDataError: Fewer than seven days, or one of the last seven without tickets or showings.
        ValueError: Numbers below zero, shapes that differ, or a plan without past showings.

    Examples:
        >>> week = [100.0, 90.0, 80.0, 90.0, 150.0, 300.0, 250.0]
        >>> one = next_week_admissions(week, weekday=0)
        >>> two = next_week_admissions([2 * day for day in week], weekday=0)
        >>> round(two.value / one.value, 9)
        2.0

    References:
        Elberse, Eliashberg, 2003, Demand and supply dynamics for sequentially released products in
        international markets, doi:10.1287/mksc.22.3.329.17740; Huber, 1964, Robust estimation of a location
        parameter, doi:10.1214/aoms/1177703732.
    """
    tickets, supply, plan = _days(admissions, "tickets"), None, None
    if planned_showings is not None:
        if showings is None or np.size(showings) != np.size(admissions):
            raise ValueError("planned_showings need showings of the same past days as the tickets")
        supply, plan = _days(showings, "showings"), np.asarray(planned_showings, dtype=np.float64)
    if plan is not None and (plan.shape != (WEEK,) or not (plan >= 0).all() or not plan.any()):
        raise ValueError(f"planned_showings of shape {plan.shape}, unknown, below zero or all zero")
    if holidays is not None and len(holidays) != 2 * WEEK:
        raise ValueError(f"{len(holidays)} holidays, 14 days")
    models = weights or packaged()
    kind = 2 * (plan is not None) + (holidays is not None)
    rows = weekly_features(tickets, supply, plan, weekday, holidays)[None, :]
    last = float(np.asarray(admissions, dtype=np.float64)[-WEEK:].sum())
    value = last * math.exp(float(models.predict(rows, kind)[0]))
    down, up = models.errors.bounds(kind, 0.0, level)
    low, high = value * math.exp(min(down, 0.0)), value * math.exp(max(up, 0.0))
    return Estimate(value, low, high, level, "admissions", METHOD, int(np.size(admissions)))


def _days(given: ArrayLike, what: str) -> Floats:
    """Return the last fourteen days, each above zero."""
    days = np.asarray(given, dtype=np.float64)
    if days.ndim != 1 or (days < 0).any():
        raise ValueError(f"{what} of shape {days.shape}, or below zero")
    last = days[-WEEK:]
    known = int(np.isfinite(last).sum())
    if known < WEEK or not last.any():
        raise NotEnoughDataError(
            "next week's admissions", needed=WEEK, got=known if last.any() else 0, unit=f"days with {what}"
        )
    # A day that sold nothing has no logarithm; a thousandth of the mean day stands for it.
    return np.asarray(np.maximum(days[-2 * WEEK :], 1e-3 * last.mean()))


def weekly_features(
    tickets: Floats,
    supply: Floats | None,
    plan: Floats | None,
    weekday: int | None,
    holidays: Sequence[bool] | None,
) -> Floats:
    """Return one number a feature, NaN where unknown, shape (FEATURES,); arguments as above, checked."""
    last = np.log(tickets[-WEEK:] / tickets[-WEEK:].mean())
    both = min(WEEK, tickets.size - WEEK)
    made = [last[-1], last[-2], last[-3], last[0], _weeks(tickets, both), _weeks(tickets, min(3, both))]
    made += [float(both > 0), float(both == WEEK)]
    made += [np.nan if weekday is None else float(weekday == day) for day in range(WEEK)]
    made += [np.nan if holidays is None else float(sum(holidays[WEEK:])) - float(sum(holidays[:WEEK]))]
    if supply is None or plan is None:
        return np.array([*made, *[np.nan] * 6])
    before = supply[-WEEK:]
    gained = math.log(plan.sum() / before.sum())
    ratio = np.maximum(plan, 0.5) / before
    day_by_day = float((tickets[-WEEK:] * ratio**DAY_BY_DAY).sum() / tickets[-WEEK:].sum())
    made += [
        gained,
        gained**2,
        math.log(before[-1] / before.mean()),
        _weeks(supply, min(3, both)),
        math.log(max(0.5, plan[:4].sum()) / plan.sum()),
        math.log(day_by_day),
    ]
    return np.array(made)


def _weeks(days: Floats, k: int) -> float:
    """Return the logarithm of the last k days over the same weekdays a week before."""
    return float(np.log(days[-k:].sum() / days[-k - WEEK : -WEEK].sum())) if k > 0 else math.nan
