"""How a forecast would have done on the series itself: coverage, and skill beside the damped mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.heat.forecasting.baselines import damped_mean
from longtake.heat.forecasting.forecast import LEAST_STEPS, forecast
from longtake.heat.forecasting.intervals import adapted_levels
from longtake.heat.forecasting.short import period_of

Floats = NDArray[np.float64]

WINDOW = 90
LEAST_HISTORY = 14
COVERAGE = "realised coverage, rolling origins"
SKILL = "skill against the damped mean, rolling origins"
Z90 = 1.6448536269514722


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """What rolling origins over the last steps found.

    Attributes:
        coverage: Share of observed steps that the intervals held; the level asked for is right when its
            interval holds it.
        skill: One less the sum of absolute errors over that of the damped mean: above 0 is better.
        origins: Steps known at each forecast, oldest first.
        asked: Level asked for at each, and one more: the level for the next forecast, so that coverage
            keeps to ``level`` (adaptive conformal inference).
        level: Coverage aimed at.
    """

    coverage: Quantity
    skill: Quantity
    origins: tuple[int, ...]
    asked: tuple[float, ...]
    level: float


def backtest(
    counts: ArrayLike,
    *,
    step_hours: float,
    horizon: int,
    events: Mapping[str, ArrayLike] | None = None,
    window: int = WINDOW,
    every: int | None = None,
    level: float = 0.8,
    adaptive: bool = False,
) -> Backtest:
    """Return realised coverage and skill over the last steps, each forecast knowing its past alone.

    Where events are given, each forecast is told what was done in its horizon: that is a plan kept to.

    Args:
        counts: Counts a step, NaN where missing, shape (t,).
        step_hours: Length of a step, hours.
        horizon: Steps ahead, at least 1.
        events: Promotion by name, each of shape (t,).
        window: Last steps that are forecast.
        every: Steps between origins; a quarter of the horizon when None.
        level: Coverage aimed at, in (0, 1).
        adaptive: Whether each forecast is asked for at the adapted level.

    Returns:
        Coverage and skill with 90 % intervals that count overlapping horizons once; Unknown("too_few_rows")
        where no horizon fits behind 14 steps, Unknown("no_rows") for skill where the damped mean is never
        off.

    Raises:
        ValueError: As :func:`longtake.heat.forecasting.forecast.forecast`.

    Examples:
        >>> made = backtest([5.0] * 20, step_hours=24.0, horizon=30)
        >>> made.coverage.reason, made.origins
        ('too_few_rows', ())
    """
    series = np.asarray(counts, dtype=np.float64)
    t = series.size
    if horizon < 1 or window < 1:
        raise ValueError(f"horizon {horizon} and window {window} must be at least 1")
    first = max(LEAST_HISTORY, t - window)
    starts = range(first, t - horizon + 1, every or max(1, horizon // 4))
    asked: list[float] = []
    held: list[float] = []
    ours: list[float] = []
    calm: list[float] = []
    used: list[int] = []
    for origin in starts:
        past, come = series[:origin], series[origin : origin + horizon]
        seen = ~np.isnan(come)
        if (~np.isnan(past)).sum() < LEAST_STEPS or not seen.any():
            continue
        # What a forecast missed is known only when its horizon is over.
        over = [share for share, at in zip(held, used, strict=True) if at + horizon <= origin]
        asked.append(adapted_levels(over, level=level)[-1] if adaptive else level)
        made = forecast(
            past,
            step_hours=step_hours,
            horizon=horizon,
            events={name: np.asarray(each)[:origin] for name, each in events.items()} if events else None,
            future_events={name: np.asarray(each)[origin : origin + horizon] for name, each in events.items()}
            if events
            else None,
            level=asked[-1],
        )
        plain = damped_mean(past, horizon=horizon, window=max(7, period_of(step_hours)))[0]
        held.append(float(((come >= made.low) & (come <= made.high))[seen].mean()))
        ours.append(float(np.abs(come - made.mean)[seen].sum()))
        calm.append(float(np.abs(come - plain)[seen].sum()))
        used.append(origin)
    if not used:
        needed = LEAST_HISTORY + horizon
        return Backtest(
            Unknown("too_few_rows", COVERAGE, "share", t, needed),
            Unknown("too_few_rows", SKILL, "share", t, needed),
            (),
            (level,),
            level,
        )
    asked.append(adapted_levels(held, level=level)[-1])
    apart = max(1.0, (used[-1] + horizon - used[0]) / horizon)
    return Backtest(
        _coverage(np.asarray(held), apart),
        _skill(np.asarray(ours), np.asarray(calm), apart),
        tuple(used),
        tuple(asked),
        level,
    )


def _coverage(held: Floats, apart: float) -> Estimate:
    """Return the mean share with Wilson's interval for as many windows as stand apart."""
    share, z2 = float(held.mean()), Z90**2
    middle = (share + z2 / (2 * apart)) / (1 + z2 / apart)
    half = Z90 * math.sqrt(share * (1 - share) / apart + z2 / (4 * apart**2)) / (1 + z2 / apart)
    low, high = max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
    return Estimate(share, low, high, 0.9, "share", COVERAGE, held.size)


def _skill(ours: Floats, calm: Floats, apart: float) -> Quantity:
    """Return the skill with a jackknife interval, widened for windows that overlap."""
    n = ours.size
    if calm.sum() <= 0:
        return Unknown("no_rows", SKILL, "share", n)
    skill = 1.0 - float(ours.sum() / calm.sum())
    if n < 2 or (calm.sum() - calm).min() <= 0:
        return Estimate(skill, -math.inf, 1.0, 0.9, "share", SKILL, n)
    without = 1.0 - (ours.sum() - ours) / (calm.sum() - calm)
    spread = math.sqrt((n - 1) / n * float(((without - without.mean()) ** 2).sum()) * max(1.0, n / apart))
    return Estimate(skill, skill - Z90 * spread, min(1.0, skill + Z90 * spread), 0.9, "share", SKILL, n)
