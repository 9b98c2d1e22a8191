"""DuckDB in this process."""

from __future__ import annotations

import contextlib
import os
import shutil
import weakref
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable

from longtake.store.engines.engine import MEMORY, NUMBERS, EngineError, unique

MOST_KEPT = 1024
_PAGE = (987_654_321, 123_456_789)
_ENDING = f" LIMIT {_PAGE[0]} OFFSET {_PAGE[1]}"
_KEPT: dict[tuple[str, Hashable], str] = {}
_ASKED: dict[Hashable, tuple[str, pa.Schema]] = {}
"""SQL of kept tables by name and shape: building and compiling takes longer than running."""


class DuckEngine:
    """DuckDB in memory, spilling into a folder of its own; never a shared database file."""

    name = "duckdb"

    def __init__(self, spill: Path, memory: str = MEMORY) -> None:
        self._spill = spill / f"{os.getpid()}-{next(NUMBERS)}"
        with contextlib.suppress(OSError):
            spill.mkdir(parents=True, exist_ok=True)
        self._forget = weakref.finalize(self, shutil.rmtree, self._spill, ignore_errors=True)
        self._backend: Any = ibis.duckdb.connect(
            ":memory:",
            memory_limit=os.environ.get("LONGTAKE_MEMORY", memory),
            temp_directory=str(self._spill),
            autoinstall_known_extensions=False,
        )
        self._names: set[str] = set()
        # Whether all tables have the names they would have in any session, and SQL can be shared.
        self._plain = True

    def scan(self, name: str, files: Sequence[Path], schema: pa.Schema) -> Any:
        """Return Parquet files as one table with the columns of ``schema``."""
        if not files:
            return self.small(name, schema.empty_table())
        table = self._backend.read_parquet(
            [str(file) for file in files], table_name=self._placed(name), hive_partitioning=False
        )
        return table.select(*schema.names)

    def small(self, name: str, table: pa.Table) -> Any:
        """Return a table held in memory."""
        # An expression, not the table itself: Ibis 12 writes a broken DROP VIEW for that.
        return self._backend.create_table(self._placed(name), ibis.memtable(table), temp=True)

    def keep(self, name: str, shape: Hashable, build: Callable[[], Any], *, small: bool = False) -> Any:
        """Compute a table once; a large one as a file, which leaves the memory to the queries."""
        alone = self._placed(name)
        sql = _KEPT.get((name, shape)) if self._plain else None
        if sql is None:
            sql = str(self._backend.compile(build().as_table()))
            if self._plain and len(_KEPT) < MOST_KEPT:
                _KEPT[name, shape] = sql
        with _duck_errors():
            if small or not self._can_spill():
                self._backend.con.execute(f'CREATE TEMP TABLE "{alone}" AS {sql}')
            else:
                path = self._spill / f"{alone}.parquet"
                place = str(path).replace("'", "''")
                self._backend.con.execute(f"COPY ({sql}) TO '{place}' (FORMAT PARQUET, COMPRESSION ZSTD)")
                self._backend.read_parquet(path, table_name=alone, hive_partitioning=False)
            # In whichever form, under the one name that shared SQL knows it by.
            return self._backend.table(alone, database=("temp", "main"))

    def _can_spill(self) -> bool:
        """Return whether there is room of our own on the disk; a lake on a read-only one can be read too."""
        try:
            self._spill.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        return True

    def _placed(self, name: str) -> str:
        """Return a name for a table: nobody else shares this database, so the first may have it plain."""
        alone = name
        if name in self._names:
            alone, self._plain = unique(name), False
        self._names.add(alone)
        return alone

    def fetch(self, expression: Any) -> pa.Table:
        """Run an expression and return all of its rows."""
        with _duck_errors():
            return self._backend.to_pyarrow(expression.as_table())

    def ask(self, shape: Hashable, build: Callable[[], Any]) -> pa.Table:
        """Run an expression and return all of its rows."""
        known = _ASKED.get(shape) if self._plain else None
        if known is None:
            expression = build()
            known = str(self._backend.compile(expression.as_table())), expression.schema().to_pyarrow()
            if self._plain and len(_ASKED) < MOST_KEPT:
                _ASKED[shape] = known
        return self.run(known[0]).cast(known[1])

    def prepare(self, expression: Any, *, paged: bool = False) -> str | None:
        """Return the SQL of an expression over kept tables alone; None where it holds a table in memory."""
        if expression.op().find(InMemoryTable):
            return None
        table = expression.as_table()
        if not paged:
            return str(self._backend.compile(table))
        # Ibis knows where a page belongs in a query that has an order or a limit of its own.
        sql = str(self._backend.compile(table.limit(_PAGE[0], offset=_PAGE[1])))
        return sql.removesuffix(_ENDING) if sql.endswith(_ENDING) else None

    def run(self, sql: str) -> pa.Table:
        """Run SQL that was prepared and return all of its rows."""
        with _duck_errors():
            return self._backend.con.execute(sql).to_arrow_table()

    def stream(self, sql: str, *, rows: int) -> Iterator[pa.RecordBatch]:
        """Run SQL that was prepared and return its rows piece by piece."""
        with _duck_errors():
            yield from self._backend.con.execute(sql).to_arrow_reader(rows)

    def batches(self, expression: Any, *, rows: int) -> Iterator[pa.RecordBatch]:
        """Run an expression and return its rows piece by piece."""
        with _duck_errors():
            yield from self._backend.to_pyarrow_batches(expression.as_table(), chunk_size=rows)

    def register(self, name: str, function: Any) -> None:
        """Make ``function`` callable as ``name``."""

        def on_arrow(texts: Any) -> pa.Array:
            return pa.array(function(texts.to_pylist()), pa.float64())

        self._backend.con.create_function(
            name, on_arrow, ["VARCHAR"], "DOUBLE", type="arrow", null_handling="special"
        )

    def close(self) -> None:
        """Give memory and spilled files back."""
        self._backend.disconnect()
        self._forget()


class _duck_errors:  # noqa: N801 -- reads as a block, not as a class
    """Turn DuckDB's own errors about resources into typed ones; all others are ours and stay."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, duckdb.OutOfMemoryException | duckdb.IOException):
            raise EngineError(
                "duckdb",
                str(error).splitlines()[0],
                fix="Free some disk space or set LONGTAKE_MEMORY higher, such as 2GB.",
            ) from error
