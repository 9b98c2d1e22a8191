"""CSV and its relatives."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from longtake.ingest.formats.textfile import LINE_LIMIT, lines
from longtake.ingest.head import Head

DELIMITERS = ",\t;|"
BLANK = "\ufeff \t\r\n"
csv.field_size_limit(LINE_LIMIT)


def rows(text: str, delimiter: str) -> list[list[str]]:
    r"""Return the records in a piece of text; a record that cannot be parsed is empty.

    Examples:
        >>> rows('a,"b,c"\nd,e\n', ",")
        [['a', 'b,c'], ['d', 'e']]
    """
    text = text if "\n" in text else text.replace("\r", "\n")
    reader = csv.reader(StringIO(text, newline="\n"), delimiter=delimiter)
    found: list[list[str]] = []
    while True:
        try:
            found.append(next(reader))
        except StopIteration:
            return found
        except csv.Error:
            found.append([])


def sniff(text: str) -> str:
    r"""Return the delimiter that cuts most of the lines into the same number of cells; "" for none.

    Examples:
        >>> sniff("a\tb, c\td\n1\t2\t3\n"), sniff("one line\nand another\n")
        ('\t', '')
    """
    best, score = "", 0.0
    for delimiter in DELIMITERS:
        widths = [len(cells) for cells in rows(text, delimiter)[:200] if any(map(str.strip, cells))]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        merit = wide.count(usual) / len(widths) * (usual - 1) ** 0.5
        if merit > score and wide.count(usual) * 2 >= len(wide):
            best, score = delimiter, merit
    return best


def records(path: Path, head: Head) -> Iterator[tuple[int, list[str]]]:
    """Yield the records after the header row, with the line on which each starts (1-based).

    A blank line, a row of empty cells and a header row that is repeated later (as tools that append
    to a file leave it) are no records. A quote that is never closed costs its own record, not those
    after it: when the lines it swallowed look like records, its first line is yielded alone, one cell
    too long or too short, and reading goes on at the second.

    Raises:
        UnreadableFileError: The encoding breaks, or a byte is zero.
        HostileFileError: A line is longer than 8 M characters.
    """
    first = head.columns[0] if head.columns else ""
    for place, (number, cells) in enumerate(_parsed(path, head)):
        if place <= head.header_row or not any(map(str.strip, cells)):
            continue
        if cells[0].strip(BLANK) == first and tuple(cell.strip(BLANK) for cell in cells) == head.columns:
            continue
        yield number, cells


def _parsed(path: Path, head: Head) -> Iterator[tuple[int, list[str]]]:
    source = lines(path, head.encoding or "utf-8")
    delimiter, width = head.delimiter or ",", len(head.columns)
    waiting: deque[str] = deque()
    used: list[str] = []

    def feed() -> Iterator[str]:
        while (line := waiting.popleft() if waiting else next(source, None)) is not None:
            used.append(line)
            yield line

    number, place = 1, 0
    reader = csv.reader(feed(), delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = []
        broken = not cells and bool(used[0].strip())
        if broken or (
            len(used) > 1 and place > head.header_row and _swallowed(used, cells, delimiter, width)
        ):
            cells = _alone(used[0], delimiter, width)
            waiting.extendleft(reversed(used[1:]))
            del used[1:]
            reader = csv.reader(feed(), delimiter=delimiter)
        yield number, cells
        number, place = number + len(used), place + 1
        used.clear()


def _alone(line: str, delimiter: str, width: int) -> list[str]:
    cells = line.rstrip("\r\n").replace('"', "").split(delimiter)
    return cells if len(cells) != width else [*cells, ""]


def _swallowed(used: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a record of several lines holds lines that look like records of their own.

    With the right number of cells, the last line is no witness: it holds a whole row's delimiters
    whenever the first cell is the one that runs over lines.
    """
    right = len(cells) == width
    inner = used[1:-1] if right else used[1:]
    whole = sum(
        line.count(delimiter) >= width - 1 and len(_cells(line, delimiter)) == width for line in inner
    )
    return whole > len(inner) // 2 if right and width > 3 else whole > 0 and not right


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
