"""The head of a file: enough of it to tell what it is, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Head:
    """What the first 64 kB of a file show.

    Attributes:
        form: csv, jsonl, json, xlsx, xls, xml, html, sqlite, subtitle, deflate, zip, text or binary.
        encoding: Name Python knows, such as utf-8-sig or gb18030; None for binary forms.
        text: The head as text; empty for binary forms.
        columns: Header cells of a table, or the keys of the first JSON record (of the list inside it
            when the file is one object), in file order, stripped of white space and byte-order marks.
        header_row: 0-based row of the header in a table (banner rows come before it); 0 otherwise.
        delimiter: Of a delimited file; empty otherwise.
        samples: The first records as text by column, at most five.
        sheets: Names of the sheets, or of the tables of a database.
        record: First JSON record as parsed; an empty mapping otherwise.
    """

    form: str
    encoding: str | None = None
    text: str = ""
    columns: tuple[str, ...] = ()
    header_row: int = 0
    delimiter: str = ""
    samples: tuple[Mapping[str, str], ...] = ()
    sheets: tuple[str, ...] = ()
    record: Mapping[str, object] = field(default_factory=dict)
