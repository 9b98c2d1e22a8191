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
ROW_LIMIT, COLUMN_LIMIT = 65_536, 256


def spans(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield ``(rows, columns)`` of the rectangle that holds the cells of each sheet.

    Raises:
        ValueError: The data are no compound document with a workbook, or are damaged.
    """
    stream = workbook(data)
    rows = columns = place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        place += 4
        if kind in BEGIN and rows:
            yield rows, columns
            rows = columns = 0
        if kind in CELLS or kind in WIDE:
            if size < 4 or place + size > len(stream):
                raise ValueError("a cell record is cut off")
            row, column = struct.unpack_from("<HH", stream, place)
            if kind in WIDE:
                column = max(column, int(struct.unpack_from("<H", stream, place + size - 2)[0]))
            if column >= COLUMN_LIMIT:
                raise ValueError("a cell stands beyond the last column")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        place += size
    if rows:
        yield rows, columns


def workbook(data: bytes) -> bytes:
    """Return the workbook stream of a compound document.

    Raises:
        ValueError: There is none, or a chain of sectors is broken.
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
    root_start, small_stream = 0, b""
    for place in range(0, len(directory) - 127, 128):
        length = min(64, struct.unpack_from("<H", directory, place + 64)[0])
        name = directory[place : place + max(0, length - 2)].decode("utf-16-le", "replace").lower()
        start, total = struct.unpack_from("<II", directory, place + 116)
        if directory[place + 66] == 5:
            root_start = start
        if name in NAMES and directory[place + 66] == 2:
            if total >= cutoff:
                return _chain(data, table, start, size, 1)[:total]
            small_table = _numbers(_chain(data, table, small_first, size, 1))
            small_stream = _chain(data, table, root_start, size, 1)
            return _chain(small_stream, small_table, start, 1 << small_shift, 0)[:total]
    raise ValueError("no workbook in it")


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
