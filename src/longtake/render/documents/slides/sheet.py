"""The workbook inside a native chart: values and plain text, never a formula, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from xlsxwriter import Workbook

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Plain:
    """Opens the workbook so that a text is a text; python-pptx's own takes one that begins with = to run."""

    @contextmanager
    def _open_worksheet(self, stream: Any) -> Iterator[tuple[Workbook, Any]]:
        book = Workbook(stream, OPTIONS)
        book.set_properties({"author": "Longtake", "created": WRITTEN})
        yield book, book.add_worksheet()
        book.close()


class _Categories(_Plain, CategoryWorkbookWriter):
    pass


class _Pairs(_Plain, XyWorkbookWriter):
    pass


def plain(chart: Any, data: CategoryChartData | XyChartData) -> None:
    """Put a workbook without formulas in the place of the one a native chart was made with."""
    kind: Any = _Pairs if isinstance(data, XyChartData) else _Categories
    writer = kind(data)
    chart.part.chart_workbook.update_from_xlsx_blob(writer.xlsx_blob)
