"""Check what a renewal model is given and lay it out on one grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError
from longtake.heat.renewal.cycle import own_cycle

Floats = NDArray[np.float64]

LEAST_STEPS = 14
LEAST_COUNTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """One series and what is known beside it.

    Attributes:
        counts: Counts, 0 where unseen, shape (t,).
        seen: Which steps were observed, shape (t,).
        names: Names of the events, sorted.
        events: Their intensities in that order, shape (j, t).
        season: Cycle of mean 1 over the seen steps, shape (t,).
        step_hours: Length of a step in hours.
        known_season: Whether the cycle came from elsewhere.
    """

    counts: Floats
    seen: NDArray[np.bool_]
    names: tuple[str, ...]
    events: Floats
    season: Floats
    step_hours: float
    known_season: bool


def design(
    counts: ArrayLike,
    *,
    step_hours: float,
    events: Mapping[str, ArrayLike] | None = None,
    seasonality: ArrayLike | None = None,
    method: str = "renewal model",
    least_steps: int = LEAST_STEPS,
) -> Design:
    """Return the checked design.

    Args:
        counts: Shape (t,), at least 0; NaN is missing.
        step_hours: Length of a step in hours, above 0.
        events: Intensities by name, each of shape (t,), at least 0.
        seasonality: Cycle of shape (t,), above 0, mean near 1; None to look for one in the counts.
        method: Who asks, for the refusal.
        least_steps: Fewest seen steps.

    Raises:
        ValueError: A shape, a sign or a length is wrong.
        NotEnoughDataError: Fewer than ``least_steps`` seen steps or 20 counts.

    Examples:
        >>> design([1.0] * 30, step_hours=24.0, events={"ad": [0.0] * 30}).names
        ('ad',)
    """
    series = np.asarray(counts, dtype=np.float64)
    if series.ndim != 1:
        raise ValueError(f"counts of shape {series.shape} are not one series")
    if not step_hours > 0:
        raise ValueError(f"step_hours {step_hours} is not above zero")
    seen = np.isfinite(series)
    if (series[seen] < 0).any():
        raise ValueError(f"counts hold {series[seen].min()}, below zero")
    if seen.sum() < least_steps:
        raise NotEnoughDataError(method, needed=least_steps, got=int(seen.sum()), unit="steps with counts")
    if series[seen].sum() < LEAST_COUNTS:
        raise NotEnoughDataError(method, needed=LEAST_COUNTS, got=int(series[seen].sum()), unit="counts")
    names = tuple(sorted(events or {}))
    laid = np.zeros((len(names), series.size))
    for row, name in enumerate(names):
        laid[row] = intensity((events or {})[name], series.size, name)
    if seasonality is None:
        season = own_cycle(series, step_hours=step_hours)
    else:
        season = np.array(seasonality, dtype=np.float64)
        if season.shape != series.shape or not np.isfinite(season).all() or not (season > 0).all():
            raise ValueError(f"seasonality of shape {season.shape} is not {series.shape} numbers above zero")
    known = seasonality is not None
    return Design(np.where(seen, series, 0.0), seen, names, laid, season, float(step_hours), known)


def intensity(given: ArrayLike, steps: int, name: str) -> Floats:
    """Return one event's intensity after its checks, shape (steps,).

    Raises:
        ValueError: Its shape is not (steps,), or a value is negative or not finite.
    """
    values = np.asarray(given, dtype=np.float64)
    if values.shape != (steps,):
        raise ValueError(f"event {name!r} has shape {values.shape}, counts have ({steps},)")
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError(f"event {name!r} holds a value that is negative or not finite")
    return values
