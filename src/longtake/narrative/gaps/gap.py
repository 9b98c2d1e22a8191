"""Trailer against film on three axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue
from longtake.domain.estimate import Unknown
from longtake.narrative.blocks import DRAWS, SEED
from longtake.narrative.cast import Cast
from longtake.narrative.gaps.axis import Axis
from longtake.narrative.gaps.emotion import Scores, emotion_gap
from longtake.narrative.gaps.pacing import pacing_gap
from longtake.narrative.gaps.relations import Pair, relations_gap
from longtake.narrative.gaps.usual import Usual, usual

CHINESE = ("\u3400", "\u9fff")
APART = 0.5


@dataclass(frozen=True, slots=True)
class Gap:
    """What a trailer shows against what the film is.

    Attributes:
        intensity: Emotional intensity and tone.
        relations: Between whom the lines are.
        pacing: How fast they come.
        pairs: Every pair that either side shows, the trailer's first.
    """

    intensity: Axis
    relations: Axis
    pacing: Axis
    pairs: tuple[Pair, ...]

    @property
    def axes(self) -> tuple[Axis, Axis, Axis]:
        """All three."""
        return self.intensity, self.relations, self.pacing


def gap(
    trailer_cues: Sequence[Cue],
    film_cues: Sequence[Cue],
    *,
    characters: Sequence[Character] = (),
    scores: tuple[Scores, Scores] | None = None,
    shots: tuple[Sequence[float], Sequence[float]] | None = None,
    genre: str | None = None,
    usual_pace: Usual | None = None,
    level: float = 0.9,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Gap:
    """Compare a trailer with its film on emotion, relations and pacing.

    Cues alone are enough for relations and pacing; emotion takes scores of each cue. Every axis has a null
    of its own: a trailer cut from the film at random (emotion, relations), the usual ratio of the genre
    (pacing). Where trailer and film are subtitled in different languages, emotion and pacing are unknown.

    Args:
        trailer_cues: Subtitles of the trailer, in any order.
        film_cues: Subtitles of the film, in any order.
        characters: Who is in the film; the speakers the files tell when empty.
        scores: Of the trailer's and of the film's cues, in the order the cues are given.
        shots: Lengths of shots of trailer and film, seconds.
        genre: Of the film; decides the usual pace of its trailers.
        usual_pace: The usual pace when it is known better than by genre.
        level: Coverage of intervals, in (0, 1).
        draws: Of each bootstrap and null, at least 19.
        seed: Of chance; the same seed gives the same answer.

    Returns:
        Sizes with intervals, p of each axis, and the windows behind them; unknown where cues, scores or
        people are too few.

    Raises:
        ValueError: Scores and cues differ in number, the level is not in (0, 1), or draws are below 19.

    Examples:
        >>> found = gap([], [])
        >>> [axis.size.reason for axis in found.axes]
        ['not_scored', 'no_people', 'too_few_cues']

    References:
        Vallender, 1974, doi:10.1137/1118101 (Wasserstein distance on the line); Lin, 1991,
        doi:10.1109/18.61115 (Jensen-Shannon divergence); Kuensch, 1989, doi:10.1214/aos/1176347265 (moving
        blocks).
    """
    if not 0 < level < 1 or draws < 19:
        raise ValueError(f"level {level}, draws {draws}")
    trailer, ours = _ordered(trailer_cues, scores and scores[0], "trailer")
    film, theirs = _ordered(film_cues, scores and scores[1], "film")
    both = (ours, theirs) if ours is not None and theirs is not None else None
    # One source of chance an axis: what one axis draws must not move another.
    chance = [np.random.default_rng([seed, number]) for number in range(3)]
    cast = Cast.of(characters, film)
    relations, pairs = relations_gap(trailer, film, cast, rng=chance[1], level=level, draws=draws)
    if abs(_chinese(trailer) - _chinese(film)) > APART:
        told = Unknown("languages_differ", "compared in one language only", "sd", len(trailer))
        paced = Unknown("languages_differ", "compared in one language only", "times", len(trailer))
        return Gap(Axis("intensity", told, None), relations, Axis("pacing", paced, None), pairs)
    emotion = emotion_gap(trailer, film, both, rng=chance[0], level=level, draws=draws)
    pace = pacing_gap(
        trailer, film, usual_pace or usual(genre), shots=shots, rng=chance[2], level=level, draws=draws
    )
    return Gap(emotion, relations, pace, pairs)


def _ordered(cues: Sequence[Cue], scores: Scores | None, side: str) -> tuple[tuple[Cue, ...], Scores | None]:
    order = sorted(range(len(cues)), key=lambda i: (cues[i].start_ms, cues[i].end_ms, i))
    kept = tuple(cues[i] for i in order)
    if scores is None:
        return kept, None
    if len(scores.intensity) != len(cues):
        raise ValueError(f"{len(scores.intensity)} scores for {len(cues)} cues of the {side}")
    moods = None if scores.emotions is None else scores.emotions[order]
    return kept, Scores(scores.intensity[order], scores.valence[order], moods, scores.names)


def _chinese(cues: Sequence[Cue]) -> float:
    letters = [c for cue in cues for c in cue.text if c.isalpha()]
    return sum(CHINESE[0] <= c <= CHINESE[1] for c in letters) / len(letters) if letters else 1.0
