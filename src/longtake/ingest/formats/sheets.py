"""Spreadsheets, cell by cell as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.guards.workbook import check_binary, check_zipped
from longtake.ingest.head import Head

FILE_LIMIT = 256 << 20
EXACT_DIGITS = 15


def sheet(path: Path, head: Head, name: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(1-based sheet row, cells as text)`` of a sheet, after the header row.

    Whole numbers come without a point, dates in ISO form, and numbers of more than 15 digits, the
    last of which a spreadsheet has lost, in scientific notation. Rows have as many cells as the
    header, unless a cell beyond it is filled; empty rows are left out.

    Args:
        path: An .xlsx or .xls file.
        head: Its head; ``header_row`` counts from the top of the sheet.
        name: Of the sheet; the first one without it.

    Raises:
        UnreadableFileError: The file is damaged or has no such sheet.
        HostileFileError: It would cost far more memory than a file of its size should.
    """
    width = len(head.columns)
    for number, cells in cell_rows(path, name):
        if number <= head.header_row + 1:
            continue
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if any(map(str.strip, cells)):
            cells.extend([""] * (width - len(cells)))
            yield number, cells


def names(path: Path) -> tuple[str, ...]:
    """Return the names of the sheets that hold cells, in the order of their tabs.

    Raises:
        UnreadableFileError: The file is damaged.
        HostileFileError: As in :func:`sheet`.
    """
    return _names(_workbook(path))


def cell_rows(path: Path, name: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield every row of a sheet from the top of its cells, header and banners included.

    Raises:
        UnreadableFileError: The file is damaged or has no such sheet.
        HostileFileError: As in :func:`sheet`.
    """
    yield from _rows(path, _workbook(path), name)


def opening(path: Path, size: int = 40) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the names of the sheets, in the order of their tabs, and the first rows of the first.

    Raises:
        UnreadableFileError: The file is damaged or holds no sheet with cells.
        HostileFileError: As in :func:`sheet`.
    """
    book = _workbook(path)
    found: list[list[str]] = []
    for number, cells in _rows(path, book, None):
        found.extend([] for _ in range(len(found) + 1, min(number, size + 1)))
        if len(found) >= size:
            break
        found.append(cells)
    return _names(book), found


def _names(book: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet)


def _rows(path: Path, book: CalamineWorkbook, name: str | None) -> Iterator[tuple[int, list[str]]]:
    wanted = name if name is not None else next(iter(_names(book)), None)
    if wanted is None or wanted not in book.sheet_names:
        raise UnreadableFileError(path, f"no sheet {wanted!r}" if wanted else "no sheet with cells")
    try:
        found = book.get_sheet_by_name(wanted)
        top, left = found.start or (0, 0)
        rows = found.iter_rows()
    except BaseException as error:
        raise _damaged(path, error) from error
    margin, number = [""] * left, top
    while (row := _next(path, rows)) is not None:
        number += 1
        yield number, margin + [_text(cell) for cell in row]


def _next(path: Path, rows: Iterator[Sequence[object]]) -> Sequence[object] | None:
    try:
        return next(rows, None)
    except BaseException as error:
        raise _damaged(path, error) from error


def _workbook(path: Path) -> CalamineWorkbook:
    if path.stat().st_size > FILE_LIMIT:
        raise HostileFileError(path, f"a workbook of more than {FILE_LIMIT >> 20} MB")
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    (check_zipped if zipped else check_binary)(path)
    try:
        return CalamineWorkbook.from_path(path)
    except BaseException as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: BaseException) -> BaseException:
    """Return the typed error for whatever the workbook parser threw, its panics included."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return UnreadableFileError(path, f"not a whole workbook ({str(error)[:80]})")
    return error


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return _decimal(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, timedelta):
        return _decimal(cell.total_seconds())
    return "" if cell is None else str(cell)


def _decimal(value: float) -> str:
    """Return the shortest text of a number.

    Examples:
        >>> _decimal(12.0), _decimal(0.231), _decimal(1e-05), _decimal(4725000000000001.0)
        ('12', '0.231', '0.00001', '4.725000000000001E+15')
    """
    if value.is_integer() and abs(value) < 10**EXACT_DIGITS:
        return str(int(value))
    text = repr(value)
    if not isfinite(value):
        return ""
    if abs(value) >= 10**EXACT_DIGITS:
        return f"{Decimal(text).normalize():E}"
    return format(Decimal(text), "f") if "e" in text else text
