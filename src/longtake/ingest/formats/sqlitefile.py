"""SQLite databases, opened so that nothing in them can run, write or hang."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from longtake.errors import HostileFileError, UnreadableFileError

MAGIC = b"SQLite format 3\x00"
HEADER = 100
SECONDS = 60.0
STEPS = 100_000
VALUE_LIMIT = 8 << 20
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: VALUE_LIMIT,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
Cell = str | int | float | None


def tables(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the columns of each table (not view) with a plain name, in the order of names.

    Raises:
        UnreadableFileError: The file is no SQLite database, or its schema is damaged.
    """
    with _opened(path) as database:
        found = database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name LIMIT 200"
        )
        names = [name for (name,) in found if isinstance(name, str) and NAME.fullmatch(name)]
        columns: dict[str, tuple[str, ...]] = {}
        for name in names:
            info = database.execute("SELECT name FROM pragma_table_info(?)", (name,))
            columns[name] = tuple(str(column) for (column,) in info)
        return columns


def rows(
    path: Path, table: str, columns: Sequence[str], *, order: Sequence[str] = ()
) -> Iterator[tuple[Cell, ...]]:
    """Yield the named columns of one table; blobs come as None, text that is no UTF-8 with U+FFFD.

    Args:
        path: The database.
        table: Name of a table.
        columns: Names of its columns.
        order: Columns to sort by, ascending; without it, in the order of the file.

    Raises:
        ValueError: A name is not a plain identifier.
        UnreadableFileError: The file is damaged, or has no such table or column.
        HostileFileError: Reading takes more than a minute.
    """
    for name in (table, *columns, *order):
        if NAME.fullmatch(name) is None:
            raise ValueError(f"{name!r} is no plain name of a table or column")
    known = tables(path).get(table)
    if known is None:
        raise UnreadableFileError(path, f"no table {table!r}")
    missing = sorted({*columns, *order} - set(known))
    if missing:
        raise UnreadableFileError(path, f"no column {missing[0]!r} in table {table!r}")
    wanted = ", ".join(f'"{name}"' for name in columns)
    sorting = " ORDER BY " + ", ".join(f'"{name}"' for name in order) if order else ""
    with _opened(path) as database:
        statement = f'SELECT {wanted} FROM "{table}"{sorting}'  # noqa: S608 -- plain identifiers, checked above
        for row in database.execute(statement):
            yield tuple(None if isinstance(cell, bytes) else cell for cell in row)


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(HEADER)
    if not header.startswith(MAGIC) or len(header) < HEADER:
        raise UnreadableFileError(path, "not an SQLite database")
    page = int.from_bytes(header[16:18], "big")
    page = 65_536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    if page < 512 or page & (page - 1):
        raise UnreadableFileError(path, "damaged SQLite database (pages of an impossible size)")
    if header[24:28] == header[92:96] and pages * page > path.stat().st_size:
        raise UnreadableFileError(path, "an SQLite database that is cut off")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    _check_header(path)
    deadline = time.monotonic() + SECONDS
    late = False

    def stop() -> int:
        nonlocal late
        late = late or time.monotonic() > deadline
        return int(late)

    database: sqlite3.Connection | None = None
    try:
        database = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
        database.text_factory = lambda data: data.decode("utf-8", "replace")
        for limit, value in LIMITS.items():
            database.setlimit(limit, value)
        for pragma in (
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "query_only=ON",
            "mmap_size=0",
            "temp_store=MEMORY",
        ):
            database.execute(f"PRAGMA {pragma}")
        database.set_progress_handler(stop, STEPS)
        yield database
    except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError, MemoryError) as error:
        if late:
            raise HostileFileError(path, f"reading it takes more than {SECONDS:.0f} seconds") from error
        raise UnreadableFileError(path, f"damaged SQLite database ({error})") from error
    finally:
        if database is not None:
            database.close()
