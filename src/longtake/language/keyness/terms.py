"""Which runs of characters read as words, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.language.copying.plain import CHARACTERS, grams, lettered, once, read
from longtake.language.reading.ngram import chunks

COHESION = 3.0
"""Bits by which the parts of a term must attract each other, at the weakest seam."""

BRANCHING = 1.0
"""Bits of entropy that the characters before and after a term must have."""

HAN = 0x2E80
"""First code point of the scripts that are written without spaces."""

_ORDERS = (2, 3, 4)
_BITS = 22
_EDGE = 0
_WORD = np.uint64(0x5851F42D4C957F2D)
_NO_START = frozenset("的了着过吗呢吧啊呀嘛们地得是就也都和与而及但把被给跟在")
_NO_END = frozenset("的地得是在把被给跟和与而及但就也都很太更最不没这那其又再才我你他她它")
_ARTICLES = (
    "the a an of to in on at by for and or but is are was were be been am it its this that these "
    "those i you he she we they me him her us them my your his our their with as from not no so if do "
    "does did have has had will would can could just very too than then there here what who how when "
    "re ve ll don doesn didn isn "
)
_ENGLISH = frozenset(_ARTICLES.split())
_WHOLE = frozenset({"真的", "目的", "值得", "觉得", "记得", "懂得", "是非", "自在", "存在", "现在", "都市"})


@dataclass(frozen=True, slots=True)
class _Found:
    """Occurrences of terms in a run of texts: text, hash, code points before and after, spelling's place."""

    text: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    before: NDArray[np.uint32]
    after: NDArray[np.uint32]
    at: NDArray[np.int64]
    size: NDArray[np.int64]
    codes: NDArray[np.uint32]

    def some(self, which: NDArray[np.bool_]) -> _Found:
        """Return some of the occurrences."""
        return _Found(
            self.text[which],
            self.hashes[which],
            self.before[which],
            self.after[which],
            self.at[which],
            self.size[which],
            self.codes,
        )


def _runs(texts: Sequence[str]) -> Iterator[_Found]:
    """Yield every candidate in bounded runs of texts."""
    for part in chunks(texts, characters=CHARACTERS):
        batch = read(texts[part])
        codes = batch.codes
        letter = lettered()[np.minimum(codes, len(lettered()) - 1)]
        han = letter & (codes >= HAN)
        near = np.where(letter, codes, _EDGE).astype(np.uint32)
        parts = []
        running = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(han, dtype=np.int64)))
        for order in _ORDERS:
            hashes = grams(codes, order)
            at = np.flatnonzero(running[order:] - running[:-order] == order) if len(hashes) else running[:0]
            parts.append((at, np.full(len(at), order), hashes[at]))
        parts.append(_latin(codes, letter & ~han))
        at, size, hashes = (np.concatenate(column) for column in zip(*parts, strict=True))
        owner = np.searchsorted(batch.breaks, at, side="right") - 1 + part.start
        yield _Found(owner, hashes, near[at - 1], near[at + size], at, size, codes)


def _latin(
    codes: NDArray[np.uint32], latin: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]:
    """Return where words of other scripts begin, their lengths and hashes."""
    edge = np.flatnonzero(np.diff(np.concatenate(([False], latin, [False])).astype(np.int8)))
    begin, end = edge[::2], edge[1::2]
    begin, end = begin[end - begin > 1], end[end - begin > 1]
    size = end - begin
    where = np.repeat(begin, size) + np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    power = np.cumprod(np.full(int(size.max(initial=0)) + 1, _WORD))
    letters = codes[where].astype(np.uint64) * power[where - np.repeat(begin, size)]
    total = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(letters, dtype=np.uint64)))
    bound = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(size)))
    return begin, size, total[bound[1:]] - total[bound[:-1]]


def frequent(texts: Sequence[str], least: int) -> NDArray[np.uint64]:
    """Return the hashes of what occurs often enough, sorted; a table of low bits rules most out first."""
    table = np.zeros(1 << _BITS, dtype=np.int64)
    low = np.uint64((1 << _BITS) - 1)
    for some in _runs(texts):
        table += np.bincount((some.hashes & low).astype(np.int64), minlength=len(table))
    keys, counts = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    for some in _runs(texts):
        likely = some.hashes[table[(some.hashes & low).astype(np.int64)] >= least]
        keys, counts = _tally(
            np.concatenate((keys, likely)), np.concatenate((counts, np.ones_like(likely, dtype=np.int64)))
        )
    return keys[counts >= least]


