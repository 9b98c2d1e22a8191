"""A desk on which the readers of social exports are tried."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from longtake.domain.receipt import Item
from longtake.ingest.head import Head
from longtake.ingest.identity import pseudonym
from longtake.ingest.peek import peek
from longtake.ingest.reader import Context, Reader
from longtake.ingest.social import READERS

KEY = bytes(range(32))
HIDE = pseudonym(KEY)


class Desk:
    """Writes a file, finds its reader by content, and reads it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str, data: str | bytes) -> Path:
        path = self._folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def reader(self, path: Path) -> Reader:
        head = peek(path)
        return max(READERS, key=lambda reader: reader.sniff(head, path))

    def read(self, path: Path, observed_at: datetime | None = None) -> list[Item]:
        return list(self.stream(self.reader(path), path, observed_at))

    def stream(self, reader: Reader, path: Path, observed_at: datetime | None = None) -> Iterator[Item]:
        return reader.read(path, Context(peek(path), observed_at, HIDE, path.name))

    def table(self, name: str, header: str, *rows: Sequence[object]) -> list[Item]:
        return self.read(self.path(name, as_csv(header.split(","), rows)))

    def under(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[Item]:
        """Read rows under a header that is known, however odd the rows are."""
        path = self.path("a.csv", as_csv(columns, rows))
        head = Head("csv", "utf-8-sig", columns=tuple(columns), delimiter=",")
        reader = max(READERS, key=lambda one: one.sniff(head, path))
        return list(reader.read(path, Context(head, None, HIDE, path.name)))

    def lines(self, name: str, *records: object) -> list[Item]:
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        return self.read(self.path(name, text))

    def document(self, name: str, value: object) -> list[Item]:
        return self.read(self.path(name, json.dumps(value, ensure_ascii=False, indent=1)))


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def hide() -> Callable[[str, str], str]:
    return HIDE
