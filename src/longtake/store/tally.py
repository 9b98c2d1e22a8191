"""What an import adds, counted record by record against what is already there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from typing import Any

import ibis

from longtake.store.engines.engine import Engine
from longtake.store.schema import IDENTITY, TABLES


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the records of one source file.

    Attributes:
        kept: Records with at least one row that was not there before.
        duplicate: Records whose rows were all there already, in the lake or earlier in the import.
        tables: Rows by table, new or not.
    """

    kept: int
    duplicate: int
    tables: Mapping[str, int]


def count(
    engine: Engine,
    staged: Mapping[str, Path],
    live: Mapping[str, Sequence[Path]],
    sources: Iterable[str],
) -> dict[str, Tally]:
    """Count kept and duplicate records by source file.

    Args:
        engine: Where it is counted.
        staged: Files of this import by table, without labels.
        live: Files of earlier imports by table.
        sources: All source files of this import, also those without rows.
    """
    kept: dict[str, int] = {}
    records: dict[str, int] = {}
    tables: dict[str, dict[str, int]] = {}
    rows = {table: engine.scan(f"staged_{table}", [staged[table]], TABLES[table]) for table in sorted(staged)}
    before = {table: engine.scan(f"live_{table}", live.get(table, ()), TABLES[table]) for table in rows}
    if rows:
        shape = ("tally", tuple((table, bool(live.get(table))) for table in rows))
        for found in engine.ask(shape, lambda: _totals(rows, before)).to_pylist():
            records[found["source_file"]], kept[found["source_file"]] = found["records"], found["kept"]
    for table, own in rows.items():
        for found in engine.ask(("tally", table), partial(_by_source, own)).to_pylist():
            tables.setdefault(found["source_file"], {})[table] = found["n"]
    return {
        name: Tally(kept.get(name, 0), records.get(name, 0) - kept.get(name, 0), tables.get(name, {}))
        for name in sources
    }


def _by_source(rows: Any) -> Any:
    """Return rows by source file."""
    return rows.group_by("source_file").agg(n=rows.count())


def _totals(rows: Mapping[str, Any], before: Mapping[str, Any]) -> Any:
    """Return records and new ones by source file."""
    marked = [_marked(table, rows[table], before[table]) for table in rows]
    lines = reduce(lambda one, two: one.union(two), marked)
    by_line = lines.group_by("source_file", "source_line").agg(new=lines.new.max())
    return by_line.group_by("source_file").agg(records=by_line.count(), kept=by_line.new.sum())


def _marked(table: str, rows: Any, before: Any) -> Any:
    """Return source file, line and whether the row is new (1) or not (0), one row a staged row."""
    keys = list(IDENTITY[table])
    # A live row sorts before every staged one, so the smallest number of a key tells who came first.
    both = rows.select(*keys, turn=rows["row"]).union(
        before.select(*keys, turn=ibis.literal(-1, type="int64"))
    )
    first = both.group_by(keys).agg(turn=both.turn.min())
    first = first.filter(first.turn >= 0).select("turn")
    joined = rows.select("source_file", "source_line", "row").left_join(first, [("row", "turn")])
    return joined.select("source_file", "source_line", new=joined.turn.notnull().cast("int64"))
