"""Where a film turns to something else: segments, how far they keep one theme, how they rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from longtake.domain.cue import Cue
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.narrative.blocks import SEED, block_length, moving_blocks, recentred
from longtake.narrative.similarity import Space

Floats = NDArray[np.float64]

BLOCK = 10
"""Cues on either side that are compared; fewer near the ends."""
LEAST = 24
SHORTEST = 6
"""Cues a segment has at least."""
COHESION = "mean cosine of segments against the same cues dealt anew (Salton and Buckley 1988)"
ESCALATION = "least squares over segments, moving blocks within them (Kuensch 1989)"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a film.

    Attributes:
        name: What it is called; its number where nobody named it.
        first: Position of its first cue.
        last: One past its last.
        start_ms: Where it starts.
        end_ms: Where it ends.
    """

    name: str
    first: int
    last: int
    start_ms: int
    end_ms: int


def segments(
    cues: Sequence[Cue], *, starts_ms: Sequence[int] = (), names: Sequence[str] = ()
) -> tuple[Segment, ...]:
    """Cut a film into segments: where it was told, else where its vocabulary shifts.

    Between every two cues the words of the ten before and the ten after are compared; a valley is as deep as
    it lies below the hills around it, and a cut is made where that is more than the mean plus half a
    standard deviation, six cues apart at least.

    Args:
        cues: In order of time.
        starts_ms: Where segments start, when somebody told.
        names: What they are called, in the same order.

    Returns:
        In order; one segment for a film of fewer than 24 cues; none without cues.

    Examples:
        >>> cues = [Cue("f", i, 1000 * i, 1000 * i + 500, "x", i) for i in range(4)]
        >>> [(one.first, one.last) for one in segments(cues, starts_ms=(0, 2000))]
        [(0, 2), (2, 4)]

    References:
        Hearst, 1997, TextTiling: segmenting text into multi-paragraph subtopic passages, Computational
        Linguistics 23(1), 33-64.
    """
    if not cues:
        return ()
    if starts_ms:
        begins = np.array([cue.start_ms for cue in cues])
        given = sorted(zip(starts_ms, [*names, *[""] * len(starts_ms)], strict=False))
        cut = [0, *(int(np.searchsorted(begins, at)) for at, _ in given[1:]), len(cues)]
        told = [name or str(number) for number, (_, name) in enumerate(given, 1)]
        return tuple(
            _segment(cues, name, a, b) for name, a, b in zip(told, cut[:-1], cut[1:], strict=True) if b > a
        )
    cut = [0, *_valleys([cue.text for cue in cues]), len(cues)]
    return tuple(_segment(cues, str(i), a, b) for i, (a, b) in enumerate(pairwise(cut), 1))


def _segment(cues: Sequence[Cue], name: str, first: int, last: int) -> Segment:
    return Segment(name, first, last, cues[first].start_ms, max(cue.end_ms for cue in cues[first:last]))


def _valleys(texts: Sequence[str]) -> list[int]:
    n = len(texts)
    if n < LEAST:
        return []
    space = Space(texts)
    gaps = range(SHORTEST, n - SHORTEST + 1)
    spans = [(max(0, i - BLOCK), i) for i in gaps] + [(i, min(n, i + BLOCK)) for i in gaps]
    found = space.sums(texts, _groups([range(a, b) for a, b in spans], n))
    near = np.asarray(found[: len(gaps)].multiply(found[len(gaps) :]).sum(axis=1)).ravel()
    smooth = np.convolve(np.pad(near, 1, mode="edge"), np.full(3, 1 / 3), mode="valid")
    depth = np.array([_hill(smooth, i, -1) + _hill(smooth, i, 1) - 2 * smooth[i] for i in range(len(smooth))])
    wanted = float(depth.mean() + depth.std() / 2)
    kept: list[int] = []
    for i in sorted(range(len(depth)), key=lambda i: (-depth[i], i)):
        place = gaps[i]
        if depth[i] > max(wanted, 1e-9) and all(abs(place - other) >= SHORTEST for other in kept):
            kept.append(place)
    return sorted(kept)


