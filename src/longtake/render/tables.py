"""Tables as text a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import math
from datetime import UTC, datetime

from longtake.domain.answers.report import Cell, Table

FORMULA = frozenset("=+-@＝＋－＠\t\r\n|%")
BEFORE = " \u3000\ufeff"


def csv_table(table: Table) -> str:
    r"""Return a table as CSV, headed by its column keys.

    Times are ISO 8601 in UTC, unknown cells empty. A text that a spreadsheet could take for a formula gets an
    apostrophe in front; numbers stay as they are. Encode it as ``utf-8-sig`` for Excel.

    Examples:
        >>> from longtake.domain.answers.report import Column
        >>> csv_table(Table((Column("text"), Column("likes", "number")), (("=1+1", -3),)))
        "text,likes\r\n'=1+1,-3\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(column.key) for column in table.columns])
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def iso(at: datetime) -> str:
    """Return a time as ISO 8601 in UTC."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat().replace("+00:00", "Z")


def _text(cell: Cell) -> str:
    if type(cell) is str:
        return _harmless(cell)
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return iso(cell)
    return _harmless(cell) if isinstance(cell, str) else repr(cell)


def _harmless(text: str) -> str:
    text = text.replace("\x00", "")
    first = text[:1]
    if first in BEFORE:
        first = text.lstrip(BEFORE)[:1]
    return f"'{text}" if first in FORMULA else text
