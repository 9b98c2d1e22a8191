"""Forecasts that need no model: what every other forecast has to beat."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError

Floats = NDArray[np.float64]

WEEK = 7
# Attention to a published work falls about as the square root of its age.
DAMPING = 0.5


def last_mean(counts: ArrayLike, *, horizon: int, window: int = WEEK) -> Floats:
    """Return the mean of the last steps, held flat.

    Args:
        counts: Counts a step, oldest first, NaN where missing, shape (b, t) or (t,).
        horizon: Steps ahead, at least 1.
        window: Steps averaged; the last observed steps before them where all of them are missing.

    Returns:
        Counts a step, shape (b, horizon).

    Raises:
        NotEnoughDataError: A series has no observed step.

    Examples:
        >>> last_mean([9.0, 2.0, 4.0], horizon=2, window=2).tolist()
        [[3.0, 3.0]]
    """
    return np.repeat(_recent(counts, window)[:, None], horizon, axis=1)


def damped_mean(counts: ArrayLike, *, horizon: int, window: int = WEEK, damping: float = DAMPING) -> Floats:
    """Return the mean of the last steps, falling as a power of age.

    ``mean(last window) * ((t + h) / (t - (window - 1) / 2)) ** -damping`` for h = 1, 2, ...: the mean stands
    for the middle of its window. With t = 90 and window = 7 the age ratio is ``(90 + h) / 87``.

    Args:
        counts: Counts a step from the first step of the work on, NaN where missing, shape (b, t) or (t,).
        horizon: Steps ahead, at least 1.
        window: Steps averaged.
        damping: Exponent, at least 0; 0 is :func:`last_mean`.

    Returns:
        Counts a step, shape (b, horizon).

    Raises:
        NotEnoughDataError: A series has no observed step.

    Examples:
        >>> damped_mean([8.0, 8.0, 8.0], horizon=1, window=3, damping=1.0).tolist()
        [[4.0]]

    References:
        Szabo and Huberman, 2010, Predicting the popularity of online content, doi:10.1145/1787234.1787254.
    """
    table = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    steps = table.shape[1]
    middle = steps - (min(window, steps) - 1) / 2
    age = (steps + np.arange(1, horizon + 1)) / middle
    return np.asarray(_recent(table, window)[:, None] * age[None, :] ** -damping)


def seasonal_naive(counts: ArrayLike, *, horizon: int, period: int = WEEK) -> Floats:
    """Return the last period again and again; a missing step of it is the mean of the others.

    Args:
        counts: Counts a step, NaN where missing, shape (b, t) or (t,), t at least ``period``.
        horizon: Steps ahead, at least 1.
        period: Steps of a season.

    Returns:
        Counts a step, shape (b, horizon).

    Raises:
        NotEnoughDataError: Fewer steps than a period, or a series has no observed step.

    Examples:
        >>> seasonal_naive([9.0, 1.0, 2.0], horizon=3, period=2).tolist()
        [[1.0, 2.0, 1.0]]
    """
    table = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    if table.shape[1] < period:
        raise NotEnoughDataError("seasonal naive", needed=period, got=table.shape[1], unit="steps")
    last = table[:, -period:]
    last = np.where(np.isnan(last), _recent(table, period)[:, None], last)
    return np.asarray(last[:, np.arange(horizon) % period])


def _recent(counts: ArrayLike, window: int) -> Floats:
    """Return the mean of the observed steps of the last window, or the last observed step before it."""
    table = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    seen = ~np.isnan(table)
    if not seen.any(axis=1).all():
        raise NotEnoughDataError("mean of the last steps", needed=1, got=0, unit="observed steps")
    tail, inside = np.nan_to_num(table[:, -window:]), seen[:, -window:].sum(axis=1)
    last = table.shape[1] - 1 - np.argmax(seen[:, ::-1], axis=1)
    newest = table[np.arange(table.shape[0]), last]
    return np.asarray(np.where(inside > 0, tail.sum(axis=1) / np.maximum(inside, 1), newest))
