"""Log-linear decline of counts, whose scatter grows with their size."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from longtake.heat.decay.tobit import Line, dependence

Floats = NDArray[np.float64]


def count_line(x: Floats, y: Floats, offset: Floats, *, level: float, correlated: bool = True) -> Line:
    """Return the log-linear fall of counts by a negative binomial quasi-likelihood.

    ``log mean = level - rate * x + offset`` with variance ``mean + phi * mean**2``; phi comes from the
    Pearson statistic, and what spread is left scales the variance (never below one). The interval is
    Student's t on the slope after division by :func:`~longtake.heat.decay.tobit.dependence`.

    Args:
        x: Positions, whole numbers of bins, ascending, shape (n,), n >= 3.
        y: Counts, zero included, shape (n,); at least one above zero.
        offset: Logarithm of the expected daily cycle, shape (n,).
        level: Coverage, in (0, 1).
        correlated: Whether likeness of neighbours widens the interval.

    References:
        Ver Hoef and Boveng, 2007, Quasi-Poisson vs. negative binomial regression, doi:10.1890/07-0043.1.
        Breslow, 1984, Extra-Poisson variation in log-linear models, doi:10.2307/2347661.
    """
    columns = np.column_stack([np.ones_like(x), x])
    freedom = x.size - 2
    phi = 0.0
    fit = _weighted(columns, y, offset, phi)
    for _ in range(8):
        mean = np.exp(columns @ fit + offset)
        phi = _spread(y, mean, freedom)
        fit = _weighted(columns, y, offset, phi)
    mean = np.exp(columns @ fit + offset)
    variance = mean + phi * mean**2
    rest = (y - mean) / np.sqrt(variance)
    scale = max(1.0, float((rest**2).sum()) / freedom)
    growth = dependence(rest, x.astype(np.int64)) if correlated else 1.0
    information = (columns * (mean**2 / variance)[:, None]).T @ columns
    error = math.sqrt(max(0.0, float(np.linalg.pinv(information)[1, 1])) * scale * growth)
    rate = -float(fit[1])
    half = float(stdtrit(freedom, 0.5 + level / 2)) * error
    falling = float(stdtr(freedom, rate / error)) if error > 0 else float(rate > 0)
    return Line(float(fit[0]), rate, math.sqrt(phi), rate - half, rate + half, falling, x.size / growth)


def _weighted(columns: Floats, y: Floats, offset: Floats, phi: float) -> Floats:
    """Return coefficients by iteratively reweighted least squares with halved steps."""
    fit = np.linalg.lstsq(columns, np.log(y + 0.5) - offset, rcond=None)[0]
    for _ in range(50):
        eta = np.clip(columns @ fit + offset, -30.0, 30.0)
        mean = np.exp(eta)
        weight = mean / (1 + phi * mean)
        working = eta - offset + (y - mean) / mean
        root = np.sqrt(weight)[:, None]
        fresh = np.linalg.lstsq(columns * root, working * root[:, 0], rcond=None)[0]
        # A step of more than two on the log scale overshoots when early means are far too small.
        step = fresh - fit
        size = min(1.0, 2.0 / max(1e-12, float(np.abs(columns @ step).max())))
        fit = fit + size * step
        if size == 1.0 and float(np.abs(columns @ step).max()) < 1e-10:
            break
    return np.asarray(fit)


def _spread(y: Floats, mean: Floats, freedom: int) -> float:
    """Return phi at which the Pearson statistic equals its degrees of freedom; zero when it is below."""
    square = (y - mean) ** 2

    def excess(phi: float) -> float:
        return float((square / (mean + phi * mean**2)).sum()) - freedom

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, 1.0
    while excess(high) > 0 and high < 1e6:
        low, high = high, high * 4
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2
