"""A table of n-gram weights in four lanes, summed over any stretch of text by differences of prefix sums.

Sums are sums of integers, so a text's result is the same to the last bit whatever is scored beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.language.reading.ngram import streams
from longtake.language.reading.normalise import Codes

LANES = ("overall", "goods", "film", "middling")
"""What a weight speaks for: a good judgement in any text, one in reviews of goods and services, that the
text is about films, and that the judgement is middling (three stars)."""

_SHIFTS = np.array([0, 16, 32, 48], dtype=np.int64)
# Five or six weights meet at one position, each within ±127: a lane of a position stays below ±762.
_OFFSET = 1 << 10
_OFFSETS = np.int64(sum(_OFFSET << int(shift) for shift in _SHIFTS))
_LOW = np.uint64(0xFFFFFFFF)
_LANE = np.uint64(0xFFFF)


@dataclass(frozen=True, slots=True)
class Table:
    """Weights by hash.

    Attributes:
        bits: Logarithm to base 2 of the number of slots.
        packed: One signed 16-bit lane for each of `LANES` in one integer, shape (2**bits,).
        unit: Size of one step of each lane's weight, shape (4,).
        base: What each lane says of a text with no known n-gram, shape (4,).
    """

    bits: int
    packed: NDArray[np.int64]
    unit: NDArray[np.float64]
    base: NDArray[np.float64]

    @classmethod
    def of(cls, weights: NDArray[np.int8], unit: NDArray[np.float64], base: NDArray[np.float64]) -> Table:
        """Pack weights of shape (4, 2**bits)."""
        packed = np.zeros(weights.shape[1], dtype=np.int64)
        for lane, shift in zip(weights, _SHIFTS, strict=True):
            packed += lane.astype(np.int64) << shift
        return cls(int(weights.shape[1]).bit_length() - 1, packed, unit, base)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Running sums of the four lanes over a run of code points."""

    pairs: tuple[NDArray[np.uint64], NDArray[np.uint64]]

    def between(self, begin: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the sums of each lane over stretches [begin, end), shape (4, n)."""
        taken = _OFFSET * (end - begin)
        lanes = []
        for running in self.pairs:
            difference = running[end] - running[begin]
            lanes += [difference & _LOW, difference >> np.uint64(32)]
        return np.stack([lane.astype(np.int64) - taken for lane in lanes])


def at_positions(table: Table, batch: Codes) -> NDArray[np.int64]:
    """Return the packed weights of the n-grams that start at each code point, shape (m,)."""
    total = np.zeros(len(batch.codes), dtype=np.int64)
    shift = np.uint32(32 - table.bits)
    for stream in streams(batch):
        weights = table.packed.take(stream.hashes >> shift)
        weights[stream.void] = 0
        if stream.at is None:
            total[: len(weights)] += weights
        else:
            total[stream.at] += weights
    return total


def unpack(packed: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the four lanes of packed sums, shape (4, m)."""
    lanes = (packed + _OFFSETS).astype(np.uint64)
    return np.stack([((lanes >> np.uint64(s)) & _LANE).astype(np.int64) - _OFFSET for s in _SHIFTS])


def prefix(table: Table, batch: Codes) -> Prefix:
    """Return running sums such that a stretch's sum is one difference.

    An n-gram belongs to the position at which it starts; one that opens with the border before a text starts
    one position before the text.
    """
    lanes = (at_positions(table, batch) + _OFFSETS).view(np.uint64)
    low = (lanes & _LANE) | ((lanes << np.uint64(16)) & (_LANE << np.uint64(32)))
    high = ((lanes >> np.uint64(32)) & _LANE) | ((lanes >> np.uint64(16)) & (_LANE << np.uint64(32)))
    return Prefix((_running(low), _running(high)))


def _running(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    sums = np.empty(len(values) + 1, dtype=np.uint64)
    sums[0] = 0
    np.cumsum(values, out=sums[1:])
    return sums
