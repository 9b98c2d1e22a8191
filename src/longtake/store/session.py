"""One campaign, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pyarrow as pa

from longtake.domain.figure import Evidence, Scalar
from longtake.store.catalogue import Views, find
from longtake.store.engines.connect import connect
from longtake.store.engines.engine import Engine
from longtake.store.lake import Lake
from longtake.store.memory import limit, physical

_ROWS = "rows."
MOST_PLANS = 4096


@dataclass(frozen=True, slots=True)
class Plan:
    """A query made ready: building and compiling an expression takes longer than running it.

    Attributes:
        sql: What the engine runs.
        schema: Types of the answer.
        views: Tables that must stand before it runs.
    """

    sql: str
    schema: pa.Schema
    views: tuple[str, ...]


_PLANS: dict[tuple[Any, ...], Plan] = {}


class Session:
    """A campaign as it stood when the session was opened; later imports need a new one.

    Times come back as aware UTC, microseconds; days as dates.
    """

    def __init__(self, engine: Engine, views: Views) -> None:
        self._engine, self._views = engine, views

    def run(self, query: str, **params: Scalar) -> pa.Table:
        """Return the answer of a named query; see its entry in the catalogue.

        Raises:
            NotFoundError: No query has the name, or no parameter of it.
            ParameterError: A parameter is missing or cannot be used.
            EngineError: The engine ran out of memory, disk or reach.
        """
        key = (
            self._engine.name,
            query,
            tuple(sorted((name, type(value), value) for name, value in params.items())),
        )
        plan = _PLANS.get(key)
        if plan is None:
            seen = _Seen(self._views)
            expression = find(query).expression(seen, params)
            sql = self._engine.prepare(expression)
            if sql is None:
                return self._fetch(expression)
            plan = Plan(sql, expression.schema().to_pyarrow(), tuple(sorted(seen.names)))
            if len(_PLANS) < MOST_PLANS:
                _PLANS[key] = plan
        for name in plan.views:
            getattr(self._views, name)
        return _typed(self._engine.run(plan.sql), plan.schema)

    def rows(self, evidence: Evidence, *, limit: int, offset: int = 0) -> tuple[int, pa.Table]:
        """Return how many rows stand behind a figure and a page of them, in a fixed order.

        Args:
            evidence: A row query and its parameters.
            limit: Rows of the page.
            offset: Rows before it.

        Raises:
            NotFoundError: It names no row query, or a parameter the query does not have.
            ParameterError: A parameter is missing or cannot be used.
            EngineError: The engine ran out of memory, disk or reach.
            ValueError: ``limit`` or ``offset`` is negative.
        """
        if limit < 0 or offset < 0:
            raise ValueError(f"limit {limit} and offset {offset} must not be negative")
        found = find(evidence.query).expression(self._views, evidence.params)
        total = self._engine.fetch(found.aggregate(n=found.count()))["n"][0].as_py()
        return total, self._fetch(found.limit(limit, offset=offset))

    def stretches(self, evidence: Evidence, *, rows: int, most: int) -> Iterator[pa.Table]:
        """Return the rows behind a figure piece by piece, in the order of :meth:`rows`; asked for once.

        Args:
            evidence: A row query and its parameters.
            rows: Rows of a piece, above 0.
            most: Rows at most.

        Raises:
            NotFoundError: It names no row query, or a parameter the query does not have.
            ParameterError: A parameter is missing or cannot be used.
            EngineError: The engine ran out of memory, disk or reach.
        """
        found = find(evidence.query).expression(self._views, evidence.params)
        # Batches drop the time zone that a whole answer carries.
        schema = self._fetch(found.limit(0)).schema
        for batch in self._engine.batches(found.limit(most), rows=rows):
            piece = pa.Table.from_batches([batch])
            yield piece.cast(schema)

    def close(self) -> None:
        """Give memory and connections back."""
        self._engine.close()

    def __enter__(self) -> Session:
        """Use the session in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _fetch(self, expression: Any) -> pa.Table:
        """Run an expression; one type for each kind of value, whatever the engine."""
        return _typed(self._engine.fetch(expression), expression.schema().to_pyarrow())


class _Seen:
    """The views, and the names of those that were asked for."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.names: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return getattr(self._views, name)


def _typed(found: pa.Table, types: pa.Schema) -> pa.Table:
    fields = []
    for field in types:
        kind = pa.timestamp("us", "UTC") if pa.types.is_timestamp(field.type) else field.type
        fields.append(pa.field(field.name, kind))
    return found.select(types.names).cast(pa.schema(fields)).combine_chunks()


def open_session(lake: Lake, campaign: str, *, engine: str | None = None) -> Session:
    """Return a session on the live imports of a campaign; one without imports has no rows.

    Args:
        lake: Where they are.
        campaign: Whose.
        engine: As in :func:`longtake.store.engines.connect.connect`.

    Raises:
        DamagedLakeError: A live import cannot be read.
        EngineError: The engine cannot be reached.
    """
    commits, files = lake.commits(campaign), lake.files(campaign)
    connected = connect(engine, spill=lake.root / ".spill", memory=limit(physical()))
    return Session(connected, Views(connected, commits, files))
