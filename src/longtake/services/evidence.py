"""The rows behind a figure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from longtake.domain.answers.report import Cell
from longtake.domain.figure import Evidence, Figure
from longtake.errors import NotFoundError
from longtake.services.standing.asking import Asking
from longtake.services.workspace import Workspace, write_whole
from longtake.store.session import open_session

MARK = ":"


@dataclass(frozen=True, slots=True)
class Rows:
    """One stretch of the rows behind a figure.

    Attributes:
        total: How many there are in all.
        columns: Their names.
        rows: The stretch, in the query's own fixed order.
    """

    total: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def plain_rows(self) -> list[list[Any]]:
        """Return the rows with times as ISO 8601 text in UTC."""
        return [[_plain(cell) for cell in row] for row in self.rows]


def _plain(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        aware = cell if cell.tzinfo else cell.replace(tzinfo=UTC)
        return aware.isoformat().replace("+00:00", "Z")
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int | float | bool | None) else str(cell)


def keep(workspace: Workspace, campaign: str, figures: Iterable[Figure], *, beside: bool = False) -> None:
    """Remember the queries of figures, so that ``rows`` can run them later.

    Args:
        workspace: Where the campaign lies.
        campaign: Its id.
        figures: The figures of a report, or of a plan.
        beside: Whether those remembered so far stay; a report replaces them.
    """
    path = workspace.figures / f"{campaign}.json"
    index = json.loads(path.read_text("utf-8")) if beside and path.exists() else {}
    index |= {
        figure.id: {"query": figure.evidence.query, "params": dict(sorted(figure.evidence.params.items()))}
        for figure in figures
    }
    text = json.dumps(dict(sorted(index.items())), ensure_ascii=False, indent=1)
    write_whole(path, text.encode())


def rows(workspace: Workspace, figure: str, *, limit: int, offset: int = 0) -> Rows:
    """Return the rows behind a figure of a campaign's last report.

    Args:
        workspace: Where the campaign lies.
        figure: The figure's id, ``campaign:section.measure``.
        limit: Most rows to return.
        offset: Rows to pass over.

    Raises:
        NotFoundError: No report of this workspace has a figure of that id.
    """
    campaign, evidence = known(workspace, figure)
    with Asking(workspace, campaign) as session:
        total, table = session.rows(evidence, limit=limit, offset=offset)
    columns = tuple(table.column_names)
    return Rows(total, columns, tuple(tuple(row[name] for name in columns) for row in table.to_pylist()))


def stretches(workspace: Workspace, figure: str, *, rows: int, most: int) -> Iterator[Rows]:
    """Return the rows behind a figure piece by piece: the same rows, asked of the lake once.

    Args:
        workspace: Where the campaign lies.
        figure: The figure's id, ``campaign:section.measure``.
        rows: Rows of a piece, above 0.
        most: Rows at most.

    Returns:
        Pieces, each saying how many rows there are in all; one without rows where there is none.

    Raises:
        NotFoundError: No report of this workspace has a figure of that id.
    """
    campaign, evidence = known(workspace, figure)
    with open_session(workspace.lake, campaign) as session:
        total, none = session.rows(evidence, limit=0)
        if not total:
            yield Rows(0, tuple(none.column_names), ())
        for table in session.stretches(evidence, rows=rows, most=most):
            columns = tuple(table.column_names)
            yield Rows(total, columns, tuple(tuple(row.values()) for row in table.to_pylist()))


def known(workspace: Workspace, figure: str) -> tuple[str, Evidence]:
    """Return the campaign of a figure and the query of its rows.

    Raises:
        NotFoundError: No report of this workspace has a figure of that id.
    """
    campaign = figure.partition(MARK)[0]
    path = workspace.figures / f"{campaign}.json"
    index = json.loads(path.read_text("utf-8")) if _safe(campaign) and path.exists() else {}
    if figure not in index:
        near = tuple(name for name in index if figure.rpartition(".")[0] in name) or tuple(index)
        raise NotFoundError(
            "figure", figure, known=near, fix="Ids stand in figures.json; run the report first."
        )
    evidence = Evidence(index[figure]["query"], index[figure]["params"])
    return campaign, evidence


def _safe(name: str) -> bool:
    return bool(name) and "/" not in name and "\\" not in name and not name.startswith(".")
