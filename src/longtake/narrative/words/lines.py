"""Golden lines: ranked by early echoes, by what they have of their own, and by fit with the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from longtake.domain.cue import Cue
from longtake.narrative.card.proposition import Card
from longtake.narrative.similarity import Space, letters
from longtake.narrative.words.novelty import imagery

LEAST_LETTERS, MOST_LETTERS = 6, 30
REFRAIN = 0.5
"""Likeness with which two lines of a film are one line said twice."""
WEIGHTS = {"echoes": 0.5, "novelty": 0.25, "fit": 0.25}


@dataclass(frozen=True, slots=True)
class Line:
    """A line for a poster.

    Attributes:
        text: What is said.
        start_ms: Where.
        end_ms: Until where.
        echoes: Comments that said it again early; 0 when none did.
        novelty: One minus its greatest likeness with any other line of the film (a refrain is the same
            line), at most a half where it holds a usual image; in [0, 1].
        fit: Likeness with the card, in [0, 1]; None without a card.
        score: Weighted mean of the three, in [0, 1].
    """

    text: str
    start_ms: int
    end_ms: int
    echoes: int
    novelty: float
    fit: float | None
    score: float


def ranked(
    cues: Sequence[Cue],
    words: Sequence[str],
    echoes: Mapping[int, int],
    card: Card | None,
    *,
    limit: int = 12,
) -> tuple[Line, ...]:
    """Rank the lines of a film as candidates for a poster or a trial's arms.

    Echoes weigh a half, on a logarithmic scale from none to the most; novelty and fit, the latter over the
    best fit of any line, weigh a quarter each. What is not known leaves its weight to the others.

    Args:
        cues: In order of time, n of them.
        words: What each says, without the speaker's name, n of them.
        echoes: Early echoes by position of the line; lines nobody echoed may be left out.
        card: The proposition; None without one.
        limit: Most lines to return.

    Returns:
        Lines of six to thirty letters, each text once, best first.

    Raises:
        ValueError: Words and cues differ in number.

    Examples:
        >>> said = ["灯亮着人就没走远", "你先回去休息吧"]
        >>> cues = [Cue("f", i, 1000 * i, 1000 * i + 900, text, i) for i, text in enumerate(said)]
        >>> [one.text for one in ranked(cues, said, {1: 40}, None)]
        ['你先回去休息吧', '灯亮着人就没走远']
    """
    if len(words) != len(cues):
        raise ValueError(f"{len(words)} words for {len(cues)} cues")
    first: dict[str, int] = {}
    heard: dict[str, int] = {}
    for i, text in enumerate(words):
        flat = letters(text)
        if LEAST_LETTERS <= len(flat) <= MOST_LETTERS:
            first.setdefault(flat, i)
            heard[flat] = heard.get(flat, 0) + echoes.get(i, 0)
    if not first:
        return ()
    plain = list(first)
    space = Space(list(words))
    likeness = space.table(plain, [letters(text) for text in words])
    likeness[likeness >= REFRAIN] = 0.0
    worn = np.array([0.5 if any(word in text for word in imagery()) else 0.0 for text in plain])
    fresh = 1.0 - np.maximum(likeness.max(axis=1), worn)
    fit = (
        None if card is None or not card.text else np.array([space.alike(card.text, text) for text in plain])
    )
    count = np.array([heard[text] for text in plain], dtype=np.float64)
    score = _score(count, fresh, fit)
    order = sorted(range(len(plain)), key=lambda k: (-score[k], -count[k], first[plain[k]]))[:limit]
    return tuple(
        Line(
            words[first[plain[k]]].strip(),
            cues[first[plain[k]]].start_ms,
            cues[first[plain[k]]].end_ms,
            int(count[k]),
            round(float(fresh[k]), 4),
            None if fit is None else round(float(fit[k]), 4),
            round(float(score[k]), 4),
        )
        for k in order
    )


def _score(count: np.ndarray, fresh: np.ndarray, fit: np.ndarray | None) -> np.ndarray:
    parts = {"novelty": fresh}
    if fit is not None and fit.any():
        parts["fit"] = fit / fit.max()
    if count.any():
        parts["echoes"] = np.log1p(count) / np.log1p(count.max())
    whole = sum(WEIGHTS[name] for name in parts)
    return np.asarray(sum(WEIGHTS[name] / whole * parts[name] for name in sorted(parts)))
