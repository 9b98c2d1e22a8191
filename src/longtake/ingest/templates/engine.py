"""One reader for every template: a plan of the header, then a row builder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.receipt import Item, Refused, Row
from longtake.ingest.cells import strangers
from longtake.ingest.formats.table import table, wrong_width
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.templates.columns import Column, confidence, plan

Build = Callable[[Mapping[str, str], int, Context], "list[Row] | Refused"]
_FORMS = frozenset({"csv", "xlsx", "xls"})


@dataclass(frozen=True, slots=True)
class TemplateReader:
    """Reads one of Longtake's own templates, CSV or XLSX, columns in any order.

    Attributes:
        name: As in :class:`~longtake.ingest.reader.Reader`.
        about: As in :class:`~longtake.ingest.reader.Reader`.
        columns: The template's columns.
        build: Makes the rows of one record, or its refusal.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    build: Build

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is this template's, in [0, 1]."""
        return confidence(head.columns, self.columns) if head.form in _FORMS else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield the rows or the refusal of each record, in file order."""
        headers = context.head.columns
        where = plan(headers, self.columns)
        yield from strangers((header for at, header in enumerate(headers) if at not in where), ())
        places = tuple(where.items())
        width = len(headers)
        for line, cells in table(path, context.head):
            if len(cells) != width:
                yield wrong_width(line, cells, width)
                continue
            rows = self.build({name: cells[at] for at, name in places}, line, context)
            if isinstance(rows, Refused):
                yield rows
            else:
                yield from rows
