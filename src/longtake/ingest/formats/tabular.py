"""The header of a table: where it stands and what it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from longtake.ingest.formats.delimited import rows as parsed
from longtake.ingest.formats.delimited import sniff

BANNERS = 20
SAMPLES = 5


def cut(text: str, *, single: bool) -> tuple[str, list[list[str]]]:
    """Return the delimiter of a text and its rows; no delimiter means that it is no table.

    Args:
        text: Whole lines.
        single: Whether a table of one column may stand here.
    """
    delimiter = sniff(text) or ("," if single else "")
    return delimiter, parsed(text, delimiter) if delimiter else []


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the 0-based place of the header: the first row that fills half of the widest row's cells.

    Examples:
        >>> header_row([["At most 1000 rows", "", ""], ["title", "date", "plays"], ["a", "b", "1"]])
        1
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows[: BANNERS + 1]]
    if not filled:
        return 0
    widest = max(filled)
    return next(place for place, size in enumerate(filled) if size * 2 >= widest)


def columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Return header cells without white space and byte-order marks."""
    return tuple(cell.strip("\ufeff \t\r\n") for cell in cells)


def samples(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Mapping[str, str], ...]:
    """Return the first rows that hold anything, by column."""
    filled = [cells for cells in rows if any(cell.strip() for cell in cells)]
    return tuple(dict(zip(names, cells, strict=False)) for cells in filled[:SAMPLES])
