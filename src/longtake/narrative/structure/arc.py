"""The line a feeling takes over a film, and the shape it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.cue import Cue
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.narrative.blocks import DRAWS, SEED, block_length, moving_blocks

Floats = NDArray[np.float64]

POINTS = 41
WIDTH = 0.06
"""Half-width of the smoothing, as a share of the running time."""
LEAST = 20
CLEAR = 0.6
METHOD = "correlation with the first three cosine modes (Reagan et al. 2016)"
SHAPES = (
    "rags_to_riches",
    "riches_to_rags",
    "man_in_a_hole",
    "icarus",
    "cinderella",
    "oedipus",
)
"""Rise; fall; fall and rise; rise and fall; rise, fall, rise; fall, rise, fall."""


@dataclass(frozen=True, slots=True, eq=False)
class Arc:
    """A feeling over normalised time.

    Attributes:
        at: Positions from 0 to 1, shape (p,).
        value: Smoothed mean of the scores there, shape (p,).
        low: Lower end of its interval, shape (p,).
        high: Upper end, shape (p,).
    """

    at: Floats
    value: Floats
    low: Floats
    high: Floats


def arc(
    cues: Sequence[Cue], scores: Floats, *, level: float = 0.9, draws: int = DRAWS, points: int = POINTS
) -> Arc | None:
    """Return the smoothed line of a score over the running time.

    A Gaussian kernel over the positions of the cues, so that silence widens the interval instead of
    counting as a feeling.

    Args:
        cues: In order of time, n of them.
        scores: Of each cue, shape (n,).
        level: Coverage of the pointwise intervals.
        draws: Of the block bootstrap.
        points: Of the line.

    Returns:
        None with fewer than two cues.

    Raises:
        ValueError: Scores and cues differ in number.

    Examples:
        >>> cues = [Cue("f", i, 1000 * i, 1000 * i + 500, "x", i) for i in range(20)]
        >>> made = arc(cues, np.ones(20))
        >>> round(float(made.value.min()), 9), round(float(made.high.max()), 9)
        (1.0, 1.0)
    """
    if len(cues) != len(scores):
        raise ValueError(f"{len(scores)} scores for {len(cues)} cues")
    if len(cues) < 2:
        return None
    middle = np.array([(cue.start_ms + cue.end_ms) / 2 for cue in cues])
    place = (middle - middle[0]) / max(float(middle[-1] - middle[0]), 1.0)
    at = np.linspace(0.0, 1.0, points)
    kernel = np.exp(-0.5 * ((at[:, None] - place[None, :]) / WIDTH) ** 2) + 1e-12
    n = len(cues)
    drawn = moving_blocks(np.random.default_rng(SEED), n, size=n, length=block_length(n), draws=draws)
    times = np.zeros((draws, n))
    np.add.at(times, (np.arange(draws)[:, None], drawn), 1.0)
    value = kernel @ scores / kernel.sum(axis=1)
    # Where a draw holds nothing near a point, the kernel's floor gives the mean of the draw.
    spread = (times * scores) @ kernel.T / (times @ kernel.T)
    low, high = np.quantile(spread, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Arc(at, value, np.minimum(low, value), np.maximum(high, value))


@dataclass(frozen=True, slots=True)
class Shape:
    """The nearest of six shapes.

    Attributes:
        name: One of `SHAPES`; None where none is near.
        likeness: Correlation of the arc with it, with its interval.
    """

    name: str | None
    likeness: Quantity


def shape(cues: Sequence[Cue], valence: Floats, *, level: float = 0.9, draws: int = 200) -> Shape:
    """Return which of six shapes the arc of valence is nearest to.

    The first three modes of story arcs are close to cosines; each with either sign is a shape.

    Args:
        cues: In order of time, n of them.
        valence: From dark to bright, shape (n,).
        level: Coverage of the interval.
        draws: Of the block bootstrap.

    Returns:
        No name where the best correlation is below .6 or its interval reaches the second best shape's
        value; unknown with fewer than 20 cues or a flat line.

    Examples:
        >>> cues = [Cue("f", i, 1000 * i, 1000 * i + 500, "x", i) for i in range(40)]
        >>> shape(cues, np.linspace(-1.0, 1.0, 40)).name
        'rags_to_riches'

    References:
        Reagan, Mitchell, Kiley, Danforth and Dodds, 2016, The emotional arcs of stories are dominated by six
        basic shapes, doi:10.1140/epjds/s13688-016-0093-1.
    """
    n = len(cues)
    if n < LEAST:
        return Shape(None, Unknown("too_few_cues", METHOD, "score", n, LEAST))
    line = arc(cues, valence, level=level, draws=2)
    if line is None or float(line.value.std()) < 1e-9:
        return Shape(None, Unknown("all_alike", METHOD, "score", n))
    found = _likeness(line.value[None, :])[0]
    best = int(np.argmax(found))
    middle = np.array([(cue.start_ms + cue.end_ms) / 2 for cue in cues])
    place = (middle - middle[0]) / max(float(middle[-1] - middle[0]), 1.0)
    kernel = np.exp(-0.5 * ((line.at[:, None] - place[None, :]) / WIDTH) ** 2) + 1e-12
    drawn = moving_blocks(np.random.default_rng(SEED), n, size=n, length=block_length(n), draws=draws)
    # Blocks are resampled around the arc, not along it: their place in time is what the shape is made of.
    rest = valence - np.interp(place, line.at, line.value)
    again = (np.interp(place, line.at, line.value) + rest[drawn]) @ kernel.T / kernel.sum(axis=1)
    spread = _likeness(again)[:, best]
    value = float(found[best])
    low, high = np.quantile(spread, [(1 - level) / 2, (1 + level) / 2])
    estimate = Estimate(value, min(float(low), value), max(float(high), value), level, "score", METHOD, n)
    second = float(np.sort(found)[-2])
    told = value >= CLEAR and estimate.low > second
    return Shape(SHAPES[best] if told else None, estimate)


def _likeness(lines: Floats) -> Floats:
    """Return the correlation of each line with each of `SHAPES`, shape (k, 6)."""
    at = np.linspace(0.0, np.pi, lines.shape[1])
    modes = np.array([-np.cos(at), np.cos(2 * at), -np.cos(3 * at)])
    modes = np.repeat(modes, 2, axis=0) * np.array([1, -1, 1, -1, 1, -1])[:, None]
    modes = modes - modes.mean(axis=1, keepdims=True)
    centred = lines - lines.mean(axis=1, keepdims=True)
    length = np.linalg.norm(centred, axis=1)[:, None] * np.linalg.norm(modes, axis=1)[None, :]
    return np.asarray(centred @ modes.T / np.maximum(length, 1e-12))
