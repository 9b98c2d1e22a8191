"""A table of n-gram weights in six lanes, one for each emotion, summed over a text.

Sums are sums of integers, so a text's result is the same to the last bit whatever is scored beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.language.reading.ngram import streams
from longtake.language.reading.normalise import Codes

EMOTIONS = ("angry", "happy", "sad", "fear", "surprise", "neutral")
"""What a text can show, in the order of every array over emotions."""

HEAVIEST = 85
"""Largest size of a weight: six that meet at one position stay below half of a lane's ten bits."""

_LANE_BITS = 10
_SHIFTS = tuple(range(0, _LANE_BITS * len(EMOTIONS), _LANE_BITS))
_OFFSET = 1 << (_LANE_BITS - 1)
_OFFSETS = np.int64(sum(_OFFSET << shift for shift in _SHIFTS))
_LANE = np.uint64((1 << _LANE_BITS) - 1)
_UPPER = np.uint64(((1 << _LANE_BITS) - 1) << 32)
_APART = np.uint64(32 - _LANE_BITS)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Table:
    """Weights by hash.

    Attributes:
        bits: Logarithm to base 2 of the number of slots.
        packed: One signed ten-bit lane for each of `EMOTIONS` in one integer, shape (2**bits,).
    """

    bits: int
    packed: NDArray[np.int64]

    @classmethod
    def of(cls, lanes: NDArray[np.int8]) -> Table:
        """Pack weights of shape (6, 2**bits), each within plus or minus `HEAVIEST`."""
        packed = np.zeros(lanes.shape[1], dtype=np.int64)
        for lane, shift in zip(lanes, _SHIFTS, strict=True):
            packed += lane.astype(np.int64) << shift
        return cls(int(lanes.shape[1]).bit_length() - 1, packed)


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
    """Return the six lanes of packed sums at single positions, shape (6, m).

    Examples:
        >>> table = Table.of(np.array([[3, 0], [-85, 0], [0, 7], [0, 0], [85, 0], [0, -1]], dtype=np.int8))
        >>> unpack(table.packed).T.tolist()
        [[3, -85, 0, 0, 85, 0], [0, 0, 7, 0, 0, -1]]
    """
    lanes = (packed + _OFFSETS).view(np.uint64)
    return np.stack([((lanes >> np.uint64(s)) & _LANE).astype(np.int64) - _OFFSET for s in _SHIFTS])


def sums(table: Table, batch: Codes) -> NDArray[np.int64]:
    """Return the sum of each lane over each text, shape (6, n).

    An n-gram belongs to the position at which it starts; one that opens with the border before a text starts
    at that border. Text i is therefore what lies from break i up to break i + 1.
    """
    begin = batch.breaks[:-1]
    if not begin.size:
        return np.zeros((len(EMOTIONS), 0), dtype=np.int64)
    lanes = (at_positions(table, batch)[: batch.breaks[-1]] + _OFFSETS).view(np.uint64)
    taken = _OFFSET * np.diff(batch.breaks)
    found = []
    for shift in _SHIFTS[::2]:
        pair = lanes >> np.uint64(shift) if shift else lanes
        # Two lanes to a word, 32 bits each: room for the longest text that is read.
        total = np.add.reduceat((pair & _LANE) | ((pair << _APART) & _UPPER), begin)
        found += [total & _LOW, total >> _HALF]
    return np.stack([lane.astype(np.int64) - taken for lane in found])
