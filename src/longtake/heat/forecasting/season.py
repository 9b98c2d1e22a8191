"""The cycle of a series: how each step of a week or a day stands to its neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CYCLES = 6
# How much chance counts against a pattern: real / (real + DOUBT * chance) of it is kept.
DOUBT = 4.0
HALF = 0.5


def season(counts: Floats, *, period: int, horizon: int, cycles: int = CYCLES) -> tuple[Floats, Floats]:
    """Return the factor of each past and each coming step, geometric mean 1 over a cycle.

    Mean deviation of the log count from its centred mean over one period, by phase, over the last cycles.
    It is pulled to none as far as its spread over phases may be chance, which the scatter within a phase
    tells: ``real / (real + 4 chance)`` of it is kept, ``real = max(0, spread - chance)``. Flat with fewer
    than two full cycles.

    Args:
        counts: Bridged counts, shape (b, t).
        period: Steps of a cycle.
        horizon: Steps ahead.
        cycles: Last cycles looked at.

    Returns:
        Factors, shapes (b, t) and (b, horizon).

    Examples:
        >>> past, ahead = season(np.full((1, 28), 5.0), period=7, horizon=2)
        >>> ahead.tolist()
        [[1.0, 1.0]]

    References:
        Efron and Morris, 1975, Data analysis using Stein's estimator, doi:10.1080/01621459.1975.10479864.
    """
    b, t = counts.shape
    if t < 2 * period or period < 2:
        return np.ones((b, t)), np.ones((b, horizon))
    tail = np.log(counts[:, -min(t, (cycles + 1) * period) :] + HALF)
    total = np.cumsum(np.pad(tail, ((0, 0), (1, 0))), axis=1)
    level = (total[:, period:] - total[:, :-period]) / period
    left = (period - 1) // 2
    own = tail[:, left : left + level.shape[1]] - level
    first = t - tail.shape[1] + left
    phase = (first + np.arange(own.shape[1])) % period
    factor, inside = np.zeros((b, period)), np.zeros(b)
    for each in range(period):
        rows = own[:, phase == each]
        factor[:, each] = rows.mean(axis=1)
        inside += ((rows - factor[:, each : each + 1]) ** 2).sum(axis=1)
    cycles_seen = own.shape[1] / period
    chance = inside / max(1, own.shape[1] - period) / cycles_seen
    spread = ((factor - factor.mean(axis=1, keepdims=True)) ** 2).sum(axis=1) / (period - 1)
    real = np.maximum(0.0, spread - chance)
    factor *= (real / np.maximum(real + DOUBT * chance, 1e-300))[:, None]
    factor = np.exp(factor - factor.mean(axis=1, keepdims=True))
    return factor[:, np.arange(t) % period], factor[:, (t + np.arange(horizon)) % period]
