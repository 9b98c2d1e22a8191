"""Which stretches of a text decided its emotion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.language.feeling.scorer import feeler
from longtake.language.feeling.table import at_positions, unpack
from longtake.language.feeling.whole import read
from longtake.language.reading.clauses import STOPS

MOST = 3
_REACH = 1
_LEAST = 0.25
_PAUSES = "，。；、：,.;:"


def emotion_spans(text: str) -> list[tuple[int, int, float]]:
    """Return the stretches of a text that weighed most for the emotion that `emotion` names.

    Each position carries the weights of the n-grams that start at it, for that emotion over the average of
    the six; neighbouring positions that speak for it make one stretch, and the heaviest three are returned.

    Args:
        text: A raw text.

    Returns:
        ``(start, end, weight)`` with ``text[start:end]`` the stretch and a weight above zero, in the unit of
        the model's undamped sums; in order of place, none overlapping; empty when no word speaks for the
        emotion, as when it was named only because nothing speaks for another.

    Raises:
        UnreadableFileError: The packaged weights are damaged.

    Examples:
        >>> text = "今天好难过，想哭"
        >>> all(weight > 0 and text[start:end] for start, end, weight in emotion_spans(text))
        True
        >>> emotion_spans("")
        []
    """
    own = feeler()
    batch = read([text], own.fold, with_origin=True)
    if batch.origin is None or len(batch.codes) <= 2:
        return []
    winner = int(own.judge(batch)[0][0])
    lanes = unpack(at_positions(own.table, batch)) * own.weights.unit[:, None]
    pull = lanes[winner] - lanes.mean(axis=0)
    pull[0] = pull[-1] = 0.0
    stops = np.isin(batch.codes, [ord(mark) for mark in STOPS])
    heaviest = sorted(_runs(pull, stops), key=lambda run: (-run[2], run[0]))[:MOST]
    found = []
    for first, stop, weight in heaviest:
        if weight < _LEAST * heaviest[0][2]:
            continue
        # An n-gram reaches over the characters after its start, but hardly past the end of its clause.
        last = stop - 1
        while last < min(stop - 1 + _REACH, len(batch.codes) - 2) and not stops[last + 1]:
            last += 1
        found.append((*_worded(text, int(batch.origin[first]) - 1, int(batch.origin[last])), weight))
    return _apart(sorted(found), len(text))


def _runs(pull: NDArray[np.float64], stops: NDArray[np.bool_]) -> list[tuple[int, int, float]]:
    """Return stretches of positions with a pull above zero, cut where a clause ends."""
    runs: list[tuple[int, int, float]] = []
    start = None
    for place in range(1, len(pull)):
        ends = start is not None and (pull[place] <= 0.0 or stops[place])
        if ends and start is not None:
            runs.append((start, place, float(pull[start:place].sum())))
            start = None
        if start is None and pull[place] > 0.0:
            start = place
    return runs


def _worded(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch that does not cut a Latin word and does not begin with white space or a pause."""
    while start < end - 1 and (text[start].isspace() or text[start] in _PAUSES):
        start += 1
    while start < end < len(text) and text[end - 1].isascii() and text[end - 1 : end + 1].isalnum():
        end += 1
    return start, end


def _apart(stretches: list[tuple[int, int, float]], length: int) -> list[tuple[int, int, float]]:
    """Return stretches cut where the next one begins, inside the text, none of them empty."""
    made = []
    for i, (start, end, weight) in enumerate(stretches):
        limit = stretches[i + 1][0] if i + 1 < len(stretches) else length
        stop = min(end, limit, length)
        if 0 <= start < stop:
            made.append((start, stop, weight))
    return made
