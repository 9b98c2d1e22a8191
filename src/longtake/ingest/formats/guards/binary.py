"""The extent of the sheets in an .xls file, read off its records.

An .xls file is a compound document (MS-CFB) with a stream of records (BIFF8, MS-XLS); only what the
extent of the cells needs is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

NAMES = frozenset({"workbook", "book"})
FREE = 0xFFFFFFFA
CELLS = frozenset(
    {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0001, 0x0002, 0x0003, 0x0004, 0x0005}
)
WIDE = frozenset({0x00BD, 0x00BE})
BEGIN = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
SHEET, EXTENT = 0x0085, 0x0200
ROW_LIMIT, COLUMN_LIMIT = 65_536, 256
STREAM, ROOT, END = 2, 5, 0xFFFFFFFE


def spans(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield ``(rows, columns)`` of the rectangle that holds the cells of each sheet.

    Raises:
        ValueError: The data are no compound document with a workbook, or are damaged.
    """
    try:
        streams = workbooks(data)
        for stream in streams:
            for start in (0, *_sheets(stream)):
                yield from _extents(stream, start)
    except struct.error as error:
        raise ValueError("a record is cut off") from error
    if not streams:
        raise ValueError("no workbook in it")


def _sheets(stream: bytes) -> Iterator[int]:
    """Yield where each sheet says it starts, which need not be where its records follow the others."""
    for kind, place, size in _records(stream, 0):
        if kind == SHEET and size >= 4:
            yield int(struct.unpack_from("<I", stream, place)[0])


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, size
        place += 4 + size


def _extents(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    rows = columns = 0
    for kind, place, size in _records(stream, start):
        if kind in BEGIN and rows:
            yield rows, columns
            rows = columns = 0
        if kind == EXTENT:
            _check_promise(stream[place : place + size])
        elif kind in CELLS or kind in WIDE:
            row, column = struct.unpack_from("<HH", stream, place)
            if kind in WIDE and size >= 6:
                column = max(column, int(struct.unpack_from("<H", stream, place + size - 2)[0]))
            if column >= COLUMN_LIMIT:
                raise ValueError("a cell stands beyond the last column")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    if rows:
        yield rows, columns


def _check_promise(record: bytes) -> None:
    """Refuse a sheet that says it holds more cells than any can; parsers set room aside for them."""
    first, last, left, right = struct.unpack_from("<IIHH" if len(record) >= 12 else "<HHHH", record)
    if not (first <= last <= ROW_LIMIT and left <= right <= COLUMN_LIMIT):
        raise ValueError("a sheet of an impossible size")


def workbooks(data: bytes) -> tuple[bytes, ...]:
    """Return the workbook streams of a compound document.

    Raises:
        ValueError: A chain of sectors is broken.
    """
    if len(data) < 512:
        raise ValueError("shorter than its header")
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    first, _, cutoff, small_first = struct.unpack_from("<IIII", data, 48)
    if shift not in {9, 12} or small_shift != 6:
        raise ValueError("sectors of an unknown size")
    size = 1 << shift
    table = _table(data, size)
    directory = _chain(data, table, first, size, 1)
    entries = [directory[place : place + 128] for place in range(0, len(directory) - 127, 128)]
    root = next((_extent_of(entry)[0] for entry in entries if entry[66] == ROOT), END)
    found: list[bytes] = []
    for entry in entries:
        length = min(64, struct.unpack_from("<H", entry, 64)[0])
        name = entry[: max(0, length - 2)].decode("utf-16-le", "replace").lower()
        if name not in NAMES or entry[66] != STREAM:
            continue
        start, total = _extent_of(entry)
        if total >= cutoff:
            found.append(_chain(data, table, start, size, 1)[:total])
        else:
            small_table = _numbers(_chain(data, table, small_first, size, 1))
            small = _chain(data, table, root, size, 1)
            found.append(_chain(small, small_table, start, 1 << small_shift, 0)[:total])
    return tuple(found)


def _extent_of(entry: bytes) -> tuple[int, int]:
    start, total = struct.unpack_from("<II", entry, 116)
    return start, total


def _table(data: bytes, size: int) -> list[int]:
    sectors = list(struct.unpack_from("<109I", data, 76))
    extra, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if extra >= FREE:
            break
        numbers = _numbers(data[(extra + 1) * size : (extra + 2) * size])
        if len(numbers) * 4 != size:
            raise ValueError("the table of sectors is cut off")
        sectors += numbers[:-1]
        extra = numbers[-1]
    parts = [data[(sector + 1) * size : (sector + 2) * size] for sector in sectors if sector < FREE]
    return _numbers(b"".join(parts))


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(data: bytes, table: list[int], first: int, size: int, offset: int) -> bytes:
    parts: list[bytes] = []
    sector = first
    while sector < FREE:
        if sector >= len(table) or len(parts) > len(table):
            raise ValueError("a chain of sectors is broken")
        parts.append(data[(sector + offset) * size : (sector + offset + 1) * size])
        sector = table[sector]
    return b"".join(parts)
