"""Spark through Spark Connect."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from longtake.store.engines.engine import EngineError, unique

_KNOCK_SECONDS = 10.0


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

    def keep(
        self,
        name: str,
        shape: Hashable,  # noqa: ARG002 -- names differ
        build: Callable[[], Any],
        *,
        small: bool = False,  # noqa: ARG002 -- the server decides
    ) -> Any:
        """Name an expression; the server caches it where it can."""
        return self._view(name, self._session.sql(self._backend.compile(build())))

    def fetch(self, expression: Any) -> pa.Table:
        """Run an expression and return all of its rows."""
        from pyspark.errors import PySparkException  # noqa: PLC0415 -- optional dependency

        table = expression.as_table()
        try:
            return self._session.sql(self._backend.compile(table)).toArrow()
        except PySparkException as error:
            reason = str(error).splitlines()[0]
            raise EngineError("spark", reason, fix="Look at the server's own log.") from error

    def ask(self, shape: Hashable, build: Callable[[], Any]) -> pa.Table:  # noqa: ARG002 -- names differ
        """Run an expression and return all of its rows."""
        return self.fetch(build())

    def prepare(self, expression: Any, *, paged: bool = False) -> str | None:  # noqa: ARG002 -- never shared
        """Return nothing: names on a server belong to one session."""
        return None

    def run(self, sql: str) -> pa.Table:
        """Run SQL and return all of its rows."""
        return self._session.sql(sql).toArrow()

    def stream(self, sql: str, *, rows: int) -> Iterator[pa.RecordBatch]:
        """Run SQL and return its rows piece by piece."""
        yield from self.run(sql).to_batches(max_chunksize=rows)

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
        view = unique(name)
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
