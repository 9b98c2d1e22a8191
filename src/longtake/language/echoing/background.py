"""How often a line would be written by people who do not quote it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.language.copying.plain import Plain, grams, once
from longtake.language.echoing.index import found, marks

ORDERS = (1, 2, 3)
PRIOR = 4.0
"""Occurrences at which an n-gram's own counts weigh as much as those of the shorter one."""

_RARE = 0.5
_CHARACTERS = 5000.0


class Background:
    """Counts of the characters, pairs and triples of lines in comments that echo no line.

    A line's surprise is the sum over its code points of ``-log2 p(c | the two before)``; each order is
    shrunk towards the shorter one.

    References:
        MacKay and Peto, 1995, A hierarchical Dirichlet language model, doi:10.1017/S1351324900000218.
    """

    def __init__(self, lines: Plain) -> None:
        self.lines = lines
        self.hashes = {order: grams(lines.codes, order) for order in ORDERS}
        self.keys = {order: once(hashes) for order, hashes in self.hashes.items()}
        self.marked = {order: marks(keys) for order, keys in self.keys.items()}
        self.counts = {order: np.zeros(len(keys), dtype=np.int64) for order, keys in self.keys.items()}
        self.read = 0

    def add(self, texts: Plain) -> None:
        """Count the texts."""
        self.read += len(texts.codes)
        for order in ORDERS:
            _, key = found(texts, order, self.keys[order], self.marked[order])
            self.counts[order] += np.bincount(key, minlength=len(self.keys[order]))

    def surprise(self) -> NDArray[np.float64]:
        """Return the bits of each code point of the lines, shape (m,), above zero."""
        seen = {
            order: self.counts[order][np.searchsorted(self.keys[order], self.hashes[order])]
            for order in ORDERS
        }
        size = len(self.lines.codes)
        one = (seen[1] + _RARE) / (self.read + _RARE * _CHARACTERS)
        two, three = one.copy(), one.copy()
        if size > 1:
            two[1:] = (seen[2] + PRIOR * one[1:]) / (seen[1][:-1] + PRIOR)
        second = self.lines.bounds[:-1][self.lines.lengths > 1] + 1
        if size > 2:
            three[2:] = (seen[3] + PRIOR * two[2:]) / (seen[2][:-1] + PRIOR)
        three[second] = two[second]
        first = self.lines.bounds[:-1][self.lines.lengths > 0]
        three[first] = one[first]
        return np.asarray(-np.log2(np.minimum(three, 1.0)), dtype=np.float64)
