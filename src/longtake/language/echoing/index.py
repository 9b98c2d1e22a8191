"""Lines of a film, ready to be looked up by their 4-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.language.copying.plain import Plain, grams, once, plain
from longtake.language.echoing.everyday import everyday, within

ORDER = 4
"""Code points of the n-grams by which lines are found; shorter lines are not looked for."""

EXACT_UP_TO = 6
"""Lines of so many code points count only when they stand in the comment as they are."""

CHANGED = 0.15
"""Largest share of a line that may be bent."""

_BITS = 22
_MASK = np.uint64((1 << _BITS) - 1)


@dataclass(frozen=True, slots=True)
class Index:
    """4-grams of lines.

    Attributes:
        number: Position of each kept line among all lines, shape (k,).
        words: Plain spelling of each kept line.
        texts: The same as code points.
        need: Distinct 4-grams a comment must share with each line to be looked at, shape (k,).
        keys: Distinct 4-grams of all lines, sorted.
        begin: Where the lines of each 4-gram begin in `lines`, and the end.
        lines: Lines by 4-gram.
        marked: For the low bits of a hash, whether a 4-gram has them.
    """

    number: list[int]
    words: list[str]
    texts: Plain
    need: NDArray[np.int64]
    keys: NDArray[np.uint64]
    begin: NDArray[np.int64]
    lines: NDArray[np.int64]
    marked: NDArray[np.bool_]

    @classmethod
    def of(cls, lines: Sequence[str], names: Sequence[str] = ()) -> Index:
        """Index lines; short ones, everyday ones, names, and repetitions are left out."""
        seen: dict[str, int] = {}
        for i, word in enumerate(plain(lines).strings()):
            seen.setdefault(word, i)
        known = tuple(names)
        kept = [w for w in seen if len(w) >= ORDER and not everyday(w) and not within(w, known)]
        texts = plain(kept)
        hashes = grams(texts.codes, ORDER)
        size = texts.lengths - ORDER + 1
        owner = np.repeat(np.arange(len(kept)), size)
        at = np.repeat(texts.bounds[:-1], size) + positions(size)
        order = np.lexsort((owner, hashes[at]))
        key, line = hashes[at][order], owner[order]
        fresh = np.ones(len(key), dtype=bool)
        fresh[1:] = (key[1:] != key[:-1]) | (line[1:] != line[:-1])
        key, line = key[fresh], line[fresh]
        keys = once(key)
        held = np.bincount(line, minlength=len(kept))
        lost = np.floor(CHANGED * texts.lengths).astype(np.int64) * ORDER
        need = np.where(texts.lengths <= EXACT_UP_TO, held, np.maximum(held - lost, 1))
        begin = np.append(np.searchsorted(key, keys), len(key))
        return cls([seen[w] for w in kept], kept, texts, need, keys, begin, line, marks(keys))

    def candidates(self, texts: Plain) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return pairs (text, line) that share enough 4-grams, sorted by text, then line."""
        where, gram = found(texts, ORDER, self.keys, self.marked)
        owner = np.searchsorted(texts.bounds, where, side="right") - 1
        span = np.uint64(max(len(self.keys), 1))
        pair = once(owner.astype(np.uint64) * span + gram.astype(np.uint64))
        owner, gram = (pair // span).astype(np.int64), (pair % span).astype(np.int64)
        size = self.begin[gram + 1] - self.begin[gram]
        line = self.lines[np.repeat(self.begin[gram], size) + positions(size)]
        wide = max(len(self.words), 1)
        both = np.sort(np.repeat(owner, size) * wide + line)
        first = np.flatnonzero(np.concatenate((np.ones(min(len(both), 1), dtype=bool), np.diff(both) != 0)))
        shared = np.diff(np.append(first, len(both)))
        text, line = np.divmod(both[first], wide)
        enough = shared >= self.need[line]
        return text[enough], line[enough]


def positions(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0..size-1 for each size, one after another."""
    return np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def marks(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return a table that says for the low bits of a hash whether it can be one of the keys."""
    table = np.zeros(1 << _BITS, dtype=bool)
    table[(keys & _MASK).astype(np.int64)] = True
    return table


def found(
    texts: Plain, order: int, keys: NDArray[np.uint64], marked: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where n-grams of the texts are keys, and which; n-grams over a border are left out."""
    hashes = grams(texts.codes, order)
    where = np.flatnonzero(marked[(hashes & _MASK).astype(np.int64)])
    if not len(keys) or not len(where):
        return where[:0], where[:0]
    key = np.searchsorted(keys, hashes[where])
    key[key == len(keys)] = 0
    end = texts.bounds[np.searchsorted(texts.bounds, where, side="right")]
    good = (keys[key] == hashes[where]) & (where + order <= end)
    return where[good], key[good]
