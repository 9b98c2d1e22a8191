"""Clarity of relations: which two people the lines are between, in trailer and film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.cue import Cue
from longtake.domain.estimate import Estimate, Unknown
from longtake.narrative.blocks import block_length, cuts, jensen_shannon, moving_blocks, recentred, tail
from longtake.narrative.cast import Cast, Spoken, spoken
from longtake.narrative.gaps.axis import Axis, Measure, Window

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

METHOD = "Jensen-Shannon divergence of pairs against cuts of the film (Lin 1991; Politis and Romano 1994)"
UNIT = "bits"
LEAST_TRAILER, LEAST_FILM = 8, 24
LEAST_PAIRED = 5
RUNS = (1.0, 2.0)
PAUSES = 4.0
"""A pause of so many times the usual one ends a conversation in the film."""
CENTRAL = 0.1
HARDLY = 0.25
"""A pair is hardly present when the film gives it less than this part of its share in the trailer."""
LEAST_LINES = 2
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people and the lines between them.

    Attributes:
        names: Both, in the order of the cast.
        trailer: Share of the trailer's lines between pairs.
        film: Share of the film's.
        trailer_cues: Their positions in the trailer.
        film_cues: Their positions in the film.
    """

    names: tuple[str, str]
    trailer: float
    film: float
    trailer_cues: tuple[int, ...]
    film_cues: tuple[int, ...]

    @property
    def hardly_present(self) -> bool:
        """Whether the trailer shows it and the film hardly does."""
        return len(self.trailer_cues) >= LEAST_LINES and self.film < HARDLY * self.trailer

    @property
    def unseen(self) -> bool:
        """Whether it carries the film and the trailer leaves it out."""
        return self.film >= CENTRAL and not self.trailer_cues


def pair_of(speaker: Ints, named: Ints, joined: NDArray[np.bool_], size: int) -> Ints:
    """Return the pair each line is between, for many sequences of lines at once.

    Who speaks and whom the line names; else who speaks and who spoke before, else after.

    Args:
        speaker: Position of the speaker in the cast; below zero nobody of it; shape (k, m).
        named: Position of who is named; -1 nobody; shape (k, m).
        joined: Whether a line belongs to the same talk as the one before, shape (k, m).
        size: People in the cast.

    Returns:
        ``a * size + b`` with a < b, or -1; shape (k, m).

    Examples:
        >>> pair_of(np.array([[0, 1, -2]]), np.array([[-1, -1, -1]]), np.array([[False, True, True]]), 2)
        array([[ 1,  1, -1]])
    """
    before = np.full_like(speaker, -1)
    before[:, 1:] = np.where(joined[:, 1:], speaker[:, :-1], -1)
    after = np.full_like(speaker, -1)
    after[:, :-1] = np.where(joined[:, 1:], speaker[:, 1:], -1)
    other = np.full_like(speaker, -1)
    for candidate in (named, before, after):
        other = np.where((other < 0) & (candidate >= 0) & (candidate != speaker), candidate, other)
    both = (speaker >= 0) & (other >= 0)
    low, high = np.minimum(speaker, other), np.maximum(speaker, other)
    return np.where(both, low * size + high, -1)


def talk(cues: Sequence[Cue]) -> NDArray[np.bool_]:
    """Return whether each cue follows the one before without a long pause, shape (n,).

    Long is measured by the file's own pauses, so that a slow film is not taken for a silent one.

    Examples:
        >>> cues = [Cue("f", i, 1000 * t, 1000 * t + 900, "x", i) for i, t in enumerate((0, 1, 2, 60, 61))]
        >>> talk(cues).tolist()
        [False, True, True, False, True]
    """
    starts, ends = np.array([cue.start_ms for cue in cues]), np.array([cue.end_ms for cue in cues])
    pause = np.maximum(starts[1:] - ends[:-1], 0)
    # Half a second is what a cut of subtitles leaves between two lines of one speech.
    usual = max(float(np.median(pause)) if len(pause) else 0.0, 500.0)
    return np.concatenate((np.zeros(min(len(cues), 1), dtype=bool), pause <= PAUSES * usual))


