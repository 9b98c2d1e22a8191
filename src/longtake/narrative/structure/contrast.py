"""Beats of contrast: a line that comes back from the other side, and a mood that turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue
from longtake.narrative.cast import Cast, spoken
from longtake.narrative.similarity import Space, letters

Floats = NDArray[np.float64]

SAME = 0.55
APART_MS = 20_000
LEAST_LETTERS = 4
AROUND = 4
"""Cues on either side of a turn."""
MOST = 8
TURN = 2.5
"""Standard errors between both sides with which a mood turns."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One beat.

    Attributes:
        kind: reversal (the line comes back from another mouth), return (from the same) or turn.
        first_ms: Where the line is first said; for a turn, where it turns.
        then_ms: Where it comes back; for a turn, the same.
        first: What is said first, or last before the turn.
        then: What is said then.
        strength: Likeness of both lines in [0, 1]; for a turn, the change of valence.
    """

    kind: str
    first_ms: int
    then_ms: int
    first: str
    then: str
    strength: float


def beats(
    cues: Sequence[Cue], *, characters: Sequence[Character] = (), valence: Floats | None = None
) -> tuple[Beat, ...]:
    """Return beats of contrast in order of time, at most eight of each kind.

    A line comes back when a cue at least twenty seconds later has a likeness of .55 or more with it; from
    another mouth it is a reversal of roles. A mood turns where the mean valence of the four cues after lies
    more than two and a half standard errors from that of the four before.

    Args:
        cues: In order of time, n of them.
        characters: Who is in the film.
        valence: Of each cue, shape (n,); no turns without it.

    Raises:
        ValueError: Valence and cues differ in number.

    Examples:
        >>> said = ((0, "爸，给你留盏灯", "小满"), (60_000, "给你留盏灯", "老秦"))
        >>> cues = [Cue("f", 1, at, at + 900, text, 1, who) for at, text, who in said]
        >>> people = [Character("小满"), Character("老秦")]
        >>> [(one.kind, one.then_ms) for one in beats(cues, characters=people)]
        [('reversal', 60000)]
    """
    if valence is not None and len(valence) != len(cues):
        raise ValueError(f"{len(valence)} scores for {len(cues)} cues")
    said = spoken(cues, Cast.of(characters, cues))
    made = _returns(cues, said.words, said.speaker)
    if valence is not None:
        made += _turns(cues, valence)
    return tuple(sorted(made, key=lambda one: (one.first_ms, one.then_ms, one.kind)))


def _returns(cues: Sequence[Cue], words: Sequence[str], speaker: NDArray[np.int64]) -> list[Beat]:
    likeness = Space(words).table(words, words)
    long = [len(letters(text)) >= LEAST_LETTERS for text in words]
    found: dict[str, list[Beat]] = {"reversal": [], "return": []}
    taken: set[int] = set()
    for i, j in sorted(zip(*np.nonzero(likeness >= SAME), strict=True), key=lambda p: (-likeness[p], *p)):
        if j <= i or not (long[i] and long[j]) or j in taken:
            continue
        if cues[j].start_ms - cues[i].start_ms < APART_MS:
            continue
        known = speaker[i] >= 0 and speaker[j] >= 0
        if not known:
            continue
        taken.add(j)
        kind = "reversal" if speaker[i] != speaker[j] else "return"
        strength = round(float(likeness[i, j]), 4)
        found[kind].append(Beat(kind, cues[i].start_ms, cues[j].start_ms, words[i], words[j], strength))
    return [beat for own in found.values() for beat in own[:MOST]]


def _turns(cues: Sequence[Cue], valence: Floats) -> list[Beat]:
    n = len(cues)
    spread = float(valence.std())
    if n < 2 * AROUND or spread < 1e-9:
        return []
    sums = np.concatenate((np.zeros(1), np.cumsum(valence)))
    at = np.arange(AROUND, n - AROUND + 1)
    change = (sums[at + AROUND] - 2 * sums[at] + sums[at - AROUND]) / AROUND
    error = spread * (2 / AROUND) ** 0.5
    kept: list[int] = []
    for k in sorted(range(len(at)), key=lambda k: (-abs(change[k]), k)):
        if abs(change[k]) > TURN * error and all(abs(at[k] - at[other]) > AROUND for other in kept):
            kept.append(k)
    made = []
    for k in kept[:MOST]:
        i = int(at[k])
        before, after = cues[i - 1], cues[i]
        made.append(
            Beat("turn", after.start_ms, after.start_ms, before.text, after.text, round(float(change[k]), 4))
        )
    return made
