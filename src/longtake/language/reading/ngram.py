"""Hashed character and word n-grams of many texts at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.language.reading.normalise import BREAK, Codes

ORDERS = (1, 2, 3, 4)
"""Lengths of the character n-grams, in code points."""

_MULTIPLIER = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], dtype=np.uint32)
_SALT = np.array([0x165667B1, 0x5F356495, 0x94D049BB, 0xBF58476D, 0x2545F491, 0x369DEA0F], dtype=np.uint32)
_POWER = np.cumprod(np.full(32, 0x01000193, dtype=np.uint32), dtype=np.uint32)
_FINAL = np.uint32(0xCC9E2D51)
_WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of n-gram over a run of code points.

    Attributes:
        at: Where each n-gram starts: None when there is one at every code point from 0 on.
        width: Code points from its first to one past its last; one number, or one for each.
        hashes: 32-bit hashes; windows that would reach over a text's border are in `void`.
        void: Indices into `hashes` that are no n-grams.
    """

    at: NDArray[np.int64] | None
    width: int | NDArray[np.int64]
    hashes: NDArray[np.uint32]
    void: NDArray[np.int64]


def streams(batch: Codes) -> Iterator[Stream]:
    """Yield the character n-grams of each order, then the words and word pairs of Latin script.

    A border counts as a character at either end of an n-gram, never inside one, so that the n-grams of a
    text do not depend on its neighbours.
    """
    codes, breaks = batch.codes, batch.breaks
    rolled = np.zeros_like(codes)
    for order in ORDERS:
        if len(codes) < order:
            break
        rolled = rolled[: len(codes) - order + 1] + codes[order - 1 :] * _MULTIPLIER[order - 1]
        inner = [breaks - back for back in range(1, order - 1)] if order > 1 else [breaks]
        void = np.concatenate(inner) if inner else breaks[:0]
        yield Stream(None, order, rolled + _SALT[order - 1], void[(void >= 0) & (void < len(rolled))])
    yield from _words(codes)


def _words(codes: NDArray[np.uint32]) -> Iterator[Stream]:
    letter = (codes - np.uint32(97) < np.uint32(26)) | (codes - np.uint32(0xDF) < np.uint32(0x171))
    where = np.flatnonzero(letter)
    if not where.size:
        return
    first = np.flatnonzero(np.concatenate((np.ones(1, dtype=bool), np.diff(where) != 1)))
    start = where[first]
    size = np.diff(np.append(first, where.size))
    end = start + size
    offset = np.minimum(where - np.repeat(start, size), len(_POWER) - 1)
    word = np.add.reduceat(codes[where] * _POWER[offset], first, dtype=np.uint32)
    word = (word ^ (word >> np.uint32(15))) * _FINAL
    none = start[:0]
    yield Stream(start, size, word + _SALT[4], none)
    if start.size < 2:
        return
    broken = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(codes == BREAK)))
    apart = (start[1:] - end[:-1] > _WIDEST_GAP) | (broken[start[1:]] != broken[end[:-1]])
    pair = word[:-1] * _MULTIPLIER[0] + word[1:] * _MULTIPLIER[1] + _SALT[5]
    yield Stream(start[:-1], end[1:] - start[:-1], pair, np.flatnonzero(apart))


def chunks(texts: Sequence[str | None], *, characters: int = 1 << 16) -> Iterator[slice]:
    """Yield slices of texts that hold about so many characters together, at least one text each."""
    begin, held = 0, 0
    for index, text in enumerate(texts):
        held += len(text) + 1 if text else 1
        if held >= characters:
            yield slice(begin, index + 1)
            begin, held = index + 1, 0
    if begin < len(texts):
        yield slice(begin, len(texts))
