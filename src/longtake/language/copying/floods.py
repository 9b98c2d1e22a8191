"""Floods: the same words posted far more often than people say them by chance."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.language.copying.alike import leaders, signatures
from longtake.language.copying.plain import plain, runs, weight_of_words, whole

LEAST = 20
"""Rows of a group below which nothing is a flood."""

SHARE = 0.05
"""Rows, as a share of the distinct texts, that two characters may reach by chance; halved by each further."""

RARE = 2e-4
"""Rows, as a share of the distinct texts, that a text of any length may reach: a famous line is quoted."""

_BRIEF = 2.0


@dataclass(frozen=True, slots=True)
class Flood:
    """One group of copies.

    Attributes:
        group: Its number in `Floods.group`.
        index: Row of the text that stands for it: the first row of its commonest wording.
        size: Rows in it.
        share: Its rows among all rows that say something, in (0, 1].
        wordings: Distinct wordings in it.
        authors: Different authors in it; None when no author is known.
        storm: Whether chance does not explain its size.
    """

    group: int
    index: int
    size: int
    share: float
    wordings: int
    authors: int | None
    storm: bool


@dataclass(frozen=True, slots=True)
class Floods:
    """Copies among texts.

    Attributes:
        group: Number of each text's group, 0 the largest, -1 for texts that say nothing, shape (n,).
        storm: Whether each text belongs to a flagged group, shape (n,).
        weight: What each text counts: 1 / size in a flagged group, else 1, shape (n,).
        sizes: Rows of each group, falling, shape (g,).
        flagged: Whether each group is flagged, shape (g,).
        groups: Groups of two rows or more, largest first.
    """

    group: NDArray[np.int64]
    storm: NDArray[np.bool_]
    weight: NDArray[np.float64]
    sizes: NDArray[np.int64]
    flagged: NDArray[np.bool_]
    groups: tuple[Flood, ...]


def floods(
    texts: Sequence[str | None],
    *,
    authors: Sequence[Hashable | None] | None = None,
    least: int = LEAST,
    share: float = SHARE,
) -> Floods:
    """Group texts that are copies of each other and flag the groups that chance does not explain.

    Two texts are copies when their letters are equal (traditional or simplified, full or half width, any
    case, any punctuation), or, from six code points on, when 85 % of their code points agree in order. A
    group is flagged when its rows reach ``max(least, chance * distinct)`` with ``chance = max(share * 2 **
    (2 - length), 0.0002)``: `distinct` counts the groups, which copying cannot raise; `length` is what the
    text says in Chinese characters, repeated ones counted once and three Latin letters as one. So 好看 may
    be a twentieth of the distinct texts without suspicion; a sentence of twenty characters may not stand
    twenty times among ten thousand comments.

    A flooded text counts once, though some of its rows may be honest: nothing in the words tells them apart.

    Memory grows with the distinct texts, some 250 bytes each, not with the rows.

    Args:
        texts: Raw texts, n of them; None and texts without a visible character belong to no group.
        authors: Who wrote each, None where unknown.
        least: Rows of the smallest group that is flagged, 2 or more.
        share: Share of the distinct texts that a text of two characters may reach, in (0, 1].

    Returns:
        Groups, flags and weights; the same whatever the machine, groups ordered by size, then first row.

    Raises:
        ValueError: `authors` has another length, `least` is below 2, or `share` is not in (0, 1].

    Examples:
        >>> rows = ["今天的晚霞像一封没有寄出的信"] * 30 + ["好看", "好看", "配乐很用心", None]
        >>> found = floods(rows)
        >>> found.groups[0].size, found.groups[0].storm, found.groups[1].size, found.groups[1].storm
        (30, True, 2, False)
        >>> float(found.weight[:30].sum().round(9)), found.weight[30:].tolist(), int(found.group[-1])
        (1.0, [1.0, 1.0, 1.0, 1.0], -1)

    References:
        Broder, 1997, On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900;
        Indyk and Motwani, 1998, Approximate nearest neighbors, doi:10.1145/276698.276876.
    """
    if authors is not None and len(authors) != len(texts):
        raise ValueError(f"{len(authors)} authors for {len(texts)} texts")
    if least < 2 or not 0 < share <= 1:
        raise ValueError(f"least {least}, share {share}")
    raw, wording = distinct(texts)
    if not raw:
        none = np.zeros(0, dtype=np.int64)
        n = len(texts)
        return Floods(np.full(n, -1), np.zeros(n, dtype=bool), np.ones(n), none, none.astype(bool), ())
    of_raw, first, lengths, signature = _wordings(raw)
    rows = np.where(wording >= 0, of_raw[wording], -1)
    counts = np.bincount(rows[rows >= 0], minlength=len(first))
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(first))

    def spell(which: Sequence[int]) -> list[str]:
        return plain([raw[i] for i in first[list(which)].tolist()]).strings()

    leader = leaders(signature, lengths, rank, spell)
    size = np.bincount(leader, weights=counts, minlength=len(leader)).astype(np.int64)
    many = np.flatnonzero(size >= least)
    groups = np.count_nonzero(leader == np.arange(len(leader)))
    said = weight_of_words(plain([raw[i] for i in first[many].tolist()]))
    chance = np.maximum(share * 2.0 ** (_BRIEF - np.maximum(said, _BRIEF)), RARE)
    flagged = np.zeros(len(leader), dtype=bool)
    flagged[many] = size[many] >= np.maximum(least, chance * groups)
    return _grouped(rows, leader, size, flagged, _numbered(authors))


def distinct(texts: Sequence[str | None]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the distinct texts in order, and for each text its number among them, -1 for a blank one.

    Examples:
        >>> words, number = distinct(["好", None, "坏", "好"])
        >>> words, number.tolist()
        (['好', '坏'], [0, -1, 1, 0])
    """
    seen: dict[str, int] = {}
    number = np.fromiter(
        (seen.setdefault(text, len(seen)) if text and not text.isspace() else -1 for text in texts),
        dtype=np.int64,
        count=len(texts),
    )
    return list(seen), number


