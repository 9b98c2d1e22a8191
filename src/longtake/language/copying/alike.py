"""Near-duplicates among distinct texts: MinHash finds pairs, edit distance decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from longtake.language.copying.plain import Plain, grams, mixed, once

SHORTEST = 6
"""Code points below which texts are the same only when they are equal."""

ALIKE = 85.0
"""Least share of code points, in per cent, that two texts have in common, in order (indel similarity)."""

BANDS, ROWS = 8, 3
_LEAST_AGREEING = 8
_SEED = np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
_PAIRS = 1 << 16

Spell = Callable[[Sequence[int]], list[str]]


def signatures(texts: Plain) -> NDArray[np.uint32]:
    """Return the MinHash signature of each text's pairs of neighbouring code points, shape (n, 24).

    References:
        Broder, 1997, On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900.
    """
    n = len(texts.bounds) - 1
    out = np.zeros((n, BANDS * ROWS), dtype=np.uint32)
    long = np.flatnonzero(texts.lengths >= 2)
    if not long.size:
        return out
    hashes = grams(texts.codes, 2)
    inside = np.ones(len(hashes), dtype=bool)
    over = texts.bounds[1:-1] - 1
    inside[over[(over >= 0) & (over < len(hashes))]] = False
    single = texts.bounds[:-1][texts.lengths == 1]
    inside[single[single < len(hashes)]] = False
    passed = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(inside)))
    starts = passed[texts.bounds[:-1][long]]
    low = (hashes[inside] >> np.uint64(32)).astype(np.uint32)
    for column, seed in enumerate(_SEED.tolist()):
        turned = low * np.uint32(seed >> 32 | 1)
        turned ^= turned >> np.uint32(15)
        turned *= np.uint32(seed & 0xFFFFFFFF | 1)
        out[long, column] = np.minimum.reduceat(turned, starts)
    return out


def leaders(
    signature: NDArray[np.uint32], lengths: NDArray[np.int64], rank: NDArray[np.int64], spell: Spell
) -> NDArray[np.int64]:
    """Return for each distinct text the text whose near-duplicate it is, itself when of none.

    Texts are taken by rank. One joins the best-ranked leader it is like (`ALIKE`), else it leads; every
    member is thus like its leader, and chains of small changes do not run away.

    Args:
        signature: Of each text, shape (n, 24).
        lengths: Code points of each text, shape (n,).
        rank: Order of precedence, a permutation of 0..n-1, shape (n,).
        spell: Returns the plain spelling of the texts it is given.
    """
    found = np.arange(len(rank))
    high, low = _pairs(signature, lengths, rank)
    good = np.zeros(len(high), dtype=bool)
    for start in range(0, len(high), _PAIRS):
        part = slice(start, start + _PAIRS)
        wanted, where = np.unique(np.concatenate((high[part], low[part])), return_inverse=True)
        words = spell(wanted.tolist())
        first, second = np.split(where, 2)
        scores = process.cpdist(
            [words[i] for i in first.tolist()],
            [words[i] for i in second.tolist()],
            scorer=fuzz.ratio,
            score_cutoff=ALIKE,
            workers=1,
        )
        good[part] = scores >= ALIKE
    high, low = high[good], low[good]
    for leader, follower in zip(high.tolist(), low.tolist(), strict=True):
        if found[leader] == leader and found[follower] == follower:
            found[follower] = leader
    return found


def _pairs(
    signature: NDArray[np.uint32], lengths: NDArray[np.int64], rank: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs that may be alike, the better-ranked first, in the order of follower and leader rank."""
    some = np.flatnonzero(lengths >= SHORTEST)
    some = some[np.argsort(rank[some], kind="stable")]
    known = np.zeros(0, dtype=np.uint64)
    for band in range(BANDS):
        columns = signature[some, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        key = mixed(mixed(columns[:, 0] << np.uint64(32) | columns[:, 1]) + columns[:, 2])
        order = np.argsort(key, kind="stable")
        same = np.concatenate((np.zeros(1, dtype=bool), key[order][1:] == key[order][:-1]))
        top = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
        member = np.flatnonzero(same)
        for partner in (top[member], member[member - top[member] > 1] - 1):
            follower = member if len(partner) == len(member) else partner + 1
            a, b = order[partner], order[follower]
            a, b = _plausible(signature, lengths, some, a, b)
            # Positions in `some` are ranks, so sorting the numbers sorts by the follower, then the leader.
            pair = b.astype(np.uint64) << np.uint64(32) | a.astype(np.uint64)
            known = once(np.concatenate((known, pair)))
    high = (known & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return some[high], some[(known >> np.uint64(32)).astype(np.int64)]


def _plausible(
    signature: NDArray[np.uint32],
    lengths: NDArray[np.int64],
    some: NDArray[np.int64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keep the pairs whose lengths and signatures allow `ALIKE`."""
    a, b = lengths[some[first]], lengths[some[second]]
    near = 200.0 * np.minimum(a, b) >= ALIKE * (a + b)
    first, second = first[near], second[near]
    keep = np.zeros(len(first), dtype=bool)
    for start in range(0, len(first), _PAIRS):
        part = slice(start, start + _PAIRS)
        agreeing = signature[some[first[part]]] == signature[some[second[part]]]
        keep[part] = agreeing.sum(axis=1) >= _LEAST_AGREEING
    return first[keep], second[keep]
