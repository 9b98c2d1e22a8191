"""How far circles are apart in what they think, beyond what drawing them by lot would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]

METHOD = "spread of circle means over permutations"
LEAST = 10
ALPHA = 0.05
CELLS = 2_000_000
"""People by draws held at once."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """Circles against each other.

    Attributes:
        excess: Standard deviation of circle means, each circle counting once, beyond that of circles drawn by
            lot, in the unit of the scores.
        p_value: How often circles drawn by lot are as far apart; None when not known.
        means: Mean score of each circle; Unknown("too_few_rows") below 10 people.
        n: People behind it.
    """

    excess: Quantity
    p_value: float | None
    means: tuple[Quantity, ...]
    n: int

    @property
    def differ(self) -> bool:
        """Whether the circles differ beyond chance."""
        return self.p_value is not None and self.p_value <= ALPHA


def divergence(
    scores: ArrayLike,
    member: ArrayLike,
    *,
    unit: str = "polarity",
    level: float = 0.9,
    draws: int = 999,
    seed: int = 0,
) -> Divergence:
    """Return how far the circles' means are apart.

    The variance of the circles' means around their own mean, less its mean over permutations of people; the
    root of what is left. Each circle counts once: weighted by people, a large circle would hide that two
    small ones hold opposite views. The interval comes from drawing people again.

    Args:
        scores: Score of each person, shape (n,). One a person: several of one person are not independent.
        member: Whether a person belongs to a circle, shape (n, circles); one may belong to several or none.
        unit: Unit of the scores.
        level: Coverage, in (0, 1).
        draws: Permutations and resamples, at least 99.
        seed: Seed of both.

    Returns:
        The divergence; Unknown("one_circle") unless two circles have 10 people each.

    Raises:
        ValueError: Shapes differ, a score is not finite, or level or draws are out of range.

    Examples:
        >>> scores = np.r_[np.full(30, 0.5), np.full(30, -0.5)]
        >>> found = divergence(scores, np.repeat(np.eye(2), 30, axis=0))
        >>> round(found.excess.value, 2), found.p_value
        (0.5, 0.001)
    """
    score, inside = np.asarray(scores, dtype=np.float64), np.asarray(member, dtype=np.float64)
    if inside.ndim != 2 or score.shape != inside.shape[:1] or not np.isfinite(score).all():
        raise ValueError(f"scores {score.shape} and members {inside.shape} do not fit or are not finite")
    if not 0 < level < 1 or draws < 99:
        raise ValueError(f"level {level}, draws {draws}")
    size = inside.sum(axis=0)
    means = tuple(_mean(score[inside[:, c] > 0], unit, level) for c in range(inside.shape[1]))
    kept = size >= LEAST
    if kept.sum() < 2:
        return Divergence(Unknown("one_circle", METHOD, unit, score.size, 2), None, means, score.size)
    inside = inside[:, kept]
    anybody = inside.any(axis=1)
    score, inside = score[anybody], inside[anybody]
    rng = np.random.default_rng(seed)
    once = np.ones((1, score.size))
    found = float(_spread(score[None], once, inside)[0])
    lot, again = np.empty(draws), np.empty(draws)
    batch = max(1, CELLS // score.size)
    for begin in range(0, draws, batch):
        some = slice(begin, min(begin + batch, draws))
        size_of = some.stop - some.start
        mixed = rng.permuted(np.repeat(score[None], size_of, axis=0), axis=1)
        lot[some] = _spread(mixed, np.ones_like(mixed), inside)
        drawn = rng.multinomial(score.size, np.full(score.size, 1 / score.size), size_of).astype(np.float64)
        again[some] = _spread(np.broadcast_to(score, drawn.shape), drawn, inside)
    p_value = float((1 + (lot >= found - 1e-12).sum()) / (draws + 1))
    usual = float(lot.mean())
    tail = (1 - level) / 2
    # A resample carries its own noise on top of the sample's: the usual spread is taken off twice.
    low, high = np.sqrt(np.maximum(0.0, np.quantile(again - 2 * usual, [tail, 1 - tail])))
    value = float(np.sqrt(max(0.0, found - usual)))
    excess = Estimate(value, min(float(low), value), max(float(high), value), level, unit, METHOD, score.size)
    return Divergence(excess, p_value, means, score.size)


def _spread(score: Floats, times: Floats, inside: Floats) -> Floats:
    """Return the variance of circle means around their own mean, each circle once, shape (b,)."""
    size = times @ inside
    mean = (times * score) @ inside / np.maximum(size, 1)
    # A circle none of whose people was drawn has no mean in that draw.
    weight = (size > 0) / np.maximum((size > 0).sum(axis=1, keepdims=True), 1)
    middle = (weight * mean).sum(axis=1, keepdims=True)
    return np.asarray((weight * (mean - middle) ** 2).sum(axis=1))


def _mean(score: Floats, unit: str, level: float) -> Quantity:
    from scipy.special import stdtrit  # noqa: PLC0415 -- slow import

    if score.size < LEAST:
        return Unknown("too_few_rows", "Student's t", unit, int(score.size), LEAST)
    half = float(stdtrit(score.size - 1, (1 + level) / 2) * score.std(ddof=1) / np.sqrt(score.size))
    value = float(score.mean())
    return Estimate(value, value - half, value + half, level, unit, "Student's t", int(score.size))
