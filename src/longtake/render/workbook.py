"""The report as an Excel workbook that holds values, never formulas."""

from __future__ import annotations

import io
import math
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from longtake.domain.answers.report import Cell, Column, Report, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.locale import catalogue
from longtake.render.inventory import charts, figures
from longtake.render.wording import Wording

FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}
LONGEST_TEXT = 32_000
FORMATS = {"share": "0.0%", "chance": "0.0%", "cny": "#,##0.00", "number": "#,##0.######"}
TIGHT_KINDS = {
    "number": 14,
    "share": 12,
    "chance": 12,
    "cny": 16,
    "time": 18,
    "day": 14,
    "code": 22,
    "text": 28,
}


def workbook(report: Report, lang: str) -> bytes:
    """Return the report as an xlsx file: figures, one sheet a chart, sample rows, receipts.

    Args:
        report: The page.
        lang: zh or en; language of headings and names.

    Returns:
        The file; the same bytes for the same report. Times are wall-clock times in the report's zone.

    Raises:
        ValueError: There is no such language, or two different figures or charts share an id.
    """
    wording = Wording(catalogue(lang), report.zone)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": report.name, "author": "Longtake", "created": FIXED_DATE})
    sheets = _Sheets(book, wording)
    sheets.add("Figures", _figures(report, wording))
    for chart in charts(report):
        sheets.add(wording.catalogue.say(f"chart.{chart.title}"), chart.table)
    for section in report.sections:
        for title, table in section.tables.items():
            sheets.add(wording.catalogue.say(f"table.{title}"), table)
    sheets.add("Rows", _rows(report))
    sheets.add("Receipts", _receipts(report))
    sheets.add("Refused", _refused(report))
    book.close()
    return out.getvalue()


class _Sheets:
    """Sheets of one workbook, each under a name Excel takes."""

    def __init__(self, book: xlsxwriter.Workbook, wording: Wording) -> None:
        self.book, self.wording = book, wording
        self.names: set[str] = set()
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.formats = {kind: book.add_format({"num_format": form}) for kind, form in FORMATS.items()}
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def add(self, name: str, table: Table) -> None:
        """Write one table on its own sheet."""
        sheet = self.book.add_worksheet(self._free(name))
        for index, column in enumerate(table.columns):
            sheet.write_string(0, index, self.wording.heading(column), self.head)
            sheet.set_column(index, index, TIGHT_KINDS.get(column.kind, 28))
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(table.rows, start=1):
            for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                self._write(sheet, line, index, column, cell)

    def _write(self, sheet: Any, line: int, index: int, column: Column, cell: Cell) -> None:
        if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
            return
        if isinstance(cell, bool):
            sheet.write_boolean(line, index, cell)
        elif isinstance(cell, datetime):
            sheet.write_datetime(line, index, _naive(cell, self.wording.zone), self.time)
        elif isinstance(cell, (int, float)):
            if column.kind == "code" or abs(cell) >= 1e15:
                sheet.write_string(line, index, str(cell))
            else:
                sheet.write_number(line, index, cell, self.formats.get(column.kind))
        else:
            sheet.write_string(line, index, cell if len(cell) <= LONGEST_TEXT else f"{cell[:LONGEST_TEXT]}…")

    def _free(self, name: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", name).strip()[:28].strip() or "Sheet"
        number, free = 1, plain
        while free.lower() in self.names:
            number += 1
            free = f"{plain} {number}"
        self.names.add(free.lower())
        return free


def _figures(report: Report, wording: Wording) -> Table:
    columns = (
        Column("figure"),
        Column("value", "number"),
        Column("low", "number"),
        Column("high", "number"),
        Column("level", "share"),
        Column("unit"),
        Column("n", "number"),
        Column("method"),
        Column("reason"),
        Column("query", "code"),
        Column("id", "code"),
    )
    return Table(columns, tuple(_figure(figure, wording) for figure in figures(report).values()))


def _figure(figure: Figure, wording: Wording) -> tuple[Cell, ...]:
    quantity = figure.quantity
    unit = wording.catalogue.unit(quantity.unit)
    tail = (unit, quantity.n, quantity.method)
    source = (figure.evidence.query, figure.id)
    if isinstance(quantity, Estimate):
        numbers = (quantity.value, quantity.low, quantity.high, quantity.level)
        return (wording.name(figure), *numbers, *tail, None, *source)
    reason = wording.catalogue.word("reason", quantity.reason)
    return (wording.name(figure), None, None, None, None, *tail, reason, *source)


def _rows(report: Report) -> Table:
    keys: dict[str, Column] = {}
    for sample in report.rows.values():
        for column in sample.table.columns:
            keys.setdefault(column.key, column)
    rows = []
    for name, sample in sorted(report.rows.items()):
        places = {column.key: index for index, column in enumerate(sample.table.columns)}
        for row in sample.table.rows:
            rows.append((name, sample.total, *(row[places[key]] if key in places else None for key in keys)))
    return Table((Column("id", "code"), Column("total", "number"), *keys.values()), tuple(rows))


def _receipts(report: Report) -> Table:
    columns = (
        Column("file"),
        Column("reader"),
        Column("rows_in", "number"),
        Column("kept", "number"),
        Column("duplicate", "number"),
        Column("refused", "number"),
        Column("reason"),
        Column("sha256", "code"),
    )
    rows = tuple(
        (r.path, r.reader, r.rows_in, r.kept, r.duplicate, len(r.refused), r.error or None, r.sha256)
        for r in report.receipts
    )
    return Table(columns, rows)


def _refused(report: Report) -> Table:
    columns = (
        Column("file"),
        Column("line", "number"),
        Column("column"),
        Column("value"),
        Column("expected"),
    )
    rows = tuple(
        (receipt.path, refused.line, refused.column, refused.value, refused.expected)
        for receipt in report.receipts
        for refused in receipt.refused
    )
    return Table(columns, rows)


def _naive(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
