"""Spreadsheets, cell by cell as a person sees them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.container import checked
from longtake.ingest.head import Head

INFLATED_LIMIT = 1 << 30
FILE_LIMIT = 256 << 20
AREA_LIMIT = 40_000_000
EXACT_DIGITS = 15
STEP = 1 << 20
REFERENCE = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,7})["']""")
ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d+)["']""")


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
        HostileFileError: It would inflate to more than 1 GB, or to 40 million cells.
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
    margin = [""] * left
    for number, row in enumerate(rows, top + 1):
        yield number, margin + [_text(cell) for cell in row]


def _workbook(path: Path) -> CalamineWorkbook:
    if path.stat().st_size > FILE_LIMIT:
        raise HostileFileError(path, f"a workbook of more than {FILE_LIMIT >> 20} MB")
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    if zipped:
        _check(path)
    try:
        return CalamineWorkbook.from_path(path)
    except BaseException as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: BaseException) -> BaseException:
    """Return the typed error for whatever the workbook parser threw, its panics included."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return UnreadableFileError(path, f"not a whole workbook ({str(error)[:80]})")
    return error


def _check(path: Path) -> None:
    """Refuse a workbook whose few cells would span an area that no memory holds."""
    members = checked(path, total_limit=INFLATED_LIMIT)
    try:
        with zipfile.ZipFile(path) as archive:
            for member in members:
                if member.filename.lower().startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                    _check_area(path, archive, member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFileError(path, "not a whole workbook") from error


def _check_area(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    columns: set[bytes] = set()
    last = seen = 0
    tail = b""
    with archive.open(member) as file:
        while piece := file.read(STEP):
            seen += len(piece)
            if seen > member.file_size:
                raise HostileFileError(path, f"member {member.filename[:80]!r} is longer than it says")
            text = tail + piece
            for letters, row in REFERENCE.findall(text):
                columns.add(letters)
                last = max(last, int(row))
            for row in ROW.findall(text):
                last = max(last, int(row))
            tail = text[-64:]
    widest = max((_column(letters) for letters in columns), default=1)
    if last * widest > AREA_LIMIT:
        raise HostileFileError(path, f"a sheet that spans {last} rows and {widest} columns")


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place


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
