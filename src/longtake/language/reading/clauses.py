"""Where in a text its turn, its first clause and its last clause stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.language.reading.normalise import Codes

TURNS = ("但", "不过", "可是", "可惜", "然而", "只是", "除了", " but ", "however", "although", "though ")
"""Words after which a judgement turns."""

STOPS = ",.!?;:~…)\n "
"""Characters that end a clause, after normalisation."""

_SHORTEST = 3
_STOP = np.zeros(0x2100, dtype=bool)
_STOP[[ord(stop) for stop in STOPS]] = True


@dataclass(frozen=True, slots=True)
class Clauses:
    """Positions in a run of code points, each of shape (n,), one for each text.

    Attributes:
        begin: The first code point of the text.
        end: One past its last code point.
        turn: Where the part after the last turning word begins; `end` where no word turns.
        last: Where the last clause of three or more characters begins; `begin` with a single clause.
        first: One past the first clause; `end` with a single clause.
    """

    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    turn: NDArray[np.int64]
    last: NDArray[np.int64]
    first: NDArray[np.int64]


def clauses(batch: Codes) -> Clauses:
    """Find turns and clauses in normalised texts."""
    codes = batch.codes
    begin, end = batch.breaks[:-1] + 1, batch.breaks[1:]
    turns = np.sort(np.concatenate([_occurrences(codes, word) for word in TURNS]))
    turn = _latest_before(turns, begin, end, otherwise=end)
    stops = np.flatnonzero(_STOP[np.minimum(codes, len(_STOP) - 1)])
    last = _latest_before(stops, begin, end - _SHORTEST, otherwise=begin - 1) + 1
    following = np.searchsorted(stops, begin + _SHORTEST)
    first = np.minimum(np.append(stops, len(codes))[following], end)
    return Clauses(begin, end, turn, last, np.maximum(first, begin))


def _occurrences(codes: NDArray[np.uint32], word: str) -> NDArray[np.int64]:
    """Return where a word begins."""
    found = np.flatnonzero(codes == ord(word[0]))
    for offset, character in enumerate(word[1:], start=1):
        found = found[found < len(codes) - offset]
        found = found[codes[found + offset] == ord(character)]
    return found


def _latest_before(
    marks: NDArray[np.int64],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    *,
    otherwise: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return for each text its last mark at or after `begin` and before `end`."""
    at = np.append(marks, -1)[np.searchsorted(marks, end) - 1]
    return np.where((at >= begin) & (at < end), at, otherwise)
