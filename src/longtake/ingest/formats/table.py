"""Records of any tabular form, told apart by the head alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from longtake.domain.receipt import Refused
from longtake.errors import UnreadableFileError
from longtake.ingest.formats import delimited, jsonfile, sheets
from longtake.ingest.head import Head


def table(path: Path, head: Head) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(1-based line or sheet row, cells)`` of a delimited file or a sheet, after its header.

    Blank rows and repeated header rows are left out (see :func:`delimited.records`).

    Raises:
        UnreadableFileError: The file is damaged, or no table.
    """
    if head.form == "csv":
        return delimited.records(path, head)
    if head.form in {"xlsx", "xls"}:
        return sheets.sheet(path, head)
    raise UnreadableFileError(path, f"a {head.form} file is no table")


def dicts(path: Path, head: Head) -> Iterator[tuple[int, dict[str, object] | Refused]]:
    """Yield ``(line or record number, record by column)`` of a table, JSON Lines or a JSON array.

    Cells of a table come as text. A row with more or fewer cells than the header, which would put
    values under the wrong names, comes as a refusal.

    Raises:
        UnreadableFileError: The file is damaged, or holds no records.
    """
    if head.form == "jsonl":
        return jsonfile.lines(path, head)
    if head.form == "json":
        return jsonfile.items(path, head)
    return _named(path, head)


def _named(path: Path, head: Head) -> Iterator[tuple[int, dict[str, object] | Refused]]:
    columns = head.columns
    width = len(columns)
    for number, cells in table(path, head):
        if len(cells) == width:
            yield number, dict(zip(columns, cells, strict=True))
        else:
            yield number, wrong_width(number, cells, width)


def wrong_width(number: int, cells: list[str], width: int) -> Refused:
    """Return the refusal of a row whose cells do not stand under the header's names."""
    return Refused(number, "*", ",".join(cells)[:80], f"{width} columns as in the header, not {len(cells)}")
