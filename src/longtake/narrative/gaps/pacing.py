"""Pace of talk and of cutting: trailer over film, against what is usual for the genre."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from longtake.domain.cue import Cue
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.narrative.blocks import block_length, moving_blocks
from longtake.narrative.gaps.axis import Axis, Measure, Window
from longtake.narrative.gaps.usual import Usual

Floats = NDArray[np.float64]

METHOD = (
    "log ratio of characters a minute against the genre's usual one, moving blocks of windows (Kuensch 1989)"
)
UNIT = "times"
LEAST_TRAILER, LEAST_FILM = 8, 24
WINDOWS = {"trailer": 5_000, "film": 30_000}
"""Milliseconds of a window on either side."""
FEWEST, MOST = 6, 400
SHOWN = 4


def said(cues: Sequence[Cue], edges: Floats) -> Floats:
    """Return the characters said in each window, a cue's spread evenly over its time.

    Args:
        cues: Any number.
        edges: Edges of the windows in milliseconds, rising, shape (w + 1,).

    Returns:
        Characters without spaces, shape (w,).

    Examples:
        >>> said([Cue("f", 1, 0, 2000, "一二三四", 1)], np.array([0.0, 1000.0, 2000.0])).tolist()
        [2.0, 2.0]
    """
    total = np.zeros(len(edges) - 1)
    for cue in cues:
        size = sum(not character.isspace() for character in cue.text)
        start, end = float(cue.start_ms), float(max(cue.end_ms, cue.start_ms + 1))
        inside = np.clip(np.minimum(edges[1:], end) - np.maximum(edges[:-1], start), 0.0, None)
        total += size * inside / (end - start)
    return total


def windows(cues: Sequence[Cue], width_ms: int) -> Floats:
    """Return the edges of even windows from the first cue to the end of the last, about so wide.

    Examples:
        >>> windows([Cue("f", 1, 0, 60_000, "x", 1)], 10_000).tolist()
        [0.0, 10000.0, 20000.0, 30000.0, 40000.0, 50000.0, 60000.0]
    """
    first, last = min(cue.start_ms for cue in cues), max(cue.end_ms for cue in cues)
    count = min(MOST, max(FEWEST, round((last - first) / width_ms)))
    return np.linspace(first, max(last, first + 1), count + 1)


def silence(cues: Sequence[Cue]) -> float:
    """Return the share of time between the first cue and the last in which nobody speaks.

    Examples:
        >>> silence([Cue("f", 1, 0, 1000, "x", 1), Cue("f", 2, 3000, 4000, "y", 2)])
        0.5
    """
    spoken, until = 0, min(cue.start_ms for cue in cues)
    first = until
    for cue in sorted(cues, key=lambda one: one.start_ms):
        spoken += max(0, cue.end_ms - max(cue.start_ms, until))
        until = max(until, cue.end_ms)
    return 1.0 - spoken / max(until - first, 1)


def pacing_gap(
    trailer: Sequence[Cue],
    film: Sequence[Cue],
    usual: Usual,
    *,
    shots: tuple[Sequence[float], Sequence[float]] | None = None,
    rng: np.random.Generator,
    level: float,
    draws: int,
) -> Axis:
    """Return the axis of pacing.

    The trailer's characters a minute over the film's are compared with the usual ratio of the genre; how
    much films differ in it counts as much as how well these two are known. The size is the factor by which
    the ratio leaves the usual one, whichever way: 1 is none.

    Args:
        trailer: Cues of the trailer.
        film: Cues of the film.
        usual: Usual ratio of the genre.
        shots: Lengths of shots of trailer and film in seconds, where the pictures were read.
        rng: Source of chance.
        level: Coverage of intervals.
        draws: Of the bootstrap.
    """
    if len(trailer) < LEAST_TRAILER or len(film) < LEAST_FILM:
        short = LEAST_TRAILER if len(trailer) < LEAST_TRAILER else None
        return Axis("pacing", Unknown("too_few_cues", METHOD, UNIT, len(trailer), short), None)
    edges = {"trailer": windows(trailer, WINDOWS["trailer"]), "film": windows(film, WINDOWS["film"])}
    counts = {"trailer": said(trailer, edges["trailer"]), "film": said(film, edges["film"])}
    minutes = {side: float(edge[-1] - edge[0]) / 60_000 for side, edge in edges.items()}
    pace = {side: float(counts[side].sum()) / minutes[side] for side in counts}
    spread = [_log_mean(rng, counts[side], draws) for side in ("trailer", "film")]
    moved = math.log(pace["trailer"] / pace["film"]) - math.log(usual.ratio)
    error = math.sqrt(float(spread[0].var()) + float(spread[1].var()))
    half = float(ndtri(0.5 + level / 2)) * error
    p = 2 * float(ndtr(-abs(moved) / math.hypot(error, usual.spread)))
    size = Estimate(
        math.exp(abs(moved)),
        math.exp(max(abs(moved) - half, 0.0)),
        math.exp(abs(moved) + half),
        level,
        UNIT,
        METHOD,
        len(trailer),
    )
    ratio = pace["trailer"] / pace["film"]
    whole = Estimate(
        ratio, ratio * math.exp(-half), ratio * math.exp(half), level, UNIT, METHOD, len(trailer)
    )
    lines, theirs = len(trailer) / minutes["trailer"], len(film) / minutes["film"]
    measures = (
        Measure("characters_a_minute", pace["trailer"], pace["film"], whole, p),
        Measure("lines_a_minute", lines, theirs, _untested(lines / theirs, len(trailer))),
        Measure("silence", silence(trailer), silence(film), _untested(None, len(trailer))),
        _shots(shots),
    )
    return Axis("pacing", size, p, measures, _fastest(edges, counts))


def _log_mean(rng: np.random.Generator, counts: Floats, draws: int) -> Floats:
    n = len(counts)
    drawn = counts[moving_blocks(rng, n, size=n, length=block_length(n), draws=draws)].mean(axis=1)
    return np.asarray(np.log(np.maximum(drawn, 1e-9 + counts.mean() / 100)))


def _untested(ratio: float | None, n: int) -> Quantity:
    if ratio is None:
        return Unknown("only_described", "share of time without a cue", "share", n)
    return Estimate(ratio, ratio, ratio, 1.0, UNIT, "ratio of counts", n)


def _shots(shots: tuple[Sequence[float], Sequence[float]] | None) -> Measure:
    method = "ratio of median shot lengths"
    if shots is None or min(len(side) for side in shots) < 2:
        return Measure("shot_seconds", None, None, Unknown("no_shots", method, UNIT, 0))
    ours, theirs = (float(np.median(side)) for side in shots)
    if min(ours, theirs) <= 0:
        return Measure("shot_seconds", ours, theirs, Unknown("no_shots", method, UNIT, len(shots[0])))
    ratio = ours / theirs
    return Measure(
        "shot_seconds", ours, theirs, Estimate(ratio, ratio, ratio, 1.0, UNIT, method, len(shots[0]))
    )


def _fastest(edges: dict[str, Floats], counts: dict[str, Floats]) -> tuple[Window, ...]:
    made = []
    for side in ("trailer", "film"):
        edge, count = edges[side], counts[side]
        rate = count / (np.diff(edge) / 60_000)
        for i in sorted(range(len(count)), key=lambda i: (-rate[i], i))[:SHOWN]:
            made.append(
                Window(side, round(edge[i]), round(edge[i + 1]), float(rate[i]), "characters_a_minute")
            )
    return tuple(made)
