"""How far kinds of people are apart in what they think, small kinds counting for little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]

METHOD = "spread of means by Cochran's Q, noncentral chi-square interval"
LEAST = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Kinds of people against each other.

    Attributes:
        apart: Standard deviation of the kinds' true means, weighted by their precision, in the unit of the
            scores; not below zero.
        p_value: How often kinds with equal means are as far apart; None when not known.
        kept: Places of the kinds with 10 scores or more, in the order given.
        means: Mean score of each of them.
        n: Scores behind it.
    """

    apart: Quantity
    p_value: float | None
    kept: tuple[int, ...]
    means: tuple[float, ...]
    n: int


def spread(scores: ArrayLike, member: ArrayLike, *, unit: str = "polarity", level: float = 0.9) -> Spread:
    """Return how far the means of kinds of people are apart.

    With w the inverse variance of each mean, under one variance within all kinds, ``Q = sum w (m - M)²`` has
    a noncentral chi-square distribution with k - 1 degrees of freedom whose noncentrality is
    ``sum w (μ - μ̄)²``. That noncentrality is estimated by ``Q - (k - 1)``, its interval by inverting the
    distribution; over ``sum w - sum w² / sum w`` it is a variance. It speaks of these kinds, not of others
    that might have been asked.

    Args:
        scores: Scores, shape (n,).
        member: Whether a score belongs to a kind, shape (n, k); to several or none.
        unit: Unit of the scores.
        level: Coverage, in (0, 1).

    Returns:
        The spread; Unknown("one_circle") unless two kinds have 10 scores each.

    Raises:
        ValueError: Shapes differ, a score is not finite, or the level is out of range.

    Examples:
        >>> scores = np.r_[np.tile([1.0, 0.0], 50), np.tile([0.0, -1.0], 50)]
        >>> found = spread(scores, np.repeat(np.eye(2), 100, axis=0))
        >>> round(found.apart.value, 1), found.means
        (0.7, (0.5, -0.5))

    References:
        Cochran, 1954, The combination of estimates from different experiments, doi:10.2307/3001666;
        Steiger, 2004, Beyond the F test, doi:10.1037/1082-989X.9.2.164 (the interval);
        DerSimonian and Laird, 1986, Meta-analysis in clinical trials, doi:10.1016/0197-2456(86)90046-2.
    """
    score, inside = np.asarray(scores, dtype=np.float64), np.asarray(member, dtype=bool)
    if inside.ndim != 2 or score.shape != inside.shape[:1] or not np.isfinite(score).all():
        raise ValueError(f"scores {score.shape} and members {inside.shape} do not fit or are not finite")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, expected within (0, 1)")
    size = inside.sum(axis=0)
    kept = np.flatnonzero(size >= LEAST)
    n = int(inside[:, kept].any(axis=1).sum())
    if kept.size < 2:
        return Spread(Unknown("one_circle", METHOD, unit, n, 2), None, tuple(kept.tolist()), (), n)
    parts = [score[inside[:, place]] for place in kept]
    means = np.array([part.mean() for part in parts])
    left = sum(float(((part - part.mean()) ** 2).sum()) for part in parts)
    within = left / float(size[kept].sum() - kept.size)
    apart, p_value = _apart(means, size[kept], within, level)
    quantity = Estimate(*apart, level if within > 0 else 1.0, unit, METHOD, n)
    return Spread(quantity, p_value, tuple(kept.tolist()), tuple(means.tolist()), n)


def _apart(
    means: Floats, size: NDArray[np.int64], within: float, level: float
) -> tuple[tuple[float, float, float], float | None]:
    """Return value, low and high of the spread, and how often equal kinds show as much."""
    from scipy.stats import chi2  # noqa: PLC0415 -- slow import

    middle = float(np.average(means, weights=size))
    if within <= 0:
        sure = float(np.sqrt(np.average((means - middle) ** 2, weights=size)))
        return (sure, sure, sure), None
    weight = size / within
    q, free = float((weight * (means - middle) ** 2).sum()), means.size - 1
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    tail = (1 - level) / 2
    ends = (max(0.0, q - free), _noncentrality(q, free, 1 - tail), _noncentrality(q, free, tail))
    value, low, high = (float(np.sqrt(end / scale)) for end in ends)
    return (value, min(low, value), max(high, value)), float(chi2.sf(q, free))


def _noncentrality(q: float, free: int, chance: float) -> float:
    """Return the noncentrality at which a value this small has that chance; zero where none is so small."""
    from scipy.optimize import brentq  # noqa: PLC0415 -- slow import
    from scipy.stats import chi2, ncx2  # noqa: PLC0415 -- slow import

    if chi2.cdf(q, free) <= chance:
        return 0.0
    top = q + 10.0
    while ncx2.cdf(q, free, top) > chance:
        top *= 2.0
    return float(brentq(lambda nc: float(ncx2.cdf(q, free, nc)) - chance, 1e-9, top, xtol=1e-9))
