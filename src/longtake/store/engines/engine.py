"""What the catalogue needs of the place where expressions run."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from longtake.errors import LongtakeError

NUMBERS = itertools.count()
MEMORY = "600MB"


class EngineError(LongtakeError):
    """The engine could not finish: out of memory, out of disk, or out of reach."""

    code = "engine"

    def __init__(self, engine: str, reason: str, *, fix: str) -> None:
        super().__init__(f"{engine}: {reason}.", fix=fix)
        self.engine, self.reason = engine, reason


class Engine(Protocol):
    """What the catalogue needs of an engine; expressions are Ibis expressions."""

    name: str
    """duckdb or spark."""

    def scan(self, name: str, files: Sequence[Path], schema: pa.Schema) -> Any:
        """Return Parquet files as one table with the columns of ``schema``; no files, no rows."""
        ...

    def small(self, name: str, table: pa.Table) -> Any:
        """Return a table held in memory, for joins."""
        ...

    def keep(self, name: str, shape: Hashable, build: Callable[[], Any], *, small: bool = False) -> Any:
        """Compute a table once for the life of the session, where the engine can hold it.

        ``build`` makes its expression; under one name and shape it makes the same one over tables of the same
        names in every session. A ``small`` table may be held in memory.
        """
        ...

    def fetch(self, expression: Any) -> pa.Table:
        """Run an expression and return all of its rows."""
        ...

    def ask(self, shape: Hashable, build: Callable[[], Any]) -> pa.Table:
        """Run an expression and return all of its rows; ``shape`` and ``build`` as for :meth:`keep`."""
        ...

    def prepare(self, expression: Any, *, paged: bool = False) -> str | None:
        """Return SQL that another session over tables of the same names can run; None where none can.

        ``paged`` leaves its end open for ``LIMIT`` and ``OFFSET``, over the same order.
        """
        ...

    def run(self, sql: str) -> pa.Table:
        """Run SQL that was prepared and return all of its rows."""
        ...

    def stream(self, sql: str, *, rows: int) -> Iterator[pa.RecordBatch]:
        """Run SQL that was prepared and return its rows piece by piece."""
        ...

    def batches(self, expression: Any, *, rows: int) -> Iterator[pa.RecordBatch]:
        """Run an expression and return its rows piece by piece."""
        ...

    def register(self, name: str, function: Any) -> None:
        """Make ``function`` (list of str or None to list of float or None) callable as ``name``."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


def unique(name: str) -> str:
    """Return a name no other table of this process has."""
    return f"{name}_{next(NUMBERS)}"
