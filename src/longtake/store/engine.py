"""Where expressions run: DuckDB in this process, or Spark through Spark Connect."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable

from longtake.errors import LongtakeError

SPARK = "spark://"
_MEMORY = "600MB"
_KNOCK_SECONDS = 10.0
_NUMBERS = itertools.count()


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

    def keep(self, name: str, expression: Any) -> Any:
        """Compute a table once for the life of the session, where the engine can hold it."""
        ...

    def fetch(self, expression: Any) -> pa.Table:
        """Run an expression and return all of its rows."""
        ...

    def prepare(self, expression: Any) -> str | None:
        """Return SQL that another session over tables of the same names can run; None where none can."""
        ...

    def run(self, sql: str) -> pa.Table:
        """Run SQL that was prepared and return all of its rows."""
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


class DuckEngine:
    """DuckDB in memory, spilling into a folder of its own; never a shared database file."""

    name = "duckdb"

    def __init__(self, spill: Path, memory: str = _MEMORY) -> None:
        self._spill = spill / f"{os.getpid()}-{next(_NUMBERS)}"
        with contextlib.suppress(OSError):
            spill.mkdir(parents=True, exist_ok=True)
        self._forget = weakref.finalize(self, shutil.rmtree, self._spill, ignore_errors=True)
        self._backend: Any = ibis.duckdb.connect(
            ":memory:",
            memory_limit=os.environ.get("LONGTAKE_MEMORY", memory),
            temp_directory=str(self._spill),
            autoinstall_known_extensions=False,
        )
        self._kept: set[str] = set()

    def scan(self, name: str, files: Sequence[Path], schema: pa.Schema) -> Any:
        """Return Parquet files as one table with the columns of ``schema``."""
        if not files:
            return self.small(name, schema.empty_table())
        table = self._backend.read_parquet(
            [str(file) for file in files], table_name=_unique(name), hive_partitioning=False
        )
        return table.select(*schema.names)

    def small(self, name: str, table: pa.Table) -> Any:
        """Return a table held in memory."""
        # An expression, not the table itself: Ibis 12 writes a broken DROP VIEW for that.
        return self._backend.create_table(_unique(name), ibis.memtable(table), temp=True)

    def keep(self, name: str, expression: Any) -> Any:
        """Compute a table once; as a file, which leaves the memory to the queries."""
        # Nobody else shares this database: a plain name lets sessions share the SQL that speaks of it.
        unique = _unique(name) if name in self._kept else name
        self._kept.add(unique)
        with _duck_errors():
            try:
                self._spill.mkdir(parents=True, exist_ok=True)
            except OSError:  # a lake on a read-only disk can still be read
                return self._backend.create_table(unique, expression, temp=True)
            path = self._spill / f"{unique}.parquet"
            self._backend.to_parquet(expression, path, compression="zstd")
            return self._backend.read_parquet(path, table_name=unique, hive_partitioning=False)

    def fetch(self, expression: Any) -> pa.Table:
        """Run an expression and return all of its rows."""
        with _duck_errors():
            return self._backend.to_pyarrow(expression.as_table())

    def prepare(self, expression: Any) -> str | None:
        """Return the SQL of an expression over kept tables alone; None where it holds a table in memory."""
        if expression.op().find(InMemoryTable):
            return None
        return str(self._backend.compile(expression.as_table()))

    def run(self, sql: str) -> pa.Table:
        """Run SQL that was prepared and return all of its rows."""
        with _duck_errors():
            return self._backend.con.execute(sql).to_arrow_table()

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


class SparkEngine:
    """A Spark Connect server that sees the lake's files under the same paths."""

    name = "spark"

    def __init__(self, address: str) -> None:
        try:
            import pyspark  # noqa: PLC0415 -- optional dependency
            from pyspark.sql import SparkSession  # noqa: PLC0415 -- optional dependency
        except ImportError as error:
            raise EngineError(
                "spark", str(error), fix="Install it: pip install 'longtake[spark]'."
            ) from error
        # Importing the client looks for a Spark installation and ends the process when there is none.
        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        _reach(address)
        try:
            self._session: Any = SparkSession.builder.remote(f"sc://{address}").create()
            self._backend: Any = ibis.pyspark.connect(self._session)
        except Exception as error:
            raise EngineError(
                "spark", f"{address}: {error}", fix="Check LONGTAKE_ENGINE and the server."
            ) from error

    def scan(self, name: str, files: Sequence[Path], schema: pa.Schema) -> Any:
        """Return Parquet files as one table with the columns of ``schema``."""
        if not files:
            return self.small(name, schema.empty_table())
        return self._view(name, self._session.read.parquet(*(str(file) for file in files))).select(
            *schema.names
        )

    def small(self, name: str, table: pa.Table) -> Any:
        """Return a table held by the server."""
        from ibis.backends.pyspark.datatypes import PySparkSchema  # noqa: PLC0415 -- optional dependency

        schema = PySparkSchema.from_ibis(ibis.schema(table.schema))
        return self._view(name, self._session.createDataFrame(table if table.num_rows else [], schema))

    def keep(self, name: str, expression: Any) -> Any:
        """Name an expression; the server caches it where it can."""
        return self._view(name, self._session.sql(self._backend.compile(expression)))

    def fetch(self, expression: Any) -> pa.Table:
        """Run an expression and return all of its rows."""
        from pyspark.errors import PySparkException  # noqa: PLC0415 -- optional dependency

        table = expression.as_table()
        try:
            return self._session.sql(self._backend.compile(table)).toArrow()
        except PySparkException as error:
            reason = str(error).splitlines()[0]
            raise EngineError("spark", reason, fix="Look at the server's own log.") from error

    def prepare(self, expression: Any) -> str | None:  # noqa: ARG002 -- a server's tables are never shared
        """Return nothing: names on a server belong to one session."""
        return None

    def run(self, sql: str) -> pa.Table:
        """Run SQL and return all of its rows."""
        return self._session.sql(sql).toArrow()

    def batches(self, expression: Any, *, rows: int) -> Iterator[pa.RecordBatch]:
        """Run an expression and return its rows piece by piece."""
        yield from self.fetch(expression).to_batches(max_chunksize=rows)

    def register(self, name: str, function: Any) -> None:
        """Make ``function`` callable as ``name``; the workers import it from the same package."""
        import pandas as pd  # noqa: PLC0415 -- optional dependency
        import pyspark.sql.pandas.functions as spark_functions  # noqa: PLC0415 -- optional dependency

        vectorised: Any = spark_functions.pandas_udf

        def on_pandas(texts: Any) -> Any:
            found = [text if isinstance(text, str) else None for text in texts]
            return pd.Series(function(found), dtype="float64")

        on_pandas.__annotations__ = {"texts": pd.Series, "return": pd.Series}
        self._session.udf.register(name, vectorised(on_pandas, "double"))

    def close(self) -> None:
        """End this client's session."""
        self._session.stop()

    def _view(self, name: str, frame: Any) -> Any:
        view = _unique(name)
        frame.createOrReplaceTempView(view)
        return self._backend.table(view)


