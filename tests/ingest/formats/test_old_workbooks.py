import random
import struct

import pytest

from longtake.errors import HostileFileError, LongtakeError, UnreadableFileError
from longtake.ingest.formats import sheets
from longtake.ingest.formats.table import table
from longtake.ingest.peek import peek


def compound(records):
    """An .xls file whose workbook stream holds the given records."""
    body = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    stream = body.ljust(max(4096, -(-len(body) // 512) * 512), b"\0")
    count = len(stream) // 512
    entry = lambda name, kind, start, size: (  # noqa: E731 -- a packed record, not logic
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", len(name) * 2 + 2, kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )
    directory = (entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry("Workbook", 2, 2, len(stream))).ljust(
        512, b"\0"
    )
    table_ = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(table_)}I", *table_).ljust(512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    )
    return header + fat + directory + stream


def label(row, column, text):
    return 0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + b"\x01" + text.encode("utf-16-le")


def number(row, column, value):
    return 0x0203, struct.pack("<HHHd", row, column, 0, value)


def binary(cells):
    begin = lambda kind: (0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))  # noqa: E731 -- a packed record
    globals_size = 20 + (4 + 8 + 2) + 4
    bound = 0x0085, struct.pack("<IBBBB", globals_size, 0, 0, 2, 0) + b"S1"
    return compound([begin(5), bound, (0x000A, b""), begin(16), *cells, (0x000A, b"")])


def test_an_old_workbook_reads_too(tmp_path):
    path = tmp_path / "x.xls"
    path.write_bytes(
        binary([label(0, 0, "标题"), label(0, 1, "播放"), label(1, 0, "甲"), number(1, 1, 12.0)])
    )
    head = peek(path)
    assert (head.form, head.columns, list(table(path, head))) == (
        "xls",
        ("标题", "播放"),
        [(2, ["甲", "12"])],
    )


@pytest.mark.parametrize("cells", [[(0, 0), (65_535, 255)], [(0, 0), (65_000, 200)]])
def test_an_old_workbook_of_two_corner_cells_is_refused(tmp_path, cells):
    path = tmp_path / "x.xls"
    path.write_bytes(binary([number(row, column, 1.0) for row, column in cells]))
    with pytest.raises(HostileFileError, match="almost all empty"):
        peek(path)


@pytest.mark.parametrize(
    "promise", [(0, 65_537, 0, 2), (0, 9, 0, 65_535), (5, 2, 0, 2), (0, 2**32 - 1, 0, 1)]
)
def test_an_old_workbook_that_promises_an_impossible_sheet_is_refused(tmp_path, promise):
    path = tmp_path / "x.xls"
    path.write_bytes(binary([(0x0200, struct.pack("<IIHHH", *promise, 0)), number(0, 0, 1.0)]))
    with pytest.raises(UnreadableFileError):
        peek(path)


def test_an_old_workbook_whose_sheet_hides_inside_another_record_is_refused(tmp_path):
    begin = (0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    inner = [begin, number(0, 0, 1.0), number(65_535, 255, 1.0), (0x000A, b"")]
    hidden = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in inner)
    globals_ = (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    bound = (0x0085, struct.pack("<IBBBB", 20 + 14 + 4 + 4, 0, 0, 2, 0) + b"S1")
    path = tmp_path / "x.xls"
    path.write_bytes(compound([globals_, bound, (0x000A, b""), (0x00EC, hidden), (0x000A, b"")]))
    with pytest.raises(HostileFileError, match="almost all empty"):
        peek(path)


def test_an_old_workbook_with_an_impossible_column_is_refused(tmp_path):
    path = tmp_path / "x.xls"
    path.write_bytes(binary([number(65_535, 65_535, 1.0)]))
    with pytest.raises(UnreadableFileError):
        peek(path)


def strings(words):
    body = struct.pack("<II", len(words), len(words))
    for word in words:
        body += struct.pack("<HB", len(word), 1) + word.encode("utf-16-le")
    return 0x00FC, body


def rich():
    """A workbook with shared strings, a date format, packed numbers, extents and a merged cell."""
    begin = lambda kind: (0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))  # noqa: E731 -- a packed record
    table_ = strings(["标题", "播放", "甲", "乙"])
    form = 0x041E, struct.pack("<HHB", 164, 10, 0) + b"yyyy-mm-dd"
    style = 0x00E0, struct.pack("<HH", 0, 164) + bytes(16)
    before = 20 + 14 + sum(4 + len(data) for _, data in (table_, form, style)) + 4
    bound = 0x0085, struct.pack("<IBBBB", before, 0, 0, 2, 0) + b"S1"
    shared = [(0x00FD, struct.pack("<HHHI", *cell)) for cell in ((0, 0, 0, 0), (0, 1, 0, 1), (1, 0, 0, 2))]
    packed = 0x00BD, struct.pack("<HHHIHIH", 2, 0, 0, 0x40, 0, 0x44, 1)
    extent = 0x0200, struct.pack("<IIHHH", 0, 3, 0, 3, 0)
    merged = 0x00E5, struct.pack("<HHHHH", 1, 0, 0, 0, 1)
    end = (0x000A, b"")
    cells = [extent, *shared, number(1, 1, 12.0), packed, merged]
    return compound([begin(5), bound, table_, form, style, end, begin(16), *cells, end])


@pytest.mark.parametrize("part", range(4))
def test_a_damaged_old_workbook_is_read_or_refused_and_never_ends_the_process(tmp_path, part):
    seed, rng = rich(), random.Random(part)
    path = tmp_path / "x.xls"
    for _ in range(250):
        data = bytearray(seed)
        for _ in range(rng.randint(1, 4)):
            value = rng.choice(
                [0, 1, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, rng.randrange(1 << 32)]
            )
            struct.pack_into("<I", data, rng.randrange(8, len(data) - 4), value)
        path.write_bytes(data)
        try:
            rows = list(sheets.cell_rows(path))
        except LongtakeError:
            continue
        assert all(isinstance(cell, str) for _, cells in rows for cell in cells)
