"""Charts and figures to take along."""

from __future__ import annotations

import io
import json

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from longtake.domain.answers.report import Chart
from longtake.locale import catalogue
from longtake.render.tables import csv_table
from longtake.render.wording import Wording
from longtake.services.measured.kept import Kept
from longtake.web.access import Place, by_link, of_campaign
from longtake.web.pages.locales import chart_locale
from longtake.web.pages.screens import screen_of
from longtake.web.pages.sections import find_chart
from longtake.web.pages.show import show

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@")


@of_campaign("read")
@require_GET
def live(request: HttpRequest, place: Place, chart: str) -> HttpResponse:
    """Return what it takes to draw a chart that answers the pointer."""
    return _live(request, place, chart)


@by_link
@require_GET
def shared_live(request: HttpRequest, place: Place, chart: str) -> HttpResponse:
    """Return the same to who holds a link."""
    return _live(request, place, chart)


@of_campaign("rows")
@require_GET
def chart_csv(request: HttpRequest, place: Place, chart: str) -> HttpResponse:
    """Return a chart's table as CSV."""
    del request
    _, found = _chart(place, chart)
    answer = HttpResponse(csv_table(found.table).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{chart}.csv"'
    return answer


@of_campaign("rows")
@require_GET
def chart_xlsx(request: HttpRequest, place: Place, chart: str) -> HttpResponse:
    """Return a chart's table as a workbook, headed in the visitor's language."""
    import xlsxwriter  # noqa: PLC0415 -- slow import

    kept, found = _chart(place, chart)
    wording = Wording(catalogue(request.lang), kept.report.zone)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("data")
        bold = book.add_format({"bold": True})
        for index, column in enumerate(found.table.columns):
            sheet.write_string(0, index, wording.heading(column), bold)
            sheet.set_column(index, index, 20)
        for number, row in enumerate(found.table.rows, 1):
            for index, (column, cell) in enumerate(zip(found.table.columns, row, strict=True)):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    sheet.write_number(number, index, cell)
                elif cell is not None:
                    sheet.write_string(number, index, wording.cell(column, cell))
        sheet.freeze_panes(1, 0)
    answer = HttpResponse(buffer.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{chart}.xlsx"'
    return answer


@of_campaign("rows")
@require_GET
def workbook(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Return every figure and chart as one workbook."""
    return _file(request, place, f"figures.{request.lang}.xlsx", XLSX)


@of_campaign("rows")
@require_GET
def figures_json(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Return every figure as JSON."""
    return _file(request, place, "figures.json", "application/json")


def _live(request: HttpRequest, place: Place, chart: str) -> HttpResponse:
    kept, found = _chart(place, chart)
    body = {"chart": kept.live(found.id, request.lang), **chart_locale(request.lang)}
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/json")


def _chart(place: Place, name: str) -> tuple[Kept, Chart]:
    kept = place.kept()
    found = find_chart(kept, name) if kept is not None else None
    if kept is None or found is None or not place.part.sees(screen_of(found[0].id)):
        raise Http404
    return kept, found[1]


def _file(request: HttpRequest, place: Place, name: str, kind: str) -> HttpResponseBase:
    kept = place.kept()
    if kept is None or place.part.lane:
        raise Http404
    if not (kept.folder / name).exists():
        return show(request, "failure.html.j2", place=place, status=503, kind="not_written", error=None)
    return FileResponse(
        (kept.folder / name).open("rb"),
        as_attachment=True,
        filename=f"{place.campaign.id}-{name}",
        content_type=kind,
    )
