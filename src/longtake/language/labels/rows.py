"""Labels as they are stored: one row a text and label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

SCALE = 10_000
"""Scores and probabilities are stored times this, as whole numbers: sums do not depend on their order."""

SCHEMA = pa.schema(
    {
        "text": pa.int64(),
        "label": pa.string(),
        "value": pa.string(),
        "score_e4": pa.int64(),
        "p_e4": pa.int64(),
        "method": pa.string(),
        "span_start": pa.int64(),
        "span_end": pa.int64(),
    }
)
"""Columns: index of the text; label; value; score and probability x 10,000; method; range in the raw text."""

Kind = tuple[str, str, str]
"""Label, value and method: there are few of them, so a row holds the number of its kind."""


class Rows:
    """Labels on their way into a table, piece by piece.

    Examples:
        >>> rows = Rows()
        >>> rows.add([0, 1], [rows.kind("polarity", "pos", "m"), rows.kind("polarity", "neg", "m")])
        >>> rows.add([0], [rows.kind("share", "warn", "pack:share")], begin=[2], end=[4])
        >>> [(row["text"], row["value"], row["span_end"]) for row in rows.table().to_pylist()]
        [(0, 'pos', None), (0, 'warn', 4), (1, 'neg', None)]
    """

    def __init__(self) -> None:
        self._kinds: dict[Kind, int] = {}
        self._pieces: list[tuple[NDArray[np.int64], ...]] = []

    def kind(self, label: str, value: str, method: str) -> int:
        """Return the number of a kind of row."""
        return self._kinds.setdefault((label, value, method), len(self._kinds))

    def add(
        self,
        text: ArrayLike,
        kind: ArrayLike,
        *,
        score_e4: ArrayLike | None = None,
        p_e4: ArrayLike | None = None,
        begin: ArrayLike | None = None,
        end: ArrayLike | None = None,
    ) -> None:
        """Add rows, arrays of one length; what is left out is unknown."""
        numbers = np.asarray(text, dtype=np.int64)
        held = [_column(values, len(numbers)) for values in (score_e4, p_e4, begin, end)]
        self._pieces.append((numbers, np.asarray(kind, dtype=np.int64), *held))

    def table(self) -> pa.Table:
        """Return them as a table of `SCHEMA`, by text, then in the order they were added."""
        if not self._pieces:
            return SCHEMA.empty_table()
        text, kind, *held = (np.concatenate(column) for column in zip(*self._pieces, strict=True))
        order = np.argsort(text, kind="stable")
        label, value, method = (_spelled(kind[order], [k[part] for k in self._kinds]) for part in range(3))
        score, p, begin, end = (_unknown(column[order]) for column in held)
        columns = [pa.array(text[order]), label, value, score, p, method, begin, end]
        return pa.Table.from_arrays(columns, schema=SCHEMA)


_UNKNOWN = np.iinfo(np.int64).min


def _column(values: ArrayLike | None, length: int) -> NDArray[np.int64]:
    return np.full(length, _UNKNOWN) if values is None else np.asarray(values, dtype=np.int64)


def _unknown(column: NDArray[np.int64]) -> pa.Array:
    return pa.array(column, mask=column == _UNKNOWN)


def _spelled(numbers: NDArray[np.int64], words: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int32)), pa.array(words)).cast(
        pa.string()
    )
