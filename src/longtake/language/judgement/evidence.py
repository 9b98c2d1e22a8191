"""What a text says, as a few numbers: its lanes over the whole, after the turn, in first and last clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from longtake.language.judgement.table import Table, prefix
from longtake.language.reading.clauses import Clauses, clauses
from longtake.language.reading.ngram import chunks
from longtake.language.reading.normalise import Codes, normalise

COLUMNS = (
    "one",
    "overall",
    "goods",
    "middling",
    "film",
    "overall x film",
    "goods x film",
    "overall after turn",
    "goods after turn",
    "overall last",
    "goods last",
    "overall first",
    "goods first",
    "middling last",
    "turns",
    "length",
    "latin",
    "overall x latin",
    "overall x length",
)
"""Names of the numbers, in order."""

_SPACE = 32
_DAMPING = 4.0
_HALF_LENGTH = 30.0


def damped(length: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what a sum over so many characters is divided by: the root of the length plus four."""
    return np.sqrt(length.astype(np.float64) + _DAMPING)


def gate(film: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squash the film lane to (0, 1) with arithmetic that is exact on every platform."""
    return 0.5 + 0.5 * film / (1.0 + np.abs(film))


def evidence(table: Table, batch: Codes) -> NDArray[np.float64]:
    """Return the numbers of `COLUMNS` for each text, shape (len(COLUMNS), n)."""
    where = clauses(batch)
    running = prefix(table, batch)
    length = where.end - where.begin

    def lanes(begin: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.float64]:
        return running.between(begin, end) * table.unit[:, None] / damped(end - begin)

    overall, goods, film, middling = lanes(where.begin - 1, where.end) + table.base[:, None]
    turn_overall, turn_goods, *_ = lanes(where.turn, where.end)
    last_overall, last_goods, _, last_middling = lanes(where.last, where.end)
    first_overall, first_goods, *_ = lanes(where.begin, where.first)
    share = gate(film)
    long = length / (length + _HALF_LENGTH)
    latin = _latin_share(batch, where)
    columns = (
        np.ones(len(length)),
        overall,
        goods,
        middling,
        share,
        overall * share,
        goods * share,
        turn_overall,
        turn_goods,
        last_overall,
        last_goods,
        first_overall,
        first_goods,
        last_middling,
        (where.turn < where.end).astype(np.float64),
        long,
        latin,
        overall * latin,
        overall * long,
    )
    return np.where(_visible(batch, where), np.stack(columns), 0.0)


def batches(
    table: Table, fold: NDArray[np.uint32], texts: Sequence[str | None], *, characters: int
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Yield the numbers of successive runs of texts, holding about so many characters at a time."""
    for part in chunks(texts, characters=characters):
        yield part, evidence(table, normalise(texts[part], fold))


def _visible(batch: Codes, where: Clauses) -> NDArray[np.bool_]:
    """Return which texts hold a character besides white space, shape (n,)."""
    seen = np.cumsum(batch.codes > _SPACE, dtype=np.int64)
    return np.asarray(seen[where.end] > seen[where.begin - 1])


def _latin_share(batch: Codes, where: Clauses) -> NDArray[np.float64]:
    latin = np.cumsum((batch.codes - np.uint32(97) < np.uint32(26)), dtype=np.int64)
    latin_letters = latin[where.end] - latin[where.begin - 1]
    return np.asarray(latin_letters / np.maximum(where.end - where.begin, 1))
