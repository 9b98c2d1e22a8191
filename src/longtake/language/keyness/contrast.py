"""Terms that one group of texts uses more than another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from longtake.language.copying.floods import distinct
from longtake.language.copying.plain import runs, whole
from longtake.language.keyness.terms import HAN, examples, frequent, words

LEAST = 5
"""Distinct texts that must hold a term."""

PRIOR = 100.0
"""Texts that the prior, the rate in both groups together, counts for."""

CONTAINED = 0.85
"""Share of a term's texts that hold a longer term, from which on only the longer one is told."""

FALSE = 0.05
"""Rate of false discoveries among the terms called sure."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase and how two groups use it.

    Attributes:
        term: The term, in canonical spelling.
        side: ``a`` or ``b``, whichever uses it more.
        a: Distinct texts of a that hold it.
        b: Distinct texts of b that hold it.
        log_odds: Log-odds ratio of a against b, shrunk to the prior.
        z: The same over its standard deviation.
        sure: Whether it stands after Benjamini and Hochberg at 5 %.
        examples: Positions of up to three texts of its side that hold it.
    """

    term: str
    side: str
    a: int
    b: int
    log_odds: float
    z: float
    sure: bool
    examples: tuple[int, ...]


def contrast(
    a: Sequence[str | None], b: Sequence[str | None], *, limit: int = 30, least: int = LEAST
) -> tuple[Term, ...]:
    """Return the terms in which two groups of texts differ most.

    Terms are runs of two to four Chinese characters and words of other scripts. A run counts as a word when
    its parts attract each other, when what stands before and after it varies, and when no longer term holds
    nearly all of its texts. A text counts once for a term, and equal texts of a group count once, so that
    nobody decides by repeating.

    Args:
        a: Raw texts of one group.
        b: Raw texts of the other.
        limit: Terms of each side at most, 1 or more.
        least: Distinct texts of both groups together that must hold a term, 2 or more.

    Returns:
        Terms of both sides, the largest absolute z first; none when either group says nothing.

    Raises:
        ValueError: `limit` or `least` is too small.

    Examples:
        >>> warm = [f"{who}，晚霞{how}" for who, how in zip("甲乙丙丁戊己", "东西南北中外")]
        >>> slow = [f"{who}，拖沓{how}" for who, how in zip("甲乙丙丁戊己", "东西南北中外")]
        >>> [(t.term, t.side, t.a, t.b) for t in contrast(warm, slow, limit=1)]
        [('拖沓', 'b', 0, 6), ('晚霞', 'a', 6, 0)]

    References:
        Monroe, Colaresi and Quinn, 2008, Fightin' words, doi:10.1093/pan/mpn018; Benjamini and Hochberg,
        1995, Controlling the false discovery rate, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    if limit < 1 or least < 2:
        raise ValueError(f"limit {limit}, least {least}")
    (first, at_first), (second, at_second) = _once_each(a), _once_each(b)
    if not first or not second:
        return ()
    texts = first + second
    keys = frequent(texts, least)
    spelled, counts, good = words(texts, len(first), keys)
    tested = np.flatnonzero(good & (counts.sum(axis=1) >= least))
    tested = tested[_maximal([spelled[i] for i in tested.tolist()], counts[tested])]
    log_odds, z = _odds(counts[tested], len(first), len(second))
    sure = _sure(z)
    ranked = sorted(range(len(tested)), key=lambda i: (-abs(round(float(z[i]), 9)), spelled[int(tested[i])]))
    chosen = [i for side in (True, False) for i in [j for j in ranked if (z[j] > 0) == side][:limit]]
    chosen.sort(key=ranked.index)
    shown = examples(texts, len(first), keys[tested[chosen]], z[chosen] > 0)
    origin = [*at_first, *at_second]
    return tuple(
        Term(
            spelled[int(tested[i])],
            "a" if z[i] > 0 else "b",
            int(counts[tested[i], 0]),
            int(counts[tested[i], 1]),
            float(log_odds[i]),
            float(z[i]),
            bool(sure[i]),
            tuple(origin[text] for text in some),
        )
        for i, some in zip(chosen, shown, strict=True)
    )


def _once_each(texts: Sequence[str | None]) -> tuple[list[str], list[int]]:
    """Return texts of different wording, and where each stands first."""
    raw, number = distinct(texts)
    if not raw:
        return [], []
    hashes = np.concatenate([whole(batch) for _, batch in runs(raw)])
    kept = np.sort(np.unique(hashes, return_index=True)[1])
    place = np.full(len(raw), len(number))
    spoken = np.flatnonzero(number >= 0)
    np.minimum.at(place, number[spoken], spoken)
    return [raw[i] for i in kept.tolist()], place[kept].tolist()


def _maximal(spelled: list[str], counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which words no longer one holds in nearly all of their texts."""
    total = dict(zip(spelled, counts.sum(axis=1).tolist(), strict=True))
    gone = {
        part
        for word, texts in total.items()
        if word[0] >= chr(HAN)
        for size in range(2, len(word))
        for part in (word[i : i + size] for i in range(len(word) - size + 1))
        if part in total and texts >= CONTAINED * total[part]
    }
    return np.array([word not in gone for word in spelled], dtype=bool)


def _odds(counts: NDArray[np.int64], n_a: int, n_b: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return log-odds ratios and z-scores (equations 16, 19 and 22 of Monroe et al.), a text a trial."""
    prior = PRIOR * counts.sum(axis=1) / (n_a + n_b)
    a, b = counts[:, 0] + prior, counts[:, 1] + prior
    log_odds = np.log(a / (n_a + PRIOR - a)) - np.log(b / (n_b + PRIOR - b))
    return log_odds, log_odds / np.sqrt(1.0 / a + 1.0 / b)


def _sure(z: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which scores Benjamini and Hochberg let stand."""
    p = 2.0 * ndtr(-np.abs(z))
    order = np.argsort(p, kind="stable")
    below = np.flatnonzero(p[order] <= FALSE * np.arange(1, len(p) + 1) / max(len(p), 1))
    sure = np.zeros(len(p), dtype=bool)
    sure[order[: below[-1] + 1 if len(below) else 0]] = True
    return sure