def _tally(
    keys: NDArray[np.uint64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return distinct keys, sorted, with their counts added."""
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.concatenate((np.ones(min(len(keys), 1), dtype=bool), keys[1:] != keys[:-1])))
    return keys[first], np.add.reduceat(counts, first) if len(first) else counts[:0]


def words(
    texts: Sequence[str], border: int, keys: NDArray[np.uint64]
) -> tuple[list[str], NDArray[np.int64], NDArray[np.bool_]]:
    """Return each key's spelling, its texts in both groups, and whether it reads as a word."""
    n = len(keys)
    spelled, counts = [""] * n, np.zeros((n, 2), dtype=np.int64)
    singles = np.zeros(len(lettered()), dtype=np.int64)
    times, sides = np.zeros(n, dtype=np.int64), [(np.zeros(0, np.uint64), np.zeros(0, np.int64))] * 2
    for every in _runs(texts):
        singles += np.bincount(np.minimum(every.codes, len(singles) - 1), minlength=len(singles))
        key, some = _known(every, keys)
        times += np.bincount(key, minlength=n)
        pair = once(some.text.astype(np.uint64) << np.uint64(32) | key.astype(np.uint64))
        text, held = (pair >> np.uint64(32)).astype(np.int64), (pair & np.uint64(0xFFFFFFFF)).astype(np.int64)
        for side, inside in enumerate((text < border, text >= border)):
            counts[:, side] += np.bincount(held[inside], minlength=n)
        for side, next_to in enumerate((some.before, some.after)):
            both = key.astype(np.uint64) << np.uint64(32) | next_to
            old, had = sides[side]
            sides[side] = _tally(
                np.concatenate((old, both)), np.concatenate((had, np.ones(len(both), np.int64)))
            )
        for k, i in zip(*np.unique(key, return_index=True), strict=True):
            if not spelled[k]:
                at = int(some.at[i])
                spelled[k] = (
                    some.codes[at : at + int(some.size[i])].tobytes().decode("utf-32-le", "surrogatepass")
                )
    free = np.minimum(*(_branching(pairs, had, times) for pairs, had in sides)) >= BRANCHING
    total = max(int(singles[HAN:].sum()), 1)
    frequency = dict(zip(spelled, times.tolist(), strict=True))
    kept = [
        _cohesion(word, frequency, singles, total) >= COHESION and _reads(word)
        if word[0] >= chr(HAN)
        else word not in _ENGLISH
        for word in spelled
    ]
    latin = np.array([word[0] < chr(HAN) for word in spelled], dtype=bool)
    return spelled, counts, np.array(kept, dtype=bool) & (free | latin)


def _known(some: _Found, keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], _Found]:
    key = np.minimum(np.searchsorted(keys, some.hashes), max(len(keys) - 1, 0))
    good = keys[key] == some.hashes if len(keys) else np.zeros(len(key), dtype=bool)
    return key[good], some.some(good)


def _branching(
    pairs: NDArray[np.uint64], counts: NDArray[np.int64], times: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the entropy of each key's neighbours in bits; each clause border is one of its own."""
    key, code = (pairs >> np.uint64(32)).astype(np.int64), pairs & np.uint64(0xFFFFFFFF)
    share = counts / times[key]
    bits = share * np.log2(np.where(code == _EDGE, times[key], times[key] / counts))
    return np.bincount(key, weights=bits, minlength=len(times)).astype(np.float64)


def _cohesion(word: str, times: dict[str, int], singles: NDArray[np.int64], total: int) -> float:
    """Return the pointwise mutual information of a word's parts at its weakest seam, in bits."""

    def often(part: str) -> int:
        return times.get(part, 0) if len(part) > 1 else int(singles[min(ord(part), len(singles) - 1)])

    seams = [max(often(word[:i]), 1) * max(often(word[i:]), 1) for i in range(1, len(word))]
    return float(np.log2(times[word] * total / max(seams)))


def _reads(word: str) -> bool:
    return word in _WHOLE or (word[0] not in _NO_START and word[-1] not in _NO_END)


def examples(
    texts: Sequence[str], border: int, keys: NDArray[np.uint64], of_a: NDArray[np.bool_]
) -> list[list[int]]:
    """Return up to three texts of its own side for each key."""
    order = np.argsort(keys, kind="stable")
    found: list[list[int]] = [[] for _ in keys]
    for some in _runs(texts):
        key, kept = _known(some, keys[order])
        for k, text in zip(order[key].tolist(), kept.text.tolist(), strict=True):
            own = found[k]
            if len(own) < 3 and (text < border) == of_a[k] and text not in own:
                own.append(text)
    return [sorted(own) for own in found]
