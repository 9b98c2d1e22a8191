"""Workbooks that would make a parser set aside more memory than any machine has.

Calamine lays a sheet out as a full rectangle, so two cells in opposite corners of a 5 kB file cost
400 GB, and it sets room aside for as many shared strings as the file says it holds; either ends the
process, which no handler can catch. Both are measured here, on the packed file, first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.guards.binary import spans
from longtake.ingest.formats.guards.container import checked

INFLATED_LIMIT = 1 << 30
INFLATED_FLOOR = 128 << 20
INFLATED_RATIO = 20
AREA_FLOOR = 3_000_000
STEP = 1 << 20
SHORTEST_STRING = len("<si/>")
DECLARED = re.compile(rb"""\buniqueCount\s*=\s*["']([^"']{0,40})""")
REFERENCE = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,10})["']""")
ROW = re.compile(rb"""\br\s*=\s*["'](\d{1,10})["']""")


def check_zipped(path: Path) -> None:
    """Refuse an .xlsx file that would inflate or spread too far.

    Raises:
        HostileFileError: It inflates to more than 128 MB and 20 times its size, or a sheet spans more
            than three million cells and one for each byte of the file.
        UnreadableFileError: It is cut off, damaged, or a binary workbook (.xlsb).
    """
    size = path.stat().st_size
    members = checked(path, total_limit=min(INFLATED_LIMIT, max(INFLATED_FLOOR, INFLATED_RATIO * size)))
    if any(
        member.filename.lower().endswith(".bin") and "sheet" in member.filename.lower() for member in members
    ):
        raise UnreadableFileError(path, "a binary workbook", fix="Save it as .xlsx.")
    try:
        with zipfile.ZipFile(path) as archive:
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check(path, *_extent(path, archive, member))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise UnreadableFileError(path, "not a whole workbook") from error


def check_binary(path: Path) -> None:
    """Refuse an .xls file whose sheets would spread too far.

    Raises:
        HostileFileError: A sheet spans more than three million cells and one for each byte of the file.
        UnreadableFileError: The file is no compound document, or is damaged.
    """
    data = path.read_bytes()
    try:
        found = tuple(spans(data))
    except (ValueError, IndexError) as error:
        raise UnreadableFileError(path, "not a whole workbook") from error
    for rows, columns in found:
        _check(path, rows, columns)


def _check(path: Path, rows: int, columns: int) -> None:
    if rows * columns > AREA_FLOOR + path.stat().st_size:
        raise HostileFileError(
            path, f"a sheet that spans {rows} rows and {columns} columns, almost all empty"
        )


def _extent(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    columns: set[bytes] = set()
    last = seen = 0
    tail = b""
    with archive.open(member) as file:
        while piece := file.read(STEP):
            seen += len(piece)
            if seen > member.file_size:
                raise HostileFileError(path, f"member {member.filename[:80]!r} is longer than it says")
            text = tail + piece
            for declared in DECLARED.findall(text):
                if not declared.isdigit() or int(declared) > member.file_size // SHORTEST_STRING:
                    raise HostileFileError(path, "says it holds more strings than its size allows")
            for letters, row in REFERENCE.findall(text):
                columns.add(letters)
                last = max(last, int(row))
            last = max([last, *map(int, ROW.findall(text))])
            tail = text[-64:]
    return last, max(map(_column, columns), default=1)


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place
