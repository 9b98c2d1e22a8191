"""Confidence sequences of the mean of bounded values, by bets against each candidate mean."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

METHOD = "hedged betting confidence sequence, Waudby-Smith and Ramdas 2024"


def betting_sequence(
    values: ArrayLike,
    *,
    alpha: float = 0.05,
    candidates: int = 1000,
    most: float = 0.5,
    running: bool = True,
) -> tuple[Floats, Floats]:
    """Return the ends, value by value, within which the mean lies at all times with chance 1 - alpha.

    Two players bet that the mean is above and below each candidate, each with half the money and a stake set
    by the variance so far; a candidate is out once either has ``1 / alpha`` times what they began with.

    Args:
        values: In the order in which they came, in [0, 1], shape (n,).
        alpha: Chance that the mean is ever outside, in (0, 1).
        candidates: Cells of the grid of means; the ends are rounded outwards to it.
        most: Largest stake as a share of what could be lost at once, in (0, 1].
        running: Whether a candidate that was out once stays out, as it may; otherwise the ends of each look
            are those of that look alone.

    Returns:
        Lower and upper ends, shape (n,).

    Raises:
        ValueError: A value is not in [0, 1], or alpha is not in (0, 1).

    Examples:
        >>> low, high = betting_sequence([1, 0] * 25)
        >>> round(float(low[-1]), 2), round(float(high[-1]), 2)
        (0.3, 0.71)

    References:
        Waudby-Smith and Ramdas, 2024, Estimating means of bounded random variables by betting,
        doi:10.1093/jrsssb/qkad009.
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1 or not ((x >= 0) & (x <= 1)).all() or not 0 < alpha < 1 or not 0 < most <= 1:
        raise ValueError(f"values in [0, 1] of shape (n,), alpha {alpha}, most {most}")
    grid = np.linspace(0.0, 1.0, candidates + 1)[:, None]
    stake = _stakes(x, alpha)
    with np.errstate(divide="ignore", invalid="ignore"):
        up = np.minimum(stake, most / grid)
        down = np.minimum(stake, most / (1 - grid))
        gain = x - grid
        # At a candidate of 0 or 1 a stake may be without bound; it wins nothing where nothing is gained.
        rise = np.cumsum(np.log1p(np.where(gain == 0, 0.0, up * gain)), axis=1)
        fall = np.cumsum(np.log1p(np.where(gain == 0, 0.0, -down * gain)), axis=1)
    held = np.maximum(rise, fall) <= math.log(2 / alpha)
    if running:
        held = np.logical_and.accumulate(held, axis=1)
    some = held.any(axis=0)
    cell = 1.0 / candidates
    low = np.where(some, grid[held.argmax(axis=0), 0] - cell, np.nan)
    high = np.where(some, grid[candidates - held[::-1].argmax(axis=0), 0] + cell, np.nan)
    return _kept(np.maximum(low, 0.0)), _kept(np.minimum(high, 1.0))


def _stakes(x: Floats, alpha: float) -> Floats:
    """Return the stakes: what would suit a fixed sample, spread over all times, by the variance so far."""
    steps = np.arange(1, x.size + 1)
    mean = (0.5 + np.cumsum(x)) / (steps + 1)
    variance = (0.25 + np.cumsum((x - mean) ** 2)) / (steps + 1)
    before = np.concatenate(([0.25], variance[:-1]))
    return np.asarray(np.sqrt(2 * math.log(2 / alpha) / (steps * np.log(steps + 1) * before)))


def _kept(ends: Floats) -> Floats:
    """Return ends with those of the last look that left a candidate, where none is left."""
    last = np.maximum.accumulate(np.where(np.isnan(ends), -1, np.arange(ends.size)))
    return np.asarray(ends[np.maximum(last, 0)])
