"""The overview and the screens of figures: one question each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from longtake.errors import LongtakeError
from longtake.records import queue, trail
from longtake.records.models import Annotation
from longtake.web.access import Place, by_link, of_campaign
from longtake.web.pages.screens import MORE, SCREENS, of_screen, screen_of
from longtake.web.pages.sections import sheet
from longtake.web.pages.show import show, tell
from longtake.web.screens.understand import waiting
from longtake.web.screens.understand.papers import on_overview
from longtake.web.screens.work.campaigns import moment

MAIN = ("split", "heat", "list")
WHY = ("diagnosis", "split")
QUOTED = ("said", "voice")
QUOTES = 3
BELOW = frozenset({"diagnosis_lacking"})
"""Sentences that point at what stands below them on their own screen, and nowhere else."""


@of_campaign("enter")
@require_GET
def overview(request: HttpRequest, place: Place) -> HttpResponse:
    """Say in a few sentences how the campaign stands."""
    return _overview(request, place)


@by_link
@require_GET
def shared_overview(request: HttpRequest, place: Place) -> HttpResponse:
    """Say the same to who holds a link."""
    return _overview(request, place)


@of_campaign("read")
@require_GET
def screen(request: HttpRequest, place: Place, screen: str, section: str = "") -> HttpResponse:
    """Show one screen, at its first section or the one asked for."""
    return _screen(request, place, screen, section)


@by_link
@require_GET
def shared_screen(request: HttpRequest, place: Place, screen: str, section: str = "") -> HttpResponse:
    """Show the same to who holds a link."""
    return _screen(request, place, screen, section)


@of_campaign("annotate")
@require_POST
def annotate(request: HttpRequest, place: Place) -> HttpResponse:
    """Write a remark on the time axis of every chart."""
    back = request.POST.get("back", "")
    text = request.POST.get("text", "").strip()[:200]
    try:
        at = moment(request.POST.get("at", ""))
    except LongtakeError:
        at = None
    if not text or at is None:
        tell(request, "annotation_needs", good=False)
    else:
        Annotation.objects.create(campaign=place.campaign.id, at=at, text=text, by=request.user)
        trail.note("annotate", person=request.user, campaign=place.campaign.id)
        queue.submit("measure", place.campaign.id, by=request.user, once=True)
        tell(request, "annotated")
    return redirect(_back(place, back))


@of_campaign("annotate")
@require_POST
def drop_annotation(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Take a remark away."""
    gone, _ = Annotation.objects.filter(pk=number, campaign=place.campaign.id).delete()
    if not gone:
        raise Http404
    trail.note("drop-annotation", person=request.user, campaign=place.campaign.id)
    queue.submit("measure", place.campaign.id, by=request.user, once=True)
    return redirect(_back(place, request.POST.get("back", "")))


def _overview(request: HttpRequest, place: Place) -> HttpResponse:
    if place.part.lane:
        return redirect(place.url("board"))
    if not place.part.may("read"):
        return show(request, "front.html.j2", place=place)
    kept = place.kept()
    if kept is None:
        return waiting.page(request, place, "overview")
    main = next((name for name in MAIN if name in kept.sections), "")
    why = next((name for name in WHY if name in kept.sections), "")
    quoted = [name for name in QUOTED if name in kept.sections]
    names = tuple(dict.fromkeys(name for name in (main, why, *quoted) if name))
    found = sheet(kept, request.lang, *names)
    by_name = {section.id: section for section in found.view.report.sections}
    quotes = [
        quote
        for name in quoted
        for group in ("violated", "exceeded", "selfstory", "neg", "pos")
        for quote in by_name[name].quotes.get(group, ())[:1]
    ][:QUOTES]
    return show(
        request,
        "overview.html.j2",
        place=place,
        screen="overview",
        kept=kept,
        view=found.view,
        wording=found.wording,
        pictures=found.pictures,
        main=by_name.get(main),
        why=by_name.get(why),
        because=[said for said in by_name[why].sentences if said.key not in BELOW] if why else [],
        quotes=quotes,
        screen_of=screen_of,
        annotations=_annotations(place),
        live=waiting.jobs(request, place),
        papers=on_overview(request, place, kept),
    )


def _screen(request: HttpRequest, place: Place, screen: str, section: str) -> HttpResponse:
    if screen not in {*SCREENS, MORE} or not place.part.sees(screen):
        raise Http404
    kept = place.kept()
    if kept is None:
        return waiting.page(request, place, screen)
    tabs = of_screen(screen, kept.sections)
    if section and section not in tabs:
        raise Http404
    if not tabs:
        return show(request, "empty-screen.html.j2", place=place, screen=screen)
    name = section or tabs[0]
    found = sheet(kept, request.lang, name)
    return show(
        request,
        "screen.html.j2",
        place=place,
        screen=screen,
        tabs=tabs,
        section=found.view.report.sections[0],
        kept=kept,
        view=found.view,
        wording=found.wording,
        pictures=found.pictures,
        annotations=_annotations(place),
        live=waiting.jobs(request, place),
    )


def _annotations(place: Place) -> list[Annotation]:
    if place.part.role == "guest":
        return []
    return list(Annotation.objects.filter(campaign=place.campaign.id).select_related("by"))


def _back(place: Place, given: str) -> str:
    own = place.url("overview")
    return given if given.startswith(own) and "//" not in given else own
