"""The rows behind a figure, and the way to a figure by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from longtake.domain.answers.report import Table
from longtake.domain.figure import Figure
from longtake.locale import LANGUAGES, catalogue
from longtake.render.tables import csv_table
from longtake.render.view import View
from longtake.render.wording import Wording
from longtake.services import evidence
from longtake.services.measured.kept import Kept
from longtake.services.reports.assemble import fit_to_show
from longtake.web.access import Place, of_campaign
from longtake.web.pages.evidence import readable
from longtake.web.pages.screens import screen_of
from longtake.web.pages.show import show
from longtake.web.screens.understand import waiting

MOST_EXPORTED = 200_000
CHUNK = 20_000
PAGE = 60
LIVE_COMMENTS = 50_000
"""Above this many comments a page does not ask the lake: it would keep its reader waiting."""
MOST_FOUND = 40


@of_campaign("rows")
@require_GET
def rows(request: HttpRequest, place: Place, figure: str) -> HttpResponse:
    """Show what a figure means and the rows behind it, a page at a time."""
    kept = place.kept()
    if kept is None:
        return waiting.page(request, place, "overview")
    found = _figure(place, kept, figure)
    asked = request.GET.get("page", "1")
    number = min(int(asked), 100_000) if asked.isdecimal() and len(asked) < 7 and int(asked) else 1
    sample, large = kept.rows(figure), kept.heading.comments > LIVE_COMMENTS
    if sample is None and large:
        return show(request, "failure.html.j2", place=place, status=503, kind="rows_wait", error=None)
    first, last = (number - 1) * PAGE, None
    if sample is not None and (large or first < len(sample.table.rows) or first >= sample.total):
        total, table = sample.total, replace(sample.table, rows=sample.table.rows[first : first + PAGE])
        last = len(sample.table.rows) if large else total
    else:
        total, table = _page(place, found, number)
    wording = Wording(catalogue(request.lang), kept.report.zone)
    return show(
        request,
        "rows.html.j2",
        place=place,
        screen=screen_of(section_of(found)),
        figure=found,
        view=View(kept.report, wording),
        wording=wording,
        table=readable(table),
        total=total,
        number=number,
        last=max(1, -(-(total if last is None else last) // PAGE)),
        reach=None if last is None or last >= total else last,
        first=first + 1,
        section=section_of(found),
        back=place.url("assets")
        if section_of(found) == "assets"
        else place.url("section", screen=screen_of(section_of(found)), section=section_of(found)),
    )


@of_campaign("rows")
@require_GET
def rows_csv(request: HttpRequest, place: Place, figure: str) -> HttpResponseBase:
    """Return the rows as CSV, masked as on the page."""
    kept = place.kept()
    if kept is None:
        return waiting.page(request, place, "overview")
    found = _figure(place, kept, figure)

    def parts() -> Iterator[bytes]:
        columns: tuple[str, ...] = ()
        for offset in range(0, MOST_EXPORTED, CHUNK):
            stretch = evidence.rows(place.workspace, found.id, limit=CHUNK, offset=offset)
            records = [dict(zip(stretch.columns, row, strict=True)) for row in stretch.rows]
            text = csv_table(fit_to_show(stretch.columns, records, keep_all=True))
            columns = columns or stretch.columns
            yield text.encode("utf-8-sig") if offset == 0 else text.partition("\r\n")[2].encode()
            if offset + CHUNK >= stretch.total:
                return

    answer = StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{figure}.csv"'
    return answer


@of_campaign("enter")
@require_GET
def search(request: HttpRequest, place: Place) -> HttpResponse:
    """Find figures by their names."""
    asked = request.GET.get("q", "").strip()[:60]
    kept = place.kept()
    found: list[tuple[str, Figure]] = []
    wording = Wording(catalogue(request.lang), kept.report.zone if kept else "Asia/Shanghai")
    if kept is not None and asked and place.part.may("rows"):
        wanted = asked.casefold().split()
        every = [Wording(catalogue(lang), kept.report.zone) for lang in LANGUAGES]
        for name, figure in kept.figures().items():
            text = " ".join([*(one.name(figure) for one in every), figure.id]).casefold()
            if all(word in text for word in wanted) and place.part.sees(screen_of(section_of(figure))):
                found.append((name, figure))
    return show(
        request,
        "search.html.j2",
        place=place,
        asked=asked,
        found=found[:MOST_FOUND],
        total=len(found),
        wording=wording,
        section_of=section_of,
    )


def section_of(figure: Figure) -> str:
    """Return the section a figure stands in, from its id.

    Examples:
        >>> from longtake.domain.estimate import Unknown
        >>> from longtake.domain.figure import Evidence
        >>> nothing = Unknown("no_rows", "count", "comments", 0)
        >>> section_of(Figure("film:heat.peak.weibo", "comments_total", nothing, Evidence("rows.comments")))
        'heat'
    """
    return figure.id.partition(":")[2].partition(".")[0]


def _figure(place: Place, kept: Kept, name: str) -> Figure:
    found = kept.figure(name)
    if found is None or not (place.part.sees(screen_of(section_of(found)))):
        raise Http404
    return found


def _page(place: Place, figure: Figure, number: int) -> tuple[int, Table]:
    stretch = evidence.rows(place.workspace, figure.id, limit=PAGE, offset=(number - 1) * PAGE)
    records = [dict(zip(stretch.columns, row, strict=True)) for row in stretch.rows]
    return stretch.total, fit_to_show(stretch.columns, records)
