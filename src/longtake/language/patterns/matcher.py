"""Rules of many entries over a batch of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.sparse import csr_matrix

from longtake.language.patterns.literals import Literals
from longtake.language.patterns.pack import Entry
from longtake.language.patterns.rule import Rule
from longtake.language.reading.normalise import Codes

LONGEST = 2_000
"""Normalised characters of one text that rules look at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that holds.

    Attributes:
        text: Index of the text in its batch.
        entry: Index of the entry.
        begin: First code point of what matched, counted from the text's own first.
        end: One past its last.
    """

    text: int
    entry: int
    begin: int
    end: int


class Matcher:
    """Finds which entries hold in which texts.

    First every word of every rule is looked for at once; a rule is tried only on texts that hold a word of
    each of its parts.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        words: dict[str, int] = {}
        slot_rows: list[list[int]] = []
        rule_rows: list[list[int]] = []
        self._owner: list[int] = []
        self._rules: list[re.Pattern[str]] = []
        for index, entry in enumerate(self.entries):
            for rule in entry.rules:
                here = []
                for slot in rule.slots:
                    here.append(len(slot_rows))
                    slot_rows.append([words.setdefault(word, len(words)) for word in slot])
                rule_rows.append(here)
                self._owner.append(index)
                self._rules.append(re.compile(rule.expression))
        self._unless = [_any_of(entry.unless) for entry in self.entries]
        self._unless_anywhere = [_any_of(entry.unless_anywhere) for entry in self.entries]
        self._literals = Literals(list(words))
        self._slots = _incidence(slot_rows, len(words))
        self._needs = _incidence(rule_rows, len(slot_rows))
        self._wanted = np.array([len(row) for row in rule_rows], dtype=np.int32)

    def hits(self, batch: Codes) -> Iterator[Hit]:
        """Yield the hits of each text in order of entry and place; overlapping hits of one entry once."""
        if not self.entries or not batch.codes.size:
            return
        text = batch.codes.tobytes().decode("utf-32-le", "surrogatepass")
        starts, ends = (batch.breaks[:-1] + 1).tolist(), batch.breaks[1:].tolist()
        for number, rules in self._candidates(batch):
            said = text[starts[number] : min(ends[number], starts[number] + LONGEST)]
            seen: dict[int, list[tuple[int, int]]] = {}
            for rule in rules:
                owner = self._owner[rule]
                found = [match.span() for match in self._rules[rule].finditer(said)]
                if found:
                    seen.setdefault(owner, []).extend(found)
            for owner in sorted(seen):
                anywhere = self._unless_anywhere[owner]
                if anywhere is not None and anywhere.search(said):
                    continue
                for begin, end in _apart(_clear_of(self._unless[owner], said, seen[owner])):
                    yield Hit(number, owner, begin, end)

    def _candidates(self, batch: Codes) -> Iterator[tuple[int, list[int]]]:
        """Yield each text that may hold a rule, with those rules in order."""
        at, word = self._literals.find(batch.codes)
        if not at.size:
            return
        texts = len(batch.breaks) - 1
        owner = np.searchsorted(batch.breaks, at, side="right") - 1
        pairs = np.unique(word * texts + owner)
        ones = np.ones(len(pairs), dtype=np.int32)
        held = csr_matrix((ones, (pairs // texts, pairs % texts)), shape=(self._literals.size, texts))
        slots = self._slots @ held
        slots.data[:] = 1
        ready = (self._needs @ slots).tocoo()
        whole = ready.data == self._wanted[ready.row]
        number, rule = ready.col[whole], ready.row[whole]
        order = np.lexsort((rule, number))
        number, rule = number[order], rule[order]
        edges = np.flatnonzero(np.diff(number)) + 1
        for some, numbers in zip(np.split(rule, edges), np.split(number, edges), strict=True):
            if some.size:
                yield int(numbers[0]), some.tolist()


def _any_of(rules: Sequence[Rule]) -> re.Pattern[str] | None:
    return re.compile("|".join(rule.expression for rule in rules)) if rules else None


def _clear_of(
    unless: re.Pattern[str] | None, said: str, spans: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the spans that no match of `unless` overlaps."""
    if unless is None:
        return spans
    voids = [match.span() for match in unless.finditer(said)]
    return [(begin, end) for begin, end in spans if all(end <= a or begin >= b for a, b in voids)]


def _incidence(rows: Sequence[Sequence[int]], columns: int) -> csr_matrix:
    """Return which columns each row holds, as ones."""
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    made = csr_matrix((np.ones(len(flat), dtype=np.int32), (owner, flat)), shape=(len(rows), columns))
    made.sum_duplicates()
    made.data[:] = 1
    return made


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, the longest of those that overlap.

    Examples:
        >>> _apart([(4, 6), (0, 2), (1, 5)])
        [(1, 5)]
        >>> _apart([(4, 6), (0, 2)])
        [(0, 2), (4, 6)]
    """
    kept: list[tuple[int, int]] = []
    for begin, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= start or begin >= stop for start, stop in kept):
            kept.append((begin, end))
    return sorted(kept)
