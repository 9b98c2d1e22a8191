"""Many rows of one thing to one: the newest observation wins, older ones fill its gaps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import ibis

from longtake.store.schema import IDENTITY, PROVENANCE, own_columns

_TIME = ("at", "at_end", "at_precision")
_WHERE = ("seq", "row")
"""What names one stored row within a campaign: the sequence of its commit and its number there."""


def resolve(rows: Any, table: str, gaps: Collection[str]) -> Any:
    """Return one row for each thing: the base of every query.

    The version with the latest ``observed_at`` wins (null last; tables without one go by commit), then
    the later commit, then the later row. A field it leaves null is taken from the next version that has
    it; where its time is unknown, the earliest known time is taken with its end and precision.
    Provenance is the winner's.

    Args:
        rows: Stored rows of one table with ``seq``, the sequence of their commit.
        table: Its name.
        gaps: Columns that hold a value in some row and null in another; the others need no filling.
    """
    keys = list(IDENTITY[table])
    columns = [*PROVENANCE, "seq", *own_columns(table)]
    newest = [rows.seq.desc(), rows["row"].desc()]
    if "observed_at" in columns:
        newest.insert(0, rows.observed_at.desc(nulls_first=False))
    ranked = rows.select(
        *_WHERE,
        rank_=ibis.row_number().over(ibis.window(group_by=keys, order_by=newest)),
        versions_=rows.count().over(ibis.window(group_by=keys)),
    )
    winners = rows.semi_join(ranked.filter(ranked.rank_ == 0), _WHERE).select(columns)
    fillable = [name for name in columns if name in gaps and name not in keys]
    if not fillable:
        return winners
    several = rows.inner_join(ranked.filter(ranked.versions_ > 1), _WHERE)
    several = several.select(*columns, "rank_")
    fills = _fills(several, keys, fillable)
    joined = winners.left_join(fills, [("seq", "seq_"), ("row", "row_")])
    timed = _timed(keys, fillable)
    return joined.select(
        **{
            name: _filled(joined, name, timed=timed) if f"{name}_" in fills.columns else joined[name]
            for name in columns
        }
    )


def _timed(keys: Sequence[str], fillable: Collection[str]) -> bool:
    """Tell whether the time and what belongs to it must be filled together."""
    return "at" in fillable and "at" not in keys


def _fills(several: Any, keys: Sequence[str], fillable: Sequence[str]) -> Any:
    """Return for each key with versions its winner and the newest known value of each column."""
    timed = _timed(keys, fillable)
    if timed:
        order = [several["at"].asc(nulls_first=False), several.rank_]
        several = several.mutate(time_=ibis.row_number().over(ibis.window(group_by=keys, order_by=order)))
    found = {
        "seq_": several.seq.max(where=several.rank_ == 0),
        "row_": several["row"].max(where=several.rank_ == 0),
    }
    for name in {*fillable, *(_TIME if timed else ())}:
        value = several[name] if name in several.columns else None
        if value is None:
            continue
        if timed and name in _TIME:
            found[f"{name}_"] = value.max(where=several.time_ == 0)
        else:
            found[f"{name}_"] = _first_by(value, several.rank_)
    return several.group_by(keys).agg(**{name: found[name] for name in sorted(found)}).select(*sorted(found))


def _filled(joined: Any, name: str, *, timed: bool) -> Any:
    """Return the winner's value, or the fill where it has none."""
    if timed and name in _TIME:
        return joined["at"].notnull().ifelse(joined[name], ibis.coalesce(joined[f"{name}_"], joined[name]))
    return ibis.coalesce(joined[name], joined[f"{name}_"])


def _first_by(value: Any, rank: Any) -> Any:
    """Return the value of smallest rank among those that are known.

    ``min_by`` is native in every engine; Ibis' own ``argmin`` sorts each group in DuckDB's memory.
    """
    kind = value.type()

    def min_by(value: Any, rank: Any) -> None:
        """Stand for the engine's own aggregate."""

    operation = ibis.udf.agg.builtin(min_by, signature=((kind, "int64"), kind))
    return operation(value, rank, where=value.notnull())