def _wordings(
    raw: list[str],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    """Return each raw text's wording, and each wording's first raw text, length and signature."""
    parts = []
    for part, batch in runs(raw):
        keys, lengths = whole(batch), batch.lengths
        empty = np.flatnonzero(lengths == 0)
        if empty.size:  # Marks alone, such as "!!!": equal as they stand.
            keys[empty] = [_spelled(raw[part.start + i].strip()) for i in empty.tolist()]
        parts.append((keys, lengths, signatures(batch)))
    keys, lengths, signature = (np.concatenate(column) for column in zip(*parts, strict=True))
    _, first, of_raw = np.unique(keys, return_index=True, return_inverse=True)
    return of_raw, first, lengths[first], signature[first]


def _spelled(text: str) -> int:
    """Return a 63-bit number that stands for a text."""
    value = 0
    for character in text:
        value = (value * 0x100000001B3 + ord(character) + 1) & 0x7FFFFFFFFFFFFFFF
    return value


def _numbered(authors: Sequence[Hashable | None] | None) -> NDArray[np.int64] | None:
    """Return a number for each author, -1 where unknown; None when nobody is known."""
    if authors is None:
        return None
    seen: dict[Hashable, int] = {}
    number = [-1 if one is None else seen.setdefault(one, len(seen)) for one in authors]
    return np.array(number, dtype=np.int64) if seen else None


def _grouped(
    rows: NDArray[np.int64],
    leader: NDArray[np.int64],
    size: NDArray[np.int64],
    suspect: NDArray[np.bool_],
    author: NDArray[np.int64] | None,
) -> Floods:
    """Number the groups by size and carry sizes and flags over to the rows."""
    wordings = np.bincount(leader, minlength=len(leader))
    spoken = np.flatnonzero(rows >= 0)
    row = np.full(len(leader), len(rows))
    np.minimum.at(row, rows[spoken], spoken)
    leads = np.flatnonzero(leader == np.arange(len(leader)))
    leads = leads[np.lexsort((row[leads], -size[leads]))]
    number = np.empty(len(leader), dtype=np.int64)
    number[leads] = np.arange(len(leads))
    sizes, flagged = size[leads], suspect[leads]
    group = np.where(rows >= 0, number[leader[rows]], -1)
    storm = np.zeros(len(rows), dtype=bool)
    storm[spoken] = flagged[group[spoken]]
    weight = np.ones(len(rows))
    weight[storm] = 1.0 / sizes[group[storm]]
    people = _people(group, author, len(leads))
    shown = [
        Flood(
            g,
            int(row[leads[g]]),
            int(sizes[g]),
            float(sizes[g] / len(spoken)),
            int(wordings[leads[g]]),
            None if people is None else int(people[g]),
            bool(flagged[g]),
        )
        for g in range(int(np.count_nonzero(sizes > 1)))
    ]
    return Floods(group, storm, weight, sizes, flagged, tuple(shown))


def _people(
    group: NDArray[np.int64], author: NDArray[np.int64] | None, groups: int
) -> NDArray[np.int64] | None:
    """Return the different known authors of each group."""
    if author is None:
        return None
    known = (group >= 0) & (author >= 0)
    pair = np.unique(group[known] * (int(author.max()) + 1) + author[known])
    return np.bincount(pair // (int(author.max()) + 1), minlength=groups)
