"""All labels of many texts, in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import groupby

import numpy as np
import pyarrow as pa

from longtake.language.judgement.scorer import CLASSES, Scorer, scorer
from longtake.language.labels.rows import SCALE, Rows
from longtake.language.labels.said import said
from longtake.language.patterns import Entry, Hit, Matcher, Pack, read_packs
from longtake.language.reading.clauses import STOPS
from longtake.language.reading.ngram import chunks
from longtake.language.reading.normalise import Codes, as_read, normalise

_CHARACTERS = 1 << 17
_STOPS = frozenset(STOPS) - {" "}
_SHORTEST = 3
"""A clause with fewer characters beside the words themselves is judged with its neighbour."""


class Labeller:
    """Everything that labels: the polarity weights and the packs.

    Attributes:
        version: Changes whenever a number or a rule does.
    """

    def __init__(self, judge: Scorer, packs: Sequence[Pack]) -> None:
        self._judge = judge
        self._entries: tuple[Entry, ...] = tuple(entry for pack in packs for entry in pack.entries)
        self._matcher = Matcher(self._entries)
        digest = hashlib.blake2b(digest_size=4)
        for part in (judge.weights.version, *(pack.name + pack.digest for pack in packs)):
            digest.update(part.encode())
        self.version = f"labels-{digest.hexdigest()}"

    def rows(self, texts: Sequence[str | None]) -> Rows:
        """Return every label of every text, by text, then label, then value."""
        made = Rows()
        for part in chunks(texts, characters=_CHARACTERS):
            self._some(texts[part], part.start, made)
        return made

    def table(self, texts: Sequence[str | None]) -> pa.Table:
        """Return `rows` as a table of `rows.SCHEMA`."""
        return self.rows(texts).table()

    def _some(self, texts: Sequence[str | None], first: int, made: Rows) -> None:
        batch = normalise(texts, self._judge.fold, with_origin=True)
        chances = self._judge.probabilities(texts)
        scores = chances[:, 2] - chances[:, 0]
        classes = self._judge.polarity_class(scores)
        hits = {
            number: list(found) for number, found in groupby(self._matcher.hits(batch), lambda hit: hit.text)
        }
        clause = self._clauses(batch, hits)
        starts = _starts(texts)
        stored = np.rint(scores * SCALE).astype(np.int64).tolist()
        sure = np.rint(chances * SCALE).astype(np.int64).tolist()
        method = self._judge.weights.version
        for number, name in enumerate(classes):
            for one in said(hits.get(number, ()), self._entries, clause.get(number, {}), scores[number]):
                span = _raw(batch, number, one.begin, one.end, starts[number])
                made.add(first + number, one.label, one.value, one.method, span=span)
            made.add(
                first + number,
                "polarity",
                name,
                method,
                score_e4=stored[number],
                p_e4=sure[number][CLASSES.index(name)],
            )

    def _clauses(self, batch: Codes, hits: dict[int, list[Hit]]) -> dict[int, dict[tuple[int, int], float]]:
        """Return the polarity of the clause around each hit that needs one."""
        text = batch.codes.tobytes().decode("utf-32-le", "surrogatepass")
        wanted: list[tuple[int, int, int]] = []
        parts: list[str] = []
        for number, found in hits.items():
            begin, end = int(batch.breaks[number]) + 1, int(batch.breaks[number + 1])
            for hit in found:
                if self._entries[hit.entry].label == "aspect" and not self._entries[hit.entry].polarity:
                    wanted.append((number, hit.begin, hit.end))
                    parts.append(around(text[begin:end], hit.begin, hit.end))
        made: dict[int, dict[tuple[int, int], float]] = {}
        for (number, begin, end), score in zip(wanted, self._judge.polarity(parts).tolist(), strict=True):
            made.setdefault(number, {})[begin, end] = score
        return made


def around(text: str, begin: int, end: int) -> str:
    """Return the clause of a text that holds a stretch, with the next one where it says hardly more.

    Examples:
        >>> around("演员不错,剧情太乱,还行", 5, 7)
        '剧情太乱'
        >>> around("剧情,太乱了", 0, 2)
        '剧情,太乱了'
    """
    start, stop = begin, end
    while start > 0 and text[start - 1] not in _STOPS:
        start -= 1
    while stop < len(text) and text[stop] not in _STOPS:
        stop += 1
    if (stop - start) - (end - begin) < _SHORTEST - 1 and stop < len(text):
        stop += 1
        while stop < len(text) and text[stop] not in _STOPS:
            stop += 1
    return text[start:stop]


def _starts(texts: Sequence[str | None]) -> list[int]:
    """Return where each text begins in the joined raw texts."""
    made, at = [], 1
    for text in texts:
        made.append(at)
        at += len(as_read(text)) + 1
    return made


def _raw(batch: Codes, number: int, begin: int, end: int, start: int) -> tuple[int, int]:
    """Return the range in the raw text of a normalised range."""
    assert batch.origin is not None
    base = int(batch.breaks[number]) + 1
    return int(batch.origin[base + begin]) - start, int(batch.origin[base + end - 1]) + 1 - start


@cache
def labeller() -> Labeller:
    """Return the labeller of the weights and packs in use.

    Raises:
        UnreadableFileError: The weights are damaged.
        PackError: A pack is damaged.
    """
    return Labeller(scorer(), read_packs())