def relations_gap(
    trailer: Sequence[Cue],
    film: Sequence[Cue],
    cast: Cast,
    *,
    rng: np.random.Generator,
    level: float,
    draws: int,
) -> tuple[Axis, tuple[Pair, ...]]:
    """Return the axis of relations, and every pair that either side shows, the trailer's first.

    Two things are compared: which pairs the lines are between, and what share of spoken lines is between a
    pair at all. The null is a trailer cut from the film at random, with pairs read by the same rule, so that
    what a montage blurs is in the null too. How many lines a trailer keeps together nobody tells: cuts of
    one line and of two on average are tried, and the larger p counts.

    Args:
        trailer: Cues of the trailer.
        film: Cues of the film.
        cast: Who can be recognised.
        rng: Source of chance.
        level: Coverage of intervals.
        draws: Of the bootstrap and of the null.
    """
    ours, theirs = spoken(trailer, cast), spoken(film, cast)
    size = len(cast.names)
    keep, kept = np.flatnonzero(ours.speaker != -2), np.flatnonzero(theirs.speaker != -2)
    if size < 2 or not ((ours.speaker >= 0).any() and (theirs.speaker >= 0).any()):
        return _untold("no_people", len(keep)), ()
    here = _pairs(ours, keep, np.ones(len(trailer), dtype=bool), size)
    there = _pairs(theirs, kept, talk(film), size)
    pairs = _told(here, there, keep, kept, cast)
    if len(keep) < LEAST_TRAILER or len(kept) < LEAST_FILM:
        return _untold("too_few_cues", len(keep), LEAST_TRAILER if len(keep) < LEAST_TRAILER else None), pairs
    if min(np.count_nonzero(here >= 0), np.count_nonzero(there >= 0)) < LEAST_PAIRED:
        return _untold("too_few_pairs", int(np.count_nonzero(here >= 0)), LEAST_PAIRED), pairs
    codes = np.unique(np.concatenate((here[here >= 0], there[there >= 0])))
    reference = _counts(there[None, :], codes)[0]
    far = float(jensen_shannon(_counts(here[None, :], codes), reference)[0])
    clear, usual = float((here >= 0).mean()), float((there >= 0).mean())
    nulls = [_cut(theirs, kept, there, len(keep), size, mean=mean, rng=rng, draws=draws) for mean in RUNS]
    null, expected = (float(np.mean([one[k].mean() for one in nulls])) for k in (0, 1))
    again = moving_blocks(rng, len(here), size=len(here), length=block_length(len(here)), draws=draws)
    whole = moving_blocks(rng, len(there), size=len(there), length=block_length(len(there)), draws=draws)
    spread = jensen_shannon(_counts(here[again], codes), _counts(there[whole], codes))
    value = far - null
    gap = Estimate(
        value, *recentred(value, spread[np.isfinite(spread)], level=level), level, UNIT, METHOD, len(keep)
    )
    moved = (here[again] >= 0).mean(axis=1)
    clearer = Estimate(
        clear - expected, *recentred(clear - expected, moved, level=level), level, "share",
        "share of lines between a pair, against cuts of the film", len(keep),
    )  # fmt: skip
    p_pairs = max(tail(far, apart) for apart, _ in nulls)
    p_clear = max(tail(abs(clear - own.mean()), np.abs(own - own.mean())) for _, own in nulls)
    measures = (
        Measure("pairs", None, None, gap, p_pairs),
        Measure("clarity", clear, usual, clearer, p_clear),
    )
    p = min(1.0, 2 * min(p_pairs, p_clear))
    return Axis("relations", gap, p, measures, _windows(pairs, trailer, film)), pairs


def _cut(
    lines: Spoken,
    kept: Ints,
    film: Ints,
    length: int,
    size: int,
    *,
    mean: float,
    rng: np.random.Generator,
    draws: int,
) -> tuple[Floats, Floats]:
    """Return how far trailers cut from the film are from it, and what share of their lines is in a pair."""
    cut = kept[cuts(rng, len(kept), size=length, mean=mean, draws=draws)]
    drawn = pair_of(lines.speaker[cut], lines.named[cut], np.ones(cut.shape, dtype=bool), size)
    # A montage joins people who never speak to each other: pairs the film does not have count too.
    every = np.unique(np.concatenate((film[film >= 0], drawn[drawn >= 0])))
    apart = jensen_shannon(_counts(drawn, every), _counts(film[None, :], every)[0])
    return np.nan_to_num(apart, nan=1.0), (drawn >= 0).mean(axis=1)


def _untold(reason: str, n: int, needed: int | None = None) -> Axis:
    return Axis("relations", Unknown(reason, METHOD, UNIT, n, needed), None)


def _pairs(lines: Spoken, keep: Ints, joined: NDArray[np.bool_], size: int) -> Ints:
    found = pair_of(lines.speaker[keep][None, :], lines.named[keep][None, :], joined[keep][None, :], size)
    return np.asarray(found[0])


def _counts(pairs: Ints, codes: Ints) -> Floats:
    """Return how often each code stands in each row, shape (k, c)."""
    place = np.searchsorted(codes, pairs)
    place = np.where((pairs >= 0) & (place < len(codes)), place, len(codes))
    hit = np.where(place < len(codes), codes[np.minimum(place, len(codes) - 1)] == pairs, False)
    rows = np.broadcast_to(np.arange(len(pairs))[:, None], pairs.shape)
    flat = rows[hit] * len(codes) + place[hit]
    return np.bincount(flat, minlength=len(pairs) * len(codes)).reshape(len(pairs), -1).astype(np.float64)


def _told(here: Ints, there: Ints, keep: Ints, kept: Ints, cast: Cast) -> tuple[Pair, ...]:
    size = len(cast.names)
    ours, theirs = max(int((here >= 0).sum()), 1), max(int((there >= 0).sum()), 1)
    made = []
    for code in np.unique(np.concatenate((here[here >= 0], there[there >= 0]))).tolist():
        one, two = keep[here == code].tolist(), kept[there == code].tolist()
        names = cast.names[code // size], cast.names[code % size]
        made.append(Pair(names, len(one) / ours, len(two) / theirs, tuple(one), tuple(two)))
    return tuple(sorted(made, key=lambda pair: (-pair.trailer, -pair.film, pair.names)))


def _windows(pairs: Sequence[Pair], trailer: Sequence[Cue], film: Sequence[Cue]) -> tuple[Window, ...]:
    """Return the lines of the pairs whose shares differ most."""
    made = []
    for pair in sorted(pairs, key=lambda one: -abs(one.trailer - one.film))[:SHOWN]:
        side = "trailer" if pair.trailer > pair.film else "film"
        cues = (
            [trailer[i] for i in pair.trailer_cues]
            if side == "trailer"
            else [film[i] for i in pair.film_cues]
        )
        value = pair.trailer - pair.film
        made += [Window(side, c.start_ms, c.end_ms, value, " × ".join(pair.names)) for c in cues[:SHOWN]]
    return tuple(made)