def _reach(address: str) -> None:
    """Knock once: the client itself would go on trying for ten minutes.

    Raises:
        EngineError: Nobody answers there.
    """
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_KNOCK_SECONDS).close()
    except (OSError, ValueError) as error:
        raise EngineError(
            "spark", f"{address}: {error}", fix="Check LONGTAKE_ENGINE and the server."
        ) from error


def _unique(name: str) -> str:
    """Return a name no other table of this process has."""
    return f"{name}_{next(_NUMBERS)}"


def connect(engine: str | None = None, *, spill: Path, memory: str = _MEMORY) -> Engine:
    """Return an engine.

    Args:
        engine: ``duckdb``, or ``spark://host:port`` of a Spark Connect server; None takes it from
            the environment variable ``LONGTAKE_ENGINE``, else DuckDB.
        spill: Folder for what does not fit in memory; made when it is needed.
        memory: How much DuckDB may take, where ``LONGTAKE_MEMORY`` does not say; imports keep to little.

    Raises:
        EngineError: The server cannot be reached, or its client is not installed.
        ValueError: Neither form.
    """
    chosen = engine or os.environ.get("LONGTAKE_ENGINE") or "duckdb"
    if chosen == "duckdb":
        return DuckEngine(spill, memory)
    if chosen.startswith(SPARK):
        return SparkEngine(chosen.removeprefix(SPARK))
    raise ValueError(f"engine {chosen!r} is neither 'duckdb' nor 'spark://host:port'")
