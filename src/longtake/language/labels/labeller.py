"""All labels of many texts, in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import groupby

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from longtake.language.feeling.scorer import Feeler, feeler
from longtake.language.feeling.table import EMOTIONS
from longtake.language.judgement.scorer import CLASSES, Scorer, scorer
from longtake.language.labels.rows import SCALE, Rows
from longtake.language.labels.said import said
from longtake.language.patterns import Entry, Hit, Matcher, Pack, read_packs
from longtake.language.reading.clauses import STOPS
from longtake.language.reading.ngram import chunks
from longtake.language.reading.normalise import Codes, as_read, normalise

_CHARACTERS = 1 << 17
_STOPS = frozenset(STOPS) - {" "}
WHOLE = 0.5
"""What the polarity of the whole text counts beside that of a clause, which is short and easily misread."""

_SHORTEST = 3
"""A clause with fewer characters beside the words themselves is judged with its neighbour."""


class Labeller:
    """Everything that labels: the weights of polarity and emotion, and the packs.

    Attributes:
        version: Changes whenever a number or a rule does.
    """

    def __init__(self, judge: Scorer, feel: Feeler, packs: Sequence[Pack]) -> None:
        self._judge, self._feel = judge, feel
        self._entries: tuple[Entry, ...] = tuple(entry for pack in packs for entry in pack.entries)
        self._matcher = Matcher(self._entries)
        # A version is a digest of all the numbers: it is computed once, not once a batch.
        self._judged_by, self._felt_by = judge.weights.version, feel.weights.version
        digest = hashlib.blake2b(digest_size=4)
        parts = (self._judged_by, self._felt_by, *(pack.name + pack.digest for pack in packs))
        for part in parts:
            digest.update(part.encode())
        self.version = f"labels-{digest.hexdigest()}"

    def table(self, texts: Sequence[str | None]) -> pa.Table:
        """Return every label of every text: one row each, columns of `rows.SCHEMA`, by text.

        Every text has a polarity and an emotion; the labels of the packs come before them, by name.
        """
        made = Rows()
        for part in chunks(texts, characters=_CHARACTERS):
            scores = self._polarity(texts[part], part.start, made)
            self._patterns(texts[part], part.start, scores, made)
            self._emotion(texts[part], part.start, made)
        return made.table()

    def _polarity(self, texts: Sequence[str | None], first: int, made: Rows) -> NDArray[np.float64]:
        chances = self._judge.probabilities(texts)
        scores = np.asarray(chances[:, 2] - chances[:, 0])
        named = np.array([CLASSES.index(name) for name in self._judge.polarity_class(scores)])
        kinds = np.array([made.kind("polarity", name, self._judged_by) for name in CLASSES])
        made.add(
            first + np.arange(len(texts)),
            kinds[named],
            score_e4=np.rint(scores * SCALE),
            p_e4=np.rint(chances[np.arange(len(texts)), named] * SCALE),
        )
        return scores

    def _emotion(self, texts: Sequence[str | None], first: int, made: Rows) -> None:
        named, sure = self._feel.named(texts)
        kinds = np.array([made.kind("emotion", name, self._felt_by) for name in EMOTIONS])
        made.add(first + np.arange(len(texts)), kinds[named], p_e4=np.rint(sure * SCALE))

    def _patterns(
        self, texts: Sequence[str | None], first: int, scores: NDArray[np.float64], made: Rows
    ) -> None:
        batch = normalise(texts, self._judge.fold, with_origin=True)
        grouped = groupby(self._matcher.hits(batch), lambda hit: hit.text)
        hits = {number: list(found) for number, found in grouped}
        clause = self._clauses(batch, hits, scores)
        starts = _starts(texts)
        found: list[tuple[int, int, int, int]] = []
        for number, own in hits.items():
            for one in said(own, self._entries, clause.get(number, {}), float(scores[number])):
                span = _raw(batch, number, one.begin, one.end, starts[number])
                found.append((first + number, made.kind(one.label, one.value, one.method), *span))
        text, kind, begin, end = np.array(found, dtype=np.int64).reshape(-1, 4).T
        made.add(text, kind, begin=begin, end=end)

    def _clauses(
        self, batch: Codes, hits: dict[int, list[Hit]], whole: NDArray[np.float64]
    ) -> dict[int, dict[tuple[int, int], float]]:
        """Return the polarity around each hit that needs one: of its clause, and some of the whole text."""
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
            made.setdefault(number, {})[begin, end] = (1.0 - WHOLE) * score + WHOLE * float(whole[number])
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


def label_rows(texts: Sequence[str | None]) -> pa.Table:
    """Return every label of every text by `labeller`; see `Labeller.table`."""
    return labeller().table(texts)


@cache
def labeller() -> Labeller:
    """Return the labeller of the weights and packs in use.

    Raises:
        UnreadableFileError: The weights are damaged.
        PackError: A pack is damaged.
    """
    return Labeller(scorer(), feeler(), read_packs())
