"""Intervals from how far past forecasts were off, and levels that learn from their own misses."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError

Floats = NDArray[np.float64]

PROBABILITIES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""Tail probabilities whose quantiles are stored, lower tail; the upper ones mirror them."""

STEP = 0.05
LEAST_LEVEL, MOST_LEVEL = 0.5, 0.99


def conformal_quantile(scores: ArrayLike, probability: float) -> float:
    """Return the quantile of calibration scores that holds for one further score.

    The ``ceil((n + 1) p)``-th smallest of n scores for an upper tail, the ``floor((n + 1) p)``-th for a
    lower one; the extreme score where n is too small for the tail.

    Args:
        scores: Exchangeable scores, NaN left out, shape (n,).
        probability: In (0, 1).

    Raises:
        NotEnoughDataError: No score.
        ValueError: The probability is not in (0, 1).

    Examples:
        >>> conformal_quantile([1.0, 2.0, 3.0, 4.0], 0.8), conformal_quantile([1.0, 2.0, 3.0, 4.0], 0.2)
        (4.0, 1.0)

    References:
        Vovk, Gammerman and Shafer, 2005, Algorithmic learning in a random world, ISBN 9780387001525.
    """
    if not 0 < probability < 1:
        raise ValueError(f"probability {probability} is not in (0, 1)")
    values = np.asarray(scores, dtype=np.float64)
    values = np.sort(values[~np.isnan(values)])
    if not values.size:
        raise NotEnoughDataError("conformal quantile", needed=1, got=0, unit="scores")
    place = (values.size + 1) * probability
    rank = np.ceil(place - 1e-9) if probability > 0.5 else np.floor(place + 1e-9)
    return float(values[int(np.clip(rank, 1, values.size)) - 1])


def score_table(scores: Floats) -> Floats:
    """Return quantiles of scores by tail, shape (2, probabilities, steps): lower, then upper.

    Args:
        scores: Signed scores of calibration series, NaN where unknown, shape (n, steps).
    """
    table = np.empty((2, len(PROBABILITIES), scores.shape[1]))
    for place, probability in enumerate(PROBABILITIES):
        for step in range(scores.shape[1]):
            table[0, place, step] = conformal_quantile(scores[:, step], probability)
            table[1, place, step] = conformal_quantile(scores[:, step], 1.0 - probability)
    return table


def tails(table: Floats, level: float) -> tuple[Floats, Floats]:
    """Return lower and upper quantiles of a table for an interval of a level, each shape (steps,).

    Args:
        table: What :func:`score_table` returns.
        level: Coverage in (0, 1); beyond .99 the outermost quantiles are taken.

    Raises:
        ValueError: The level is not in (0, 1).
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    tail = (1.0 - level) / 2.0
    at = np.asarray(PROBABILITIES)
    low = [float(np.interp(tail, at, table[0, :, step])) for step in range(table.shape[2])]
    high = [float(np.interp(tail, at, table[1, :, step])) for step in range(table.shape[2])]
    return np.asarray(low), np.asarray(high)


def adapted_levels(
    held: Iterable[float], *, level: float = 0.8, step: float = STEP, start: float | None = None
) -> list[float]:
    """Return the level to ask for before each of a run of forecasts, and one more for the next.

    Adaptive conformal inference: after a forecast whose interval held a share ``held`` of what came, the
    level asked for moves by ``step * (level - held)``. Asked for within [.5, .99].

    Args:
        held: Share of steps held by each interval in turn, or 1 and 0, each in [0, 1].
        level: Coverage aimed at, in (0, 1).
        step: How fast misses count.
        start: First level asked for; ``level`` when None.

    Returns:
        Levels, one more than there are forecasts.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> [round(each, 3) for each in adapted_levels([1.0, 0.0], level=0.8, step=0.1)]
        [0.8, 0.78, 0.86]

    References:
        Gibbs and Candes, 2021, Adaptive conformal inference under distribution shift, arXiv:2106.00170.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    asked = [level if start is None else start]
    for share in held:
        asked.append(min(MOST_LEVEL, max(LEAST_LEVEL, asked[-1] + step * (level - share))))
    return asked
