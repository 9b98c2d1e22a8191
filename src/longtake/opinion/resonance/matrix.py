"""Resonance of circles with aspects: shares drawn towards what all say where few have spoken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, logsumexp

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]

METHOD = "beta-binomial, hierarchical over circles"
STRENGTHS = 1 / np.linspace(0.02, 0.7, 24) ** 2 - 1
"""Judgements that the aspect's own mean is worth: before the data, all spreads of circles
(one over its root) are equally likely."""
MEANS = (np.arange(60) + 0.5) / 60
"""What the aspect's mean may be; each is as likely as the others before the data."""
DRAWS = 4000


@dataclass(frozen=True, slots=True, eq=False)
class Resonance:
    """How each circle judges each aspect.

    Attributes:
        cells: Favourable share, circle by aspect; Unknown("no_rows") where nobody judged.
        split: Standard deviation over circles of the favourable share of each aspect, in [0, .5]; Unknown
            with fewer than two circles that judged it.
        overall: The same, averaged over aspects by how often they were judged.
        n: Judgements.
    """

    cells: tuple[tuple[Quantity, ...], ...]
    split: tuple[Quantity, ...]
    overall: Quantity
    n: int


def resonance(favourable: ArrayLike, judged: ArrayLike, *, level: float = 0.9, seed: int = 0) -> Resonance:
    """Return the favourable share of each aspect in each circle, with intervals.

    A cell's share has a beta distribution around the aspect's own mean; the mean is learnt from the circles,
    how tightly they stand around it from all cells.
    A cell with few judgements is drawn towards that mean, one with many stays where it is; where circles do
    not differ beyond chance, all are drawn together.

    Args:
        favourable: Favourable judgements, 0 to ``judged``, shape (circles, aspects).
        judged: Judgements, shape (circles, aspects).
        level: Coverage, in (0, 1).
        seed: Seed of the draws behind ``split``.

    Raises:
        ValueError: Shapes differ, a count is out of its range, or the level is.

    Examples:
        >>> found = resonance([[90], [40]], [[100], [100]])
        >>> [round(row[0].value, 2) for row in found.cells], found.split[0].low > 0.1
        ([0.89, 0.41], True)
        >>> resonance([[1], [0]], [[1], [0]]).cells[1][0].reason
        'no_rows'

    References:
        Efron, Morris, 1975, Data analysis using Stein's estimator and its generalizations,
        doi:10.1080/01621459.1975.10479864.
        Gelman, 2006, Prior distributions for variance parameters in hierarchical models,
        doi:10.1214/06-BA117A.
    """
    hits, n = np.asarray(favourable, dtype=np.float64), np.asarray(judged, dtype=np.float64)
    if hits.ndim != 2 or hits.shape != n.shape or (hits < 0).any() or (hits > n).any() or not 0 < level < 1:
        raise ValueError(f"favourable {hits.shape} and judged {n.shape} do not fit, or level {level}")
    share = _draws(hits, n, np.random.default_rng(seed))
    tail = (1 - level) / 2
    low, high = np.quantile(share, [tail, 1 - tail], axis=0)
    value = share.mean(axis=0)
    cells = tuple(
        tuple(_cell((value, low, high), i, j, level, int(n[i, j])) for j in range(n.shape[1]))
        for i in range(n.shape[0])
    )
    split, overall = _split(share, n, level)
    return Resonance(cells, split, overall, int(n.sum()))


def _draws(hits: Floats, n: Floats, rng: np.random.Generator) -> Floats:
    """Return draws of what each cell's share may be, shape (draws, circles, aspects).

    The aspect's mean is as unsure as the strength: four circles tell it badly, and a mean taken for certain
    makes the intervals too narrow.
    """
    m, strength = MEANS[None, :, None, None], STRENGTHS[:, None, None, None]
    a, b = strength * m + hits, strength * (1 - m) + (n - hits)
    evidence = (betaln(a, b) - betaln(strength * m, strength * (1 - m))).sum(axis=2)
    by_strength = logsumexp(evidence, axis=1).sum(axis=1)
    which = rng.choice(STRENGTHS.size, DRAWS, p=np.exp(by_strength - logsumexp(by_strength)))
    odds = np.exp(evidence - logsumexp(evidence, axis=1, keepdims=True)).cumsum(axis=1)
    at = (odds[which] < rng.random((DRAWS, 1, n.shape[1]))).sum(axis=1).clip(0, MEANS.size - 1)
    mean, strong = MEANS[at][:, None, :], STRENGTHS[which][:, None, None]
    return np.asarray(rng.beta(strong * mean + hits, strong * (1 - mean) + (n - hits)))


def _cell(ends: tuple[Floats, Floats, Floats], i: int, j: int, level: float, n: int) -> Quantity:
    if n == 0:
        return Unknown("no_rows", METHOD, "share", 0, 1)
    value, low, high = (float(one[i, j]) for one in ends)
    return Estimate(value, min(low, value), max(high, value), level, "share", METHOD, n)


def _split(share: Floats, n: Floats, level: float) -> tuple[tuple[Quantity, ...], Quantity]:
    heard = n > 0
    enough = heard.sum(axis=0) >= 2
    apart = np.where(heard, share, np.nan)
    spread = np.zeros((DRAWS, n.shape[1]))
    spread[:, enough] = np.nanstd(apart[:, :, enough], axis=1)
    tail = (1 - level) / 2

    def told(drawn: Floats, size: int) -> Estimate:
        low, middle, high = np.quantile(drawn, [tail, 0.5, 1 - tail]).tolist()
        return Estimate(middle, low, high, level, "share", METHOD, size)

    each = tuple(
        told(spread[:, j], int(n[:, j].sum())) if enough[j] else Unknown("one_circle", METHOD, "share", 0, 2)
        for j in range(n.shape[1])
    )
    if not enough.any():
        return each, Unknown("one_circle", METHOD, "share", 0, 2)
    weight = n[:, enough].sum(axis=0)
    return each, told(spread[:, enough] @ weight / weight.sum(), int(weight.sum()))