def _hill(line: Floats, at: int, step: int) -> float:
    top, i = float(line[at]), at
    while 0 <= i + step < len(line) and line[i + step] >= top:
        i += step
        top = float(line[i])
    return top


def cohesion(
    cues: Sequence[Cue], parts: Sequence[Segment], *, level: float = 0.9, draws: int = 200
) -> Quantity:
    """Return how much more alike the segments are than the same cues would be if each told its own story.

    Mean cosine between every two segments, over what it would be if all cues were dealt to segments of the
    same size at random (which makes them as alike as they can be). One says the segments share their words
    wholly, zero that they share none: 同一个主题 told in several ways lies between.

    Args:
        cues: In order of time.
        parts: Its segments, two at least.
        level: Coverage of the interval.
        draws: Of the deals.

    Returns:
        A share; unknown with fewer than two segments or where nothing can be shared.

    Examples:
        >>> cues = [Cue("f", i, 1000 * i, 1000 * i + 500, "灯还亮着", i) for i in range(8)]
        >>> cohesion(cues, segments(cues, starts_ms=(0, 4000))).value
        1.0
    """
    if len(parts) < 2:
        return Unknown("one_segment", COHESION, "share", len(parts), 2)
    texts = [cue.text for cue in cues]
    space, n = Space(texts), len(texts)
    edges = [parts[0].first, *(part.last for part in parts)]
    rng = np.random.default_rng(SEED)
    orders = [np.arange(n), *(rng.permutation(n) for _ in range(max(19, min(draws, 60_000 // n))))]
    rows = [order[a:b] for order in orders for a, b in pairwise(edges)]
    found = space.sums(texts, _groups(rows, n))
    k = len(parts)
    real, *dealt = (_between(found[at : at + k]) for at in range(0, len(rows), k))
    top = float(np.mean(dealt))
    if top <= 0:
        return Unknown("all_alike", COHESION, "share", len(parts))
    value = min(1.0, real / top)
    low, high = np.quantile(
        np.minimum(1.0, real / np.maximum(dealt, 1e-9)), [(1 - level) / 2, (1 + level) / 2]
    )
    return Estimate(
        value, min(float(low), value), max(float(high), value), level, "share", COHESION, len(texts)
    )


def _between(parts: csr_array) -> float:
    """Return the mean cosine between every two rows of length one."""
    table = (parts @ parts.T).toarray()
    k = len(table)
    return float((table.sum() - np.trace(table)) / (k * (k - 1)))


def _groups(rows: Sequence[Sequence[int] | NDArray[np.int64]], n: int) -> csr_array:
    edges = np.cumsum([0, *(len(row) for row in rows)])
    held = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
    return csr_array((np.ones(len(held)), held, edges), shape=(len(rows), n))


def escalation(
    parts: Sequence[Segment], intensity: Floats, *, level: float = 0.9, draws: int = 400
) -> Quantity:
    """Return by how much intensity rises from the first segment to the last, by a straight line.

    Args:
        parts: Segments, three at least.
        intensity: Of each cue, shape (n,).
        level: Coverage of the interval.
        draws: Of the bootstrap.

    Returns:
        Rise in the unit of intensity; unknown with fewer than three segments.

    Examples:
        >>> parts = [Segment(str(k), 4 * k, 4 * k + 4, 0, 1) for k in range(3)]
        >>> round(escalation(parts, np.repeat([0.1, 0.2, 0.3], 4)).value, 6)
        0.2
    """
    if len(parts) < 3:
        return Unknown("too_few_segments", ESCALATION, "score", len(parts), 3)
    rng = np.random.default_rng(SEED)
    means, drawn = [], []
    for part in parts:
        own = intensity[part.first : part.last]
        n = len(own)
        means.append(float(own.mean()))
        drawn.append(own[moving_blocks(rng, n, size=n, length=block_length(n), draws=draws)].mean(axis=1))
    at = np.linspace(-0.5, 0.5, len(parts))
    weights = at / (at @ at)
    value = float(weights @ np.array(means))
    low, high = recentred(value, np.asarray(weights @ np.array(drawn)), level=level)
    return Estimate(value, low, high, level, "score", ESCALATION, len(intensity))
