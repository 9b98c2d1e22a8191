"""The engine a session runs on."""

from __future__ import annotations

import os
from pathlib import Path

from longtake.store.engines.engine import MEMORY, Engine

SPARK = "spark://"


def connect(engine: str | None = None, *, spill: Path, memory: str = MEMORY) -> Engine:
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
        from longtake.store.engines.duck import DuckEngine  # noqa: PLC0415 -- slow import

        return DuckEngine(spill, memory)
    if chosen.startswith(SPARK):
        from longtake.store.engines.spark import SparkEngine  # noqa: PLC0415 -- slow import

        return SparkEngine(chosen.removeprefix(SPARK))
    raise ValueError(f"engine {chosen!r} is neither 'duckdb' nor 'spark://host:port'")
