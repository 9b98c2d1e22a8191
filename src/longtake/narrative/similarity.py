"""Likeness of short texts over hashed character n-grams."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

Floats = NDArray[np.float64]

BITS = 16
ORDERS = (1, 2, 3)
WEIGHT = {1: 0.3, 2: 1.0, 3: 1.5}
"""A shared run of three characters says more than three shared characters."""


def letters(text: str) -> str:
    """Return what counts in a text: letters and digits, case folded.

    Examples:
        >>> letters("灯亮着，人就没走远。Go!")
        '灯亮着人就没走远go'
    """
    return "".join(character for character in text.casefold() if character.isalnum())


def grams(text: str) -> list[tuple[int, float]]:
    """Return slot and weight of each n-gram of a text, in order of place; repeats are kept."""
    plain = letters(text)
    return [
        (zlib.crc32(plain[i : i + order].encode()) >> (32 - BITS), WEIGHT[order])
        for i in range(len(plain))
        for order in ORDERS
        if i + order <= len(plain)
    ]


class Space:
    """Texts as vectors in which rare n-grams weigh more.

    Weights are ``log((1 + n) / (1 + df)) + 1`` over the texts the space was made of.

    Examples:
        >>> space = Space(["灯亮着", "人走远", "雪下了一夜"])
        >>> round(space.alike("灯亮着", "灯亮着"), 3), round(space.alike("灯亮着", "人走远"), 3)
        (1.0, 0.0)

    References:
        Salton and Buckley, 1988, Term-weighting approaches in automatic text retrieval,
        doi:10.1016/0306-4573(88)90021-0; Weinberger et al., 2009, Feature hashing for large scale multitask
        learning, doi:10.1145/1553374.1553516.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        held = np.zeros(1 << BITS)
        for text in texts:
            for slot in {slot for slot, _ in grams(text)}:
                held[slot] += 1
        self.rarity: Floats = np.log((1 + len(texts)) / (1 + held)) + 1

    def vector(self, text: str) -> dict[int, float]:
        """Return the weights of a text's n-grams by slot, of length one; empty for a text without letters."""
        found: dict[int, float] = {}
        for slot, weight in grams(text):
            found[slot] = found.get(slot, 0.0) + weight * float(self.rarity[slot])
        length = sum(value * value for value in found.values()) ** 0.5
        return {slot: value / length for slot, value in found.items()} if length else {}

    def sums(self, texts: Sequence[str], groups: csr_array) -> csr_array:
        """Return the weights of groups of texts, each of length one.

        Args:
            texts: n of them.
            groups: One row a group, 1 where a text belongs to it, shape (k, n).

        Returns:
            Shape (k, slots); a row of zeros for a group without letters.
        """
        rows, slots, weights = [], [], []
        for row, text in enumerate(texts):
            for slot, weight in grams(text):
                rows.append(row)
                slots.append(slot)
                weights.append(weight * float(self.rarity[slot]))
        own = csr_array((weights, (rows, slots)), shape=(len(texts), 1 << BITS), dtype=np.float64)
        whole = csr_array(groups @ own)
        length = np.sqrt(np.asarray(whole.multiply(whole).sum(axis=1)).ravel())
        return csr_array(diags_array(1.0 / np.where(length > 0, length, 1.0)) @ whole)

    def alike(self, one: str, other: str) -> float:
        """Return the cosine of two texts, in [0, 1]."""
        return dot(self.vector(one), self.vector(other))

    def table(self, ours: Sequence[str], theirs: Sequence[str]) -> Floats:
        """Return the cosine of each text with each other, shape (m, n)."""
        left, right = [self.vector(text) for text in ours], [self.vector(text) for text in theirs]
        return np.asarray(np.clip((_sparse(left) @ _sparse(right).T).toarray(), 0.0, 1.0))


def _sparse(vectors: Sequence[Mapping[int, float]]) -> csr_array:
    edges = np.cumsum([0, *(len(vector) for vector in vectors)])
    slots = [slot for vector in vectors for slot in sorted(vector)]
    values = [vector[slot] for vector in vectors for slot in sorted(vector)]
    return csr_array((values, slots, edges), shape=(len(vectors), 1 << BITS), dtype=np.float64)


def dot(one: dict[int, float], other: dict[int, float]) -> float:
    """Return the product of two sparse vectors, added in order of slot."""
    return min(1.0, sum((one[slot] * other[slot] for slot in sorted(one.keys() & other.keys())), 0.0))
