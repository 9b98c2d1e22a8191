"""One campaign, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

import pyarrow as pa

from longtake.domain.figure import Evidence, Scalar
from longtake.store.catalogue import Views, find
from longtake.store.engines.connect import connect
from longtake.store.engines.engine import Engine
from longtake.store.lake import Lake
from longtake.store.memory import limit, physical
from longtake.store.plans import Plan, Plans

_PLANS = Plans()


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
        plan = self._plan(query, params)
        if plan is None:
            return self._fetch(find(query).expression(self._views, params))
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
        plan = self._plan(evidence.query, evidence.params, paged=True)
        if plan is None:
            found = find(evidence.query).expression(self._views, evidence.params)
            total = self._engine.fetch(found.aggregate(n=found.count()))["n"][0].as_py()
            return total, self._fetch(found.limit(limit, offset=offset))
        page = _typed(self._engine.run(f"{plan.sql} LIMIT {limit} OFFSET {offset}"), plan.schema)
        if page.num_rows < limit and (page.num_rows or not offset):
            return offset + page.num_rows, page
        counted = f"SELECT COUNT(*) AS n FROM ({plan.sql})"  # noqa: S608 -- what Ibis compiled, whole
        return self._engine.run(counted)["n"][0].as_py(), page

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
        plan = self._plan(evidence.query, evidence.params, paged=True)
        if plan is None:
            found = find(evidence.query).expression(self._views, evidence.params)
            schema = _types(found.schema().to_pyarrow())
            batches = self._engine.batches(found.limit(most), rows=rows)
        else:
            schema = _types(plan.schema)
            batches = self._engine.stream(f"{plan.sql} LIMIT {most}", rows=rows)
        for batch in batches:
            # Batches drop the time zone that a whole answer carries.
            yield pa.Table.from_batches([batch]).select(schema.names).cast(schema)

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

    def _plan(self, query: str, params: Mapping[str, Scalar], *, paged: bool = False) -> Plan | None:
        """Return a query made ready, its tables standing; None where this engine shares none."""
        given = tuple(sorted((name, type(value), value) for name, value in params.items()))

        def make() -> Plan | None:
            seen = _Seen(self._views)
            expression = find(query).expression(seen, params)
            sql = self._engine.prepare(expression, paged=paged)
            if sql is None:
                return None
            return Plan(sql, expression.schema().to_pyarrow(), tuple(sorted(seen.names)))

        plan = _PLANS.get((self._engine.name, query, given, paged), make)
        if plan is not None:
            for name in plan.views:
                getattr(self._views, name)
        return plan

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


def _types(schema: pa.Schema) -> pa.Schema:
    """Return the types of an answer: times are microseconds in UTC."""
    utc = pa.timestamp("us", "UTC")
    return pa.schema(
        [pa.field(field.name, utc if pa.types.is_timestamp(field.type) else field.type) for field in schema]
    )


def _typed(found: pa.Table, schema: pa.Schema) -> pa.Table:
    return found.select(schema.names).cast(_types(schema)).combine_chunks()


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
