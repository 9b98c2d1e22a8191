"""Rows to Parquet, piece by piece: no more than one row group is ever held."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from longtake.domain.receipt import Row
from longtake.errors import LongtakeError
from longtake.store.schema import PROVENANCE, REAL, TABLES, TEXT

GROUP = 65_536
_REPEATED = ("comment_id", "text", "author", "parent_id", "raw")
"""Columns whose values hardly repeat: a dictionary would only cost."""


class UnstorableRowError(LongtakeError):
    """A reader let a value through that no table can hold."""

    code = "unstorable_row"

    def __init__(self, source_file: str, line: int, column: str, reason: str) -> None:
        super().__init__(
            f"{source_file}: line {line}: {column}: {reason}.", fix="Correct or remove the line."
        )
        self.source_file, self.line, self.column = source_file, line, column


class TableWriter:
    """One table of one import on its way to disk."""

    def __init__(self, path: Path, table: str, import_id: str) -> None:
        self.path, self.table, self.rows = path, table, 0
        self.nulls: dict[str, int] = {}
        self._import_id, self._schema = import_id, TABLES[table]
        self._own = [field for field in self._schema if field.name not in PROVENANCE]
        self._held: list[Row] = []
        self._sources: list[tuple[str, int]] = []
        unique = [field.name for field in self._schema if field.type == TEXT and field.name not in _REPEATED]
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd", use_dictionary=unique)

    def push(self, source_file: str, rows: Sequence[Row]) -> None:
        """Take rows of one source file; write as soon as a row group is full."""
        at = 0
        while at < len(rows):
            piece = rows[at : at + GROUP - len(self._held)]
            self._held.extend(piece)
            self._sources.append((source_file, len(piece)))
            at += len(piece)
            if len(self._held) >= GROUP:
                self._write()

    def close(self) -> None:
        """Write what is left and finish the file."""
        if self._held:
            self._write()
        self._file.close()

    def abandon(self) -> None:
        """Close the file without caring what is in it."""
        self._held.clear()
        self._file.close()

    def _write(self) -> None:
        rows, n = self._held, len(self._held)
        sources = list(chain.from_iterable(repeat(name, count) for name, count in self._sources))
        columns = {
            "import_id": pa.repeat(pa.scalar(self._import_id), n),
            "row": pa.array(range(self.rows, self.rows + n), pa.int64()),
            "source_file": pa.array([storable(name) for name in sources], TEXT),
        }
        for field in (self._schema.field("source_line"), *self._own):
            columns[field.name] = self._column(field, rows, sources)
        for name, column in columns.items():
            if column.null_count:
                self.nulls[name] = self.nulls.get(name, 0) + column.null_count
        arrays = [columns[name] for name in self._schema.names]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema), row_group_size=GROUP)
        self.rows += n
        self._held, self._sources = [], []

    def _column(self, field: pa.Field, rows: Sequence[Row], sources: Sequence[str]) -> pa.Array:
        values = list(map(attrgetter(field.name), rows))
        try:
            column = _array(values, field)
        except (UnicodeEncodeError, OverflowError, pa.ArrowInvalid, pa.ArrowTypeError):
            if field.type == TEXT:
                values = [storable(value) if isinstance(value, str) else value for value in values]
            for row, value, source in zip(rows, values, sources, strict=True):
                try:
                    _array([value], field)
                except (OverflowError, pa.ArrowInvalid, pa.ArrowTypeError) as error:
                    raise UnstorableRowError(source, row.source_line, field.name, str(error)) from error
            column = _array(values, field)
        return column


def _array(values: Sequence[object], field: pa.Field) -> pa.Array:
    """Return a column; not-a-number is unknown, infinity is refused."""
    column = pa.array(values, field.type, from_pandas=field.type == REAL)
    if field.type == REAL and pc.any(pc.is_inf(column)).as_py():
        raise pa.ArrowInvalid("an infinite number")
    return column


def storable(text: str) -> str:
    """Replace half characters, which UTF-8 cannot hold, by U+FFFD.

    Examples:
        >>> storable("好看" + chr(0xD83D))
        '好看�'
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _halved(text) else text


def _halved(text: str) -> bool:
    """Tell whether a text holds half of a surrogate pair."""
    return any("\ud800" <= character <= "\udfff" for character in text)
