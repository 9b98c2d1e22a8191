"""The report on paper: what is written, what is being written, and each file to take along."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from longtake.records import queue, trail
from longtake.records.models import Job
from longtake.services.measured import papers as written
from longtake.services.measured.kept import Kept
from longtake.services.people import sharing
from longtake.web.access import Place, by_link, of_campaign
from longtake.web.pages.show import show
from longtake.web.screens.understand import waiting

KINDS_OF_FILE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SHARED = "one-page"
BEFORE = ("measure", "rows", "papers")
"""Kinds of work that have to be over before documents are there, in their order."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in the visitor's language.

    Attributes:
        kind: one-page or retrospective.
        form: docx, pdf or pptx.
        ready: Whether it is written.
        no_fonts: Whether it cannot be, for want of a Chinese font.
        size: Its bytes; zero while it is not written.
    """

    kind: str
    form: str
    ready: bool
    no_fonts: bool
    size: int


@of_campaign("papers")
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the documents of the figures as they stand now; a POST asks for those that are missing."""
    kept = place.kept()
    if kept is None:
        return waiting.page(request, place, "overview")
    if request.method == "POST":
        queue.submit("papers", place.campaign.id, by=request.user, once=True)
        trail.note("papers", person=request.user, campaign=place.campaign.id)
        return redirect(place.url("papers"))
    found = listed(kept, request.lang)
    live = list(
        Job.objects.filter(
            campaign=place.campaign.id, state__in=("queued", "running"), kind__in=BEFORE
        ).order_by("id")
    )
    last = Job.objects.filter(campaign=place.campaign.id, kind="papers").first()
    failed = last if last is not None and last.state in {"failed", "cancelled"} and not live else None
    waits = any(not one.ready and not one.no_fonts for one in found)
    if waits and not live and failed is None:
        live = [queue.submit("papers", place.campaign.id, by=request.user, once=True)]
    return show(
        request,
        "papers.html.j2",
        place=place,
        screen="overview",
        papers=found,
        live=live,
        failed=failed,
        no_fonts=any(one.no_fonts for one in found),
    )


@of_campaign("papers")
@require_GET
def paper(request: HttpRequest, place: Place, kind: str, form: str) -> HttpResponseBase:
    """Return one document; to the list of documents while it is not written."""
    kept = place.kept()
    answer = _file(request, place, kept, kind, form)
    return redirect(place.url("papers")) if answer is None else answer


@by_link
@require_GET
def shared_paper(request: HttpRequest, place: Place, kind: str, form: str) -> HttpResponseBase:
    """Return the one page to who holds a link, if whoever made the link may read it."""
    if kind != SHARED or not sharing.opens_papers(place.token, timezone.now()):
        raise Http404
    answer = _file(request, place, place.kept(), kind, form)
    if answer is None:
        return show(request, "failure.html.j2", place=place, status=503, kind="not_written", error=None)
    return answer


def listed(kept: Kept, lang: str) -> list[Paper]:
    """Return the documents of a language, written or not."""
    return [_paper(kept, kind, form, lang) for kind, forms in written.PAPERS.items() for form in forms]


def on_overview(request: HttpRequest, place: Place, kept: Kept) -> list[Paper]:
    """Return the one page in its forms, for who may open it; a guest is shown what is written alone."""
    guest = place.part.role == "guest"
    may = sharing.opens_papers(place.token, timezone.now()) if guest else place.part.may("papers")
    found = [one for one in listed(kept, request.lang) if one.kind == SHARED] if may else []
    return [one for one in found if one.ready or not guest]


def _paper(kept: Kept, kind: str, form: str, lang: str) -> Paper:
    path = written.paper(kept, kind, form, lang)
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return Paper(kind, form, False, written.lacks_fonts(kept, kind, form, lang), 0)
    return Paper(kind, form, True, False, size)


def _file(
    request: HttpRequest, place: Place, kept: Kept | None, kind: str, form: str
) -> HttpResponseBase | None:
    if form not in written.PAPERS.get(kind, ()):
        raise Http404
    if kept is None:
        return None
    try:
        content = written.paper(kept, kind, form, request.lang).open("rb")
    except FileNotFoundError:
        return None
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"{place.campaign.id}-{kind}.{request.lang}.{form}",
        content_type=KINDS_OF_FILE[form],
    )
