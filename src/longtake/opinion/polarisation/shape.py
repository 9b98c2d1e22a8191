"""Two camps or merely spread out: what one peak cannot explain."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.opinion.polarisation.agreement import agreement
from longtake.opinion.polarisation.esteban_ray import esteban_ray

Floats = NDArray[np.float64]

METHOD = "excess over the best single peak, parametric bootstrap"
AGREEMENT = "van der Eijk 2001"
ESTEBAN_RAY = "Esteban, Ray 1994"
LEAST = 30
ALPHA = 0.05
TOGETHER = 0.5


@dataclass(frozen=True, slots=True)
class Shape:
    """What a distribution on an ordered scale looks like.

    Attributes:
        kind: bimodal (two peaks beyond chance), broad (spread out, one peak), together (agreed), or untold.
        excess: Share of answers beyond what a single peak explains and beyond chance, in [0, 1].
        p_value: How often a single peak gives that much by chance; None when untold.
        agreement: Van der Eijk's A, in [-1, 1].
        polarisation: Esteban and Ray's, over that of two equal camps at the ends, in [0, 1].
        n: Answers.
    """

    kind: str
    excess: Quantity
    p_value: float | None
    agreement: Quantity
    polarisation: Quantity
    n: int


def shape(counts: ArrayLike, *, level: float = 0.9, draws: int = 400, seed: int = 0) -> Shape:
    """Tell two camps from a broad spread.

    The best-fitting single-peaked distribution is found by isotonic regression at every mode.
    ``bimodal`` means that its likelihood-ratio statistic is larger than in 19 of 20 samples drawn from it.
    ``broad`` means one peak and an agreement below one half.

    Args:
        counts: Answers in each ordered category, whole, at least 0, shape (k,), k at least 3.
        level: Coverage of the intervals, in (0, 1).
        draws: Samples drawn, at least 100.
        seed: Seed of the draws.

    Returns:
        The shape; ``untold`` with Unknown("too_few_rows") below 30 answers.

    Raises:
        ValueError: Fewer than three categories, a negative count, or level or draws out of range.

    Examples:
        >>> shape([40, 10, 2, 10, 40]).kind, shape([20, 20, 20, 20, 20]).kind, shape([0, 1, 4, 20, 75]).kind
        ('bimodal', 'broad', 'together')
        >>> shape([3, 0, 4]).excess.reason
        'too_few_rows'

    References:
        Frisén, 1986, Unimodal regression, doi:10.2307/2987965.
    """
    held = np.asarray(counts, dtype=np.float64)
    if held.ndim != 1 or held.size < 3 or (held < 0).any() or not 0 < level < 1 or draws < 100:
        raise ValueError(f"counts {held.tolist()}, level {level}, draws {draws}")
    n = int(held.sum())
    if n < LEAST:
        unknown = [Unknown("too_few_rows", m, u, n, LEAST) for m, u in _KINDS]
        return Shape("untold", unknown[0], None, unknown[1], unknown[2], n)
    share = held / n
    peak = single_peak(share)
    rng = np.random.default_rng(seed)
    null = rng.multinomial(n, peak, draws) / n
    by_chance = [_statistic(one, single_peak(one)) for one in null]
    statistic, raw = _statistic(share, peak), _apart(share, peak)
    p_value = (1 + sum(chance >= statistic for chance in by_chance)) / (draws + 1)
    again = rng.multinomial(n, share, draws) / n
    far = np.array([_apart(one, single_peak(one)) for one in again])
    # Noise can only add to the excess: as resamples exceed the sample, so the sample exceeds the truth.
    bias = max(0.0, float(far.mean()) - raw)
    excess = _estimate(max(0.0, raw - bias), np.maximum(0.0, far - 2 * bias), level, n, _KINDS[0])
    if p_value > ALPHA:
        excess = replace(excess, low=0.0)
    agreed = np.array([agreement(one) for one in again])
    poles = np.array([esteban_ray(one) for one in again])
    agreeing = _estimate(agreement(share), agreed, level, n, _KINDS[1])
    kind = "bimodal" if p_value <= ALPHA else "together" if agreeing.value >= TOGETHER else "broad"
    return Shape(
        kind,
        excess,
        p_value,
        agreeing,
        _estimate(esteban_ray(share), poles, level, n, _KINDS[2]),
        n,
    )


_KINDS = ((METHOD, "share"), (AGREEMENT, "score"), (ESTEBAN_RAY, "share"))


def single_peak(share: ArrayLike) -> Floats:
    """Return the likeliest distribution that rises to one peak and falls after it, shape (k,).

    Examples:
        >>> single_peak([0.5, 0.0, 0.5]).round(3).tolist()
        [0.5, 0.25, 0.25]
        >>> single_peak([0.1, 0.7, 0.2]).tolist()
        [0.1, 0.7, 0.2]
    """
    held = np.asarray(share, dtype=np.float64)
    best, best_fit = -np.inf, held
    for mode in range(held.size):
        rising, falling = _pooled(held[: mode + 1]), _pooled(held[mode + 1 :][::-1])[::-1]
        fit = np.concatenate([rising, falling])
        if falling.size and falling[0] > rising[-1] + 1e-12:
            continue
        likelihood = float(xlogy(held, np.maximum(fit, 1e-300)).sum())
        if likelihood > best + 1e-12:
            best, best_fit = likelihood, fit
    return best_fit


def _pooled(values: Floats) -> Floats:
    """Return the closest rising sequence: neighbours that fall are pooled."""
    blocks: list[list[float]] = []
    for value in values.tolist():
        blocks.append([value, 1.0])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, size = blocks.pop()
            before, more = blocks[-1]
            blocks[-1] = [(before * more + mean * size) / (more + size), more + size]
    return np.array([mean for mean, size in blocks for _ in range(int(size))])


def _statistic(share: Floats, fit: Floats) -> float:
    return float(2 * (xlogy(share, share) - xlogy(share, np.maximum(fit, 1e-300))).sum())


def _apart(share: Floats, fit: Floats) -> float:
    return float(np.abs(share - fit).sum() / 2)


def _estimate(value: float, drawn: Floats, level: float, n: int, kind: tuple[str, str]) -> Estimate:
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Estimate(value, min(float(low), value), max(float(high), value), level, kind[1], kind[0], n)
