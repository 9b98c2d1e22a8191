"""The sheets of a MediaCrawler workbook, read as one stack of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from longtake.ingest.formats.sheets import cell_rows, names
from longtake.ingest.head import Head
from longtake.ingest.social.mediacrawler.spec import Shape

_SHEETS = {"contents": "Contents", "comments": "Comments"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: As on its tab.
        shape: What stands in it; None for a sheet that is left out.
        columns: Its header.
        records: Its rows. Their numbers go on from the last row of the sheet before, as if the sheets
            were pasted under one another, so that a number names one row of the workbook.
    """

    name: str
    shape: Shape | None
    columns: tuple[str, ...]
    records: Sequence[tuple[int, list[str]]]


def sheets_of(shape: Shape, shapes: Sequence[Shape]) -> dict[str, Shape]:
    """Return the tables of a shape's platform by the names of their sheets."""
    return {_SHEETS[one.table]: one for one in shapes if one.platform == shape.platform}


def stacked(path: Path, head: Head, tables: Mapping[str, Shape], shape: Shape) -> Iterator[Sheet]:
    """Yield the sheets in the order of their tabs.

    Args:
        path: The workbook.
        head: Its head, taken from its first sheet.
        tables: Shapes by the name of the sheet they stand in.
        shape: What stands in the first sheet when no sheet has one of those names.

    Raises:
        UnreadableFileError: The workbook is damaged.
    """
    tabs = names(path)
    expected = tables if set(tabs) & set(tables) else {tabs[0]: shape} if tabs else {}
    above = 0
    for tab in tabs:
        wanted = expected.get(tab)
        if wanted is None:
            yield Sheet(tab, None, (), ())
            continue
        rows = list(cell_rows(path, tab))
        start = head.header_row if tab == tabs[0] else 0
        columns = _header(rows[start][1]) if len(rows) > start else ()
        fits = wanted.fits(frozenset(columns))
        yield Sheet(
            tab, wanted if fits else None, columns, tuple(_body(rows[start + 1 :], len(columns), above))
        )
        above += len(rows)


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    named = [cell.strip().lstrip("\ufeff") for cell in cells]
    while named and not named[-1]:
        named.pop()
    return tuple(named)


def _body(rows: Sequence[tuple[int, list[str]]], width: int, above: int) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if any(map(str.strip, cells)):
            yield above + number, [*cells, *[""] * (width - len(cells))]
