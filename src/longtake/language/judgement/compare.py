"""Whether one scorer is better than another on the same rows."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.language.judgement.quality import quality

LEVEL = 0.975
"""Coverage of each interval: two of them hold together at least 95 % of the time."""

ROUNDS = 400
"""Times that rows are drawn; a quarter of them when there are very many rows."""

_FEWEST = 20
_MANY = 10_000


def accuracy_gain(
    before: NDArray[np.float64], after: NDArray[np.float64], positive: NDArray[np.bool_]
) -> Estimate:
    """Return by how much accuracy grew on paired rows, with the interval of McNemar's table.

    Only rows that one of the two got right and the other wrong speak. The interval is Wald's with one half
    added to each of the four cells (Agresti and Min 2005), which keeps its width above zero.

    Args:
        before: Probability of the positive class, shape (n,).
        after: The other scorer's, shape (n,).
        positive: Whether each row is positive, shape (n,).

    Raises:
        NotEnoughDataError: Fewer than 20 rows.

    Examples:
        Of 100 rows 12 are mended and 4 broken.

        >>> true = np.ones(100, dtype=bool)
        >>> before, after = np.ones(100), np.ones(100)
        >>> before[:12] = after[-4:] = 0.0
        >>> round(accuracy_gain(before, after, true).value, 6)
        0.08

    References:
        Agresti, Min (2005), Simple improved confidence intervals for comparing matched proportions,
        doi:10.1002/sim.1781.
    """
    n = len(positive)
    if n < _FEWEST:
        raise NotEnoughDataError("comparing scorers", needed=_FEWEST, got=n, unit="rows")
    was, now = (before >= 0.5) == positive, (after >= 0.5) == positive
    mended, broken = int(np.sum(now & ~was)), int(np.sum(was & ~now))
    total, gained, lost = n + 2.0, mended + 0.5, broken + 0.5
    centre = (gained - lost) / total
    spread = math.sqrt((gained + lost) - (gained - lost) ** 2 / total) / total
    reach = NormalDist().inv_cdf((1.0 + LEVEL) / 2.0) * spread
    value = (mended - broken) / n
    low, high = min(centre - reach, value), max(centre + reach, value)
    return Estimate(value, low, high, LEVEL, "share", "paired difference (Agresti and Min 2005)", n)


def auc_gain(
    before: NDArray[np.float64], after: NDArray[np.float64], positive: NDArray[np.bool_]
) -> Estimate:
    """Return by how much the AUC grew on paired rows, with a bootstrap interval of drawn rows.

    Rows are drawn within each class, 400 times with a fixed seed; the interval is that of percentiles.

    Args:
        before: Probability of the positive class, shape (n,).
        after: The other scorer's, shape (n,).
        positive: Whether each row is positive, shape (n,).

    Raises:
        NotEnoughDataError: Fewer than 20 rows, or a class has none.
    """
    n = len(positive)
    if n < _FEWEST:
        raise NotEnoughDataError("comparing scorers", needed=_FEWEST, got=n, unit="rows")
    value = quality(after, positive).auc - quality(before, positive).auc
    rng = np.random.default_rng(0)
    classes = [np.flatnonzero(positive), np.flatnonzero(~positive)]
    drawn = np.empty(ROUNDS if n <= _MANY else ROUNDS // 4)
    for round_ in range(len(drawn)):
        rows = np.concatenate([rng.choice(own, len(own)) for own in classes])
        drawn[round_] = quality(after[rows], positive[rows]).auc - quality(before[rows], positive[rows]).auc
    low, high = np.quantile(drawn, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0]).tolist()
    return Estimate(value, min(low, value), max(high, value), LEVEL, "AUC", "paired bootstrap", n)
