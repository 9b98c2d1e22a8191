"""Which stretches of a text decided its polarity."""

from __future__ import annotations

import numpy as np

from longtake.language.judgement.evidence import COLUMNS
from longtake.language.judgement.scorer import scorer
from longtake.language.judgement.table import LANES, at_positions, unpack
from longtake.language.reading.clauses import STOPS
from longtake.language.reading.normalise import normalise

MOST = 3
_REACH = 1
_LEAST = 0.25


def explain(text: str) -> list[tuple[int, int, float]]:
    """Return the stretches of a text that weighed most for or against.

    Each position carries the weights of the n-grams that start at it; neighbouring positions that pull the
    same way make one stretch, and the heaviest three are returned.

    Args:
        text: A raw text.

    Returns:
        ``(start, end, weight)`` with ``text[start:end]`` the stretch and a weight above zero for good; in
        order of place; empty when nothing stands out.

    Examples:
        >>> text = "这部电影太好看了"
        >>> any(text[a:b] in text and w > 0 for a, b, w in explain(text))
        True
    """
    own = scorer()
    batch = normalise([text], own.fold, with_origin=True)
    if batch.origin is None or len(batch.codes) <= 2:
        return []
    lane = LANES.index("overall")
    pull = unpack(at_positions(own.table, batch))[lane] * own.table.unit[lane]
    pull = pull * np.sign(own.weights.judgement[COLUMNS.index("overall")])
    pull[0] = pull[-1] = 0.0
    stops = np.isin(batch.codes, [ord(mark) for mark in STOPS])
    runs, start = [], 1
    for place in range(2, len(pull)):
        if place == len(pull) - 1 or np.sign(pull[place]) != np.sign(pull[start]) or stops[place]:
            runs.append((start, place, float(pull[start:place].sum())))
            start = place
    heaviest = sorted(runs, key=lambda run: (-abs(run[2]), run[0]))[:MOST]
    found = []
    for first, stop, weight in heaviest:
        if abs(weight) >= _LEAST * abs(heaviest[0][2]) and weight:
            # An n-gram reaches over the characters after its start, but hardly past the end of its clause.
            last = stop - 1
            while last < min(stop - 1 + _REACH, len(batch.codes) - 2) and not stops[last + 1]:
                last += 1
            found.append((*_worded(text, int(batch.origin[first]) - 1, int(batch.origin[last])), weight))
    return _apart(sorted(found), len(text))


def _worded(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch that does not cut a Latin word and does not begin with white space or a mark."""
    while start < end and not text[start].isalnum():
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
