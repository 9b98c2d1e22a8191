"""Emotional intensity and tone: the trailer's cues against what a cut of the film would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.cue import Cue
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.narrative.blocks import block_length, cuts, moving_blocks, recentred, tail, wasserstein
from longtake.narrative.gaps.axis import Axis, Measure, Window

Floats = NDArray[np.float64]

METHOD = "Wasserstein distance against cuts of the film (Vallender 1974; Politis and Romano 1994)"
UNIT = "sd"
LEAST_TRAILER, LEAST_FILM = 8, 24
RUN = 2.0
"""Mean length of the runs of lines that a trailer keeps together."""
SHOWN = 4


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What a scorer says of each cue.

    Attributes:
        intensity: How strongly it feels, shape (n,), any scale that both sides share.
        valence: From dark to bright, shape (n,).
        emotions: Probability of each emotion, shape (n, k); empty columns when none.
        names: The k emotions.
    """

    intensity: Floats
    valence: Floats
    emotions: Floats | None = None
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse columns of different length.

        Raises:
            ValueError: They differ, or a number is not finite.
        """
        if self.intensity.shape != self.valence.shape or self.intensity.ndim != 1:
            raise ValueError(f"intensity {self.intensity.shape} and valence {self.valence.shape}")
        if not (np.isfinite(self.intensity).all() and np.isfinite(self.valence).all()):
            raise ValueError("a score is not finite")
        if self.emotions is not None and self.emotions.shape != (len(self.intensity), len(self.names)):
            raise ValueError(f"emotions {self.emotions.shape} of {len(self.names)} names")


def emotion_gap(
    trailer: Sequence[Cue],
    film: Sequence[Cue],
    scores: tuple[Scores, Scores] | None,
    *,
    rng: np.random.Generator,
    level: float,
    draws: int,
) -> Axis:
    """Return the axis of emotion.

    Two distributions are compared: intensity and valence, each in standard deviations of the film. The null
    is a trailer cut from the film at random, in runs of two lines on average. The p is doubled, since there
    are two of them; the axis is as far apart as the larger.

    Args:
        trailer: Cues of the trailer, m of them.
        film: Cues of the film, n of them.
        scores: Of trailer and film; None when nobody scored them.
        rng: Source of chance.
        level: Coverage of intervals.
        draws: Of the bootstrap and of the null.

    Raises:
        ValueError: Scores and cues differ in number.
    """
    if scores is None:
        return _untold("not_scored", len(trailer))
    for name, cues, own in (("trailer", trailer, scores[0]), ("film", film, scores[1])):
        if len(cues) != len(own.intensity):
            raise ValueError(f"{len(own.intensity)} scores for {len(cues)} cues of the {name}")
    if len(trailer) < LEAST_TRAILER or len(film) < LEAST_FILM:
        return _untold("too_few_cues", len(trailer), LEAST_TRAILER if len(trailer) < LEAST_TRAILER else None)
    measures = []
    for name in ("intensity", "valence"):
        ours, theirs = getattr(scores[0], name), getattr(scores[1], name)
        measures.append(_measure(name, ours, theirs, rng=rng, level=level, draws=draws))
    known = [one for one in measures if isinstance(one.gap, Estimate)]
    if not known:
        return Axis("intensity", measures[0].gap, None, tuple(measures))
    size = max((one.gap for one in known if isinstance(one.gap, Estimate)), key=lambda gap: gap.value)
    p = min(1.0, len(measures) * min(one.p for one in known if one.p is not None))
    shares = _shares(scores, rng=rng, level=level, draws=draws)
    return Axis("intensity", size, p, (*measures, *shares), _windows(trailer, film, scores))


def _untold(reason: str, n: int, needed: int | None = None) -> Axis:
    return Axis("intensity", Unknown(reason, METHOD, UNIT, n, needed), None)


def _measure(
    name: str, ours: Floats, theirs: Floats, *, rng: np.random.Generator, level: float, draws: int
) -> Measure:
    m, n = len(ours), len(theirs)
    scale = float(theirs.std())
    both = float(ours.mean()), float(theirs.mean())
    if scale < 1e-9:
        return Measure(name, *both, Unknown("all_alike", METHOD, UNIT, n))
    far = float(wasserstein(ours[None, :], theirs)[0]) / scale
    cut = cuts(rng, n, size=m, mean=RUN, draws=draws)
    null = wasserstein(theirs[cut], theirs) / scale
    again = moving_blocks(rng, m, size=m, length=block_length(m), draws=draws)
    whole = moving_blocks(rng, n, size=n, length=block_length(n), draws=draws)
    spread = wasserstein(ours[again], theirs[whole]) / scale
    value = far - float(null.mean())
    low, high = recentred(value, spread, level=level)
    return Measure(
        name,
        *both,
        Estimate(value, low, high, level, UNIT, METHOD, m),
        tail(far, null),
    )


def _shares(
    scores: tuple[Scores, Scores], *, rng: np.random.Generator, level: float, draws: int
) -> list[Measure]:
    ours, theirs = scores[0].emotions, scores[1].emotions
    if ours is None or theirs is None or scores[0].names != scores[1].names:
        return []
    again = moving_blocks(rng, len(ours), size=len(ours), length=block_length(len(ours)), draws=draws)
    whole = moving_blocks(rng, len(theirs), size=len(theirs), length=block_length(len(theirs)), draws=draws)
    made = []
    for k, name in enumerate(scores[0].names):
        here, there = float(ours[:, k].mean()), float(theirs[:, k].mean())
        spread = ours[:, k][again].mean(axis=1) - theirs[:, k][whole].mean(axis=1)
        low, high = recentred(here - there, spread, level=level)
        gap: Quantity = Estimate(
            here - there, low, high, level, "share", "difference of mean probabilities, moving blocks",
            len(ours),
        )  # fmt: skip
        made.append(Measure(f"emotion.{name}", here, there, gap))
    return made


def _windows(
    trailer: Sequence[Cue], film: Sequence[Cue], scores: tuple[Scores, Scores]
) -> tuple[Window, ...]:
    """Return the cues of the trailer farthest from the film's middle, and the film's most usual ones."""
    ours, theirs = scores[0].intensity, scores[1].intensity
    middle = float(np.median(theirs))
    far = sorted(range(len(ours)), key=lambda i: (-abs(ours[i] - middle), i))[:SHOWN]
    near = sorted(range(len(theirs)), key=lambda i: (-theirs[i], i))[:SHOWN]
    made = [("trailer", trailer[i], float(ours[i])) for i in far]
    made += [("film", film[i], float(theirs[i])) for i in near]
    return tuple(Window(side, cue.start_ms, cue.end_ms, value, "intensity") for side, cue, value in made)
