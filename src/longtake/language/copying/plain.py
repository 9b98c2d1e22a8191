"""Texts without anything but their letters, digits and symbols, as one run of code points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from longtake.language.reading.ngram import chunks
from longtake.language.reading.normalise import Codes, fold_table, normalise, simplified_pairs

CHARACTERS = 1 << 20
"""Characters that are read at once."""

LATIN = 3
"""Latin letters that say as much as one Chinese character."""

_TABLE = 0x20000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_BASE = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Plain:
    """Letters, digits and symbols of texts: traditional simplified, width and case folded.

    Attributes:
        codes: Code points of all texts, one after another, shape (m,).
        bounds: Where each text begins, and the end, shape (n + 1,).
        origin: Position of each code point in its raw text, shape (m,); None when not asked for.
    """

    codes: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    origin: NDArray[np.int64] | None = None

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Code points of each text, shape (n,)."""
        return np.diff(self.bounds)

    def strings(self) -> list[str]:
        """Return each text as a string."""
        whole = self.codes.tobytes().decode("utf-32-le", "surrogatepass")
        edges = self.bounds.tolist()
        return [whole[a:b] for a, b in pairwise(edges)]

    def owners(self) -> NDArray[np.int64]:
        """Return the text to which each code point belongs, shape (m,)."""
        return np.repeat(np.arange(len(self.bounds) - 1), self.lengths)


@cache
def canonical() -> NDArray[np.uint32]:
    """Return the canonical code point of each code point; see `fold_table`."""
    return fold_table(simplified_pairs())


@cache
def lettered() -> NDArray[np.bool_]:
    """Return for each code point whether it is a letter, a digit or a symbol such as an emoji."""
    kinds = [unicodedata.category(chr(code)) for code in range(_TABLE)]
    return np.array([kind[0] in "LN" or kind == "So" for kind in kinds])


def read(texts: Sequence[str | None], *, with_origin: bool = False) -> Codes:
    """Return the canonical code points of texts; see `normalise`."""
    return normalise(texts, canonical(), with_origin=with_origin)


def plain(texts: Sequence[str | None], *, with_origin: bool = False) -> Plain:
    """Return what is left of texts without spaces, punctuation, links, mentions and topics.

    Args:
        texts: Raw texts; None counts as empty.
        with_origin: Whether to say where in its raw text each code point stood.

    Examples:
        >>> plain(["Ｇood！ 真的 好看", None]).strings()
        ['good真的好看', '']
    """
    batch = read(texts, with_origin=with_origin)
    keep = lettered()[np.minimum(batch.codes, _TABLE - 1)]
    passed = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(keep, dtype=np.int64)))
    bounds = passed[batch.breaks]
    if batch.origin is None:
        return Plain(batch.codes[keep], bounds)
    start = batch.origin[batch.breaks[:-1]] + 1
    at = batch.origin[keep] - np.repeat(start, np.diff(bounds))
    return Plain(batch.codes[keep], bounds, at)


def runs(texts: Sequence[str | None]) -> Iterator[tuple[slice, Plain]]:
    """Yield texts in bounded runs, each with where it lies among all."""
    for part in chunks(texts, characters=CHARACTERS):
        yield part, plain(texts[part])


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter 64-bit numbers so that every bit depends on all."""
    out = values.copy()
    out ^= out >> np.uint64(31)
    out *= _MULTIPLIER
    out ^= out >> np.uint64(29)
    return out


def once(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the distinct values, sorted; sorting is some ten times as fast here as `np.unique`'s hashing."""
    values = np.sort(values)
    fresh = np.ones(len(values), dtype=bool)
    fresh[1:] = values[1:] != values[:-1]
    return values[fresh]


def grams(codes: NDArray[np.uint32], order: int) -> NDArray[np.uint64]:
    """Return the 64-bit hash of the n-gram that starts at each code point, shape (max(m - order + 1, 0),).

    Windows that reach over a text's border are hashed too; the caller leaves them out.
    """
    size = max(len(codes) - order + 1, 0)
    rolled = np.zeros(size, dtype=np.uint64)
    for step in range(order):
        rolled *= _BASE
        rolled += codes[step : step + size]
    return mixed(rolled + np.uint64(order))


def whole(texts: Plain) -> NDArray[np.uint64]:
    """Return a 64-bit hash of each text, shape (n,); equal texts have equal hashes."""
    lengths = texts.lengths
    longest = int(lengths.max(initial=0))
    power = np.cumprod(np.full(longest + 1, _BASE))
    offset = np.arange(len(texts.codes)) - np.repeat(texts.bounds[:-1], lengths)
    letters = mixed(texts.codes.astype(np.uint64)) * power[offset]
    summed = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(letters, dtype=np.uint64)))
    return mixed(summed[texts.bounds[1:]] - summed[texts.bounds[:-1]])


def weight_of_words(texts: Plain) -> NDArray[np.float64]:
    """Return how much each text says, in Chinese characters, shape (n,).

    A code point counts once, so that 好看好看好看 says as much as 好看; three Latin letters or digits count
    as one character.
    """
    owner, n = texts.owners(), len(texts.bounds) - 1
    pair = once(owner.astype(np.uint64) << np.uint64(32) | texts.codes)
    code = pair & np.uint64(0xFFFFFFFF)
    worth = np.where(code < 0x250, 1.0 / LATIN, 1.0)
    said = np.bincount((pair >> np.uint64(32)).astype(np.int64), weights=worth, minlength=n)
    return said.astype(np.float64)
