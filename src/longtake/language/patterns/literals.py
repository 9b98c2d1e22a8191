"""Where any of many words occur in a run of code points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 24
"""Code points a word may have."""

_FACTOR = 0x9E3779B1
_POWERS = np.array([pow(_FACTOR, place + 1, 1 << 32) for place in range(LONGEST)], dtype=np.uint32)
_SIEVE_BITS = 16
_SHIFT = np.uint32(32 - _SIEVE_BITS)


@dataclass(frozen=True, slots=True)
class _OfLength:
    """Words of one length: a sieve of their hashes, the hashes sorted, and the words themselves."""

    sieve: NDArray[np.bool_]
    hashes: NDArray[np.uint32]
    words: NDArray[np.uint32]
    ids: NDArray[np.int64]


class Literals:
    """A set of words, each with its place in the list as its id.

    All windows of one length are hashed at once; a sieve of 65,536 bits lets through the few that may be a
    word, and those are compared code point by code point. So a batch costs a few passes over it whatever
    the number of words.

    Examples:
        >>> words = Literals(["好看", "不好看", "看"])
        >>> text = np.array([ord(c) for c in "真不好看"], dtype=np.uint32)
        >>> at, which = words.find(text)
        >>> sorted(zip(at.tolist(), which.tolist()))
        [(1, 1), (2, 0), (3, 2)]

    References:
        Karp and Rabin (1987), Efficient randomized pattern-matching algorithms, doi:10.1147/rd.312.0249.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare the words.

        Raises:
            ValueError: A word is empty or longer than `LONGEST`.
        """
        self.size = len(words)
        self._lengths: dict[int, _OfLength] = {}
        by_length: dict[int, list[int]] = {}
        for index, word in enumerate(words):
            if not 0 < len(word) <= LONGEST:
                raise ValueError(f"{word!r} has {len(word)} code points, expected 1 to {LONGEST}")
            by_length.setdefault(len(word), []).append(index)
        for length, ids in sorted(by_length.items()):
            codes = np.array([[ord(c) for c in words[i]] for i in ids], dtype=np.uint32)
            hashes = (codes * _POWERS[:length]).sum(axis=1, dtype=np.uint32)
            order = np.argsort(hashes, kind="stable")
            sieve = np.zeros(1 << _SIEVE_BITS, dtype=bool)
            sieve[hashes >> _SHIFT] = True
            self._lengths[length] = _OfLength(
                sieve, hashes[order], codes[order], np.array(ids, dtype=np.int64)[order]
            )

    def find(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where words begin and which they are, two arrays of shape (hits,), in no set order."""
        places: list[NDArray[np.int64]] = []
        which: list[NDArray[np.int64]] = []
        rolled = np.zeros(len(codes), dtype=np.uint32)
        for length in range(1, max(self._lengths, default=0) + 1):
            if len(codes) < length:
                break
            rolled = rolled[: len(codes) - length + 1] + codes[length - 1 :] * _POWERS[length - 1]
            held = self._lengths.get(length)
            if held is None:
                continue
            at = np.flatnonzero(held.sieve.take(rolled >> _SHIFT))
            low = np.searchsorted(held.hashes, rolled[at], side="left")
            high = np.searchsorted(held.hashes, rolled[at], side="right")
            # Two words of one hash are next to each other: each is tried.
            for step in range(int((high - low).max(initial=0))):
                alive = low + step < high
                here, word = at[alive], low[alive] + step
                same = np.ones(len(here), dtype=bool)
                for offset in range(length):
                    same &= codes[here + offset] == held.words[word, offset]
                places.append(here[same])
                which.append(held.ids[word[same]])
        if not places:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        return np.concatenate(places), np.concatenate(which)
