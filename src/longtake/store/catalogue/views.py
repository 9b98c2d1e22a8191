"""The tables queries are built on: versions resolved, comments with their labels."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from longtake.store.catalogue.versions import resolve
from longtake.store.commit import Commit
from longtake.store.engines.engine import Engine
from longtake.store.schema import TABLES

SMALL = 100_000
"""Stored rows up to which a table is held in memory: some 30 MB."""


class Views:
    """One campaign's resolved tables, each computed when it is first used and then kept."""

    def __init__(
        self, engine: Engine, commits: Sequence[Commit], files: Mapping[str, Sequence[Path]]
    ) -> None:
        """Look at a campaign.

        Args:
            engine: Where the tables live.
            commits: Its live imports, in commit order.
            files: Their Parquet files by table.
        """
        self._engine, self._commits, self._files = engine, commits, files
        self._scanned: dict[str, Any] = {}

    @cached_property
    def comments(self) -> Any:
        """One row an utterance, with ``polarity`` (neg, neutral, pos, null), ``score_e4``, ``emotion``."""

        def build() -> Any:
            labels = self._stored("labels")
            judged = labels.label == "polarity"
            labels = labels.filter(judged | (labels.label == "emotion"))
            judged = labels.label == "polarity"
            labels = labels.group_by(seq_="seq", row_="row").agg(
                polarity=labels["value"].max(where=judged),
                score_e4=labels.score_e4.max(where=judged),
                emotion=labels["value"].max(where=labels.label == "emotion"),
            )
            # A view of its own: Ibis 12 cannot join the result of a join that computes columns.
            found = resolve(self._stored("comments"), "comments", self._gaps("comments")).view()
            joined = found.left_join(labels, [("seq", "seq_"), ("row", "row_")])
            return joined.drop("seq_", "row_")

        return self._kept("comments", ("comments", "labels"), build)

    @cached_property
    def labels(self) -> Any:
        """One row an utterance and label other than polarity: the utterance with what was said of it."""
        comments = self.comments

        def build() -> Any:
            rows = self._stored("labels")
            rows = rows.filter(rows.label != "polarity")
            rows = rows.select(
                "label",
                "value",
                "method",
                "span_start",
                "span_end",
                seq_="seq",
                row_="row",
                label_p_e4="p_e4",
            )
            joined = comments.view().inner_join(rows, [("seq", "seq_"), ("row", "row_")])
            return joined.drop("seq_", "row_")

        return self._kept("labels", ("labels",), build)

    @cached_property
    def observations(self) -> Any:
        """One row a number at a time."""
        return self._resolved("observations")

    @cached_property
    def boxoffice(self) -> Any:
        """One row a film, day, place and basis."""
        return self._resolved("boxoffice")

    @cached_property
    def events(self) -> Any:
        """One row an act of the campaign."""
        return self._resolved("events")

    @cached_property
    def cues(self) -> Any:
        """One row a subtitle."""
        return self._resolved("cues")

    @cached_property
    def nodes(self) -> Any:
        """One row a communication node."""
        return self._resolved("nodes")

    @cached_property
    def referrals(self) -> Any:
        """One row an invitation and who used it."""
        return self._resolved("referrals")

    @cached_property
    def script(self) -> Any:
        """One row a piece of a script; of a script imported again, the pieces of its latest draft."""

        def build() -> Any:
            rows = resolve(self._stored("script"), "script", self._gaps("script"))
            kept = rows.mutate(latest_=rows.seq.max().over(group_by="node_id"))
            return kept.filter(kept.seq == kept.latest_).drop("latest_")

        return self._kept("script", ("script",), build)

    @cached_property
    def _imports(self) -> Any:
        """Sequence of each import."""
        ids = [commit.import_id for commit in self._commits]
        numbers = pa.array([commit.sequence for commit in self._commits], pa.int64())
        return self._engine.small(
            "imports", pa.table({"import_id_": pa.array(ids, pa.string()), "seq": numbers})
        )

    def _scan(self, table: str) -> Any:
        """Return the stored rows of a table as they lie."""
        if table not in self._scanned:
            files = self._files.get(table, ())
            self._scanned[table] = self._engine.scan(f"stored_{table}", files, TABLES[table])
        return self._scanned[table]

    def _stored(self, table: str) -> Any:
        """Return the stored rows of a table with the sequence of their commit."""
        rows = self._scan(table)
        joined = rows.inner_join(self._imports, [("import_id", "import_id_")])
        return joined.select(*rows.columns, "seq")

    def _resolved(self, table: str) -> Any:
        return self._kept(table, (table,), lambda: resolve(self._stored(table), table, self._gaps(table)))

    def _kept(self, name: str, needed: Sequence[str], build: Callable[[], Any]) -> Any:
        """Return a table computed once, built of stored ones.

        Building and compiling its expression takes longer than running it: what it depends on beside the
        names of tables is given to the engine, so that sessions can share the SQL.
        """
        shape: list[Hashable] = [self._imports is not None]
        for table in needed:
            self._scan(table)
            shape.append((table, bool(self._files.get(table)), frozenset(self._gaps(table))))
        rows = sum(commit.tables.get(table, 0) for table in needed for commit in self._commits)
        return self._engine.keep(name, tuple(shape), build, small=rows <= SMALL)

    def _gaps(self, table: str) -> set[str]:
        """Return the columns that are null in some stored row but not in all."""
        total = sum(commit.tables.get(table, 0) for commit in self._commits)
        nulls: dict[str, int] = {}
        for commit in self._commits:
            for column, count in commit.nulls.get(table, {}).items():
                nulls[column] = nulls.get(column, 0) + count
        return {column for column, count in nulls.items() if count < total}
