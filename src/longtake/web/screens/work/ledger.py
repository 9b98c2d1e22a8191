"""What was done and what it cost, the communication nodes, the circles: all live in the campaign's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from longtake.domain.event import Event
from longtake.errors import LongtakeError
from longtake.ingest.templates.words import PLATFORMS, term
from longtake.ingest.values.number import number
from longtake.ingest.values.refusal import BadValue
from longtake.records import queue, trail
from longtake.services.reports.draft import ZONE
from longtake.services.work import described
from longtake.services.work.acts import acts
from longtake.web.access import Place, of_campaign
from longtake.web.pages.months import months
from longtake.web.pages.problems import in_words
from longtake.web.pages.show import show, tell
from longtake.web.screens.work.campaigns import listed_words, moment

EVENTS = (
    "ad",
    "kol",
    "trailer",
    "poster",
    "premiere",
    "screening",
    "roadshow",
    "release",
    "official_repost",
    "endorsement",
    "giveaway",
    "interview",
    "behind_the_scenes",
    "end_credit",
    "clip",
    "music",
    "topic",
    "live",
    "outdoor",
    "repair",
    "other",
)
NODES = (
    "trailer",
    "poster",
    "interview",
    "behind_the_scenes",
    "end_credit",
    "clip",
    "music",
    "live",
    "kol_brief",
    "challenge",
    "screening",
    "official_post",
)
ENTRIES = ("vote", "template", "challenge", "cta", "none")
CHINA = ZoneInfo(ZONE)


@of_campaign("read")
@require_GET
def ledger(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the acts as a calendar and as a table."""
    found = acts(place.workspace, place.campaign)
    spent = [one.event.cost_cny for one in found if one.event.cost_cny is not None]
    return show(
        request,
        "ledger.html.j2",
        place=place,
        work="ledger",
        acts=found,
        months=months(_by_day([one.event for one in found])),
        spent=sum(spent),
        priced=len(spent),
        kinds=EVENTS,
        nodes=place.campaign.nodes,
        folder=described.follows_folder(place.workspace, place.campaign.id),
    )


@of_campaign("edit")
@require_POST
def put_event(request: HttpRequest, place: Place) -> HttpResponse:
    """Write an act down."""
    given = request.POST
    return _put(
        request,
        place,
        "event",
        "ledger",
        lambda: {
            "kind": given.get("kind", "")[:40],
            "start": moment(given.get("start", "")),
            "end": moment(given.get("end", "")),
            "platform": _platform(given.get("platform", "")),
            "city": given.get("city", "").strip()[:40],
            "cost_cny": _money(given.get("cost_cny", "")),
            "node": given.get("node", "").strip()[:60],
            "note": given.get("note", "").strip()[:200],
            "planned": given.get("planned") == "1" or None,
        },
    )


@of_campaign("edit")
@require_POST
def drop_event(request: HttpRequest, place: Place, index: int) -> HttpResponse:
    """Take an act out."""
    return _drop(request, place, "event", "ledger", index)


@of_campaign("read")
@require_GET
def nodes(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the communication nodes with their assets and owners."""
    return show(
        request,
        "nodes.html.j2",
        place=place,
        work="nodes",
        kinds=NODES,
        entries=ENTRIES,
        folder=described.follows_folder(place.workspace, place.campaign.id),
    )


@of_campaign("edit")
@require_POST
def put_node(request: HttpRequest, place: Place) -> HttpResponse:
    """Write a node down."""
    given = request.POST
    fields = ("id", "kind", "title", "text", "file", "entry", "owner")
    return _put(
        request,
        place,
        "node",
        "nodes",
        lambda: {
            "at": moment(given.get("at", "")),
            "platform": _platform(given.get("platform", "")),
            **{field: given.get(field, "").strip()[:300] for field in fields},
        },
    )


@of_campaign("edit")
@require_POST
def drop_node(request: HttpRequest, place: Place, index: int) -> HttpResponse:
    """Take a node out."""
    return _drop(request, place, "node", "nodes", index)


@of_campaign("edit")
@require_POST
def put_circle(request: HttpRequest, place: Place) -> HttpResponse:
    """Write down what the people of a planned circle are known by."""
    given = request.POST
    return _put(
        request,
        place,
        "circle",
        "card",
        lambda: {
            "keywords": listed_words(given.get("keywords", "")[:2000]),
            "platforms": [_platform(one) for one in listed_words(given.get("platforms", "")[:400])],
            "regions": listed_words(given.get("regions", "")[:400]),
            "planned_share": _share(given.get("planned_share", "")),
        },
    )


def _platform(text: str) -> str:
    """Return the platform people mean, as the rows name it: 微博 is weibo."""
    return term(PLATFORMS, text[:40])


def _put(request: HttpRequest, place: Place, kind: str, back: str, told: Any) -> HttpResponse:
    asked = request.POST.get("index", "")
    index = int(asked) if asked.isdecimal() and len(asked) < 6 else None
    try:
        described.put(place.workspace, place.campaign.id, kind, index, told())
    except LongtakeError as error:
        tell(request, "not_saved", good=False, why=in_words(request.lang, error))
    else:
        _changed(request, place, "edit", kind)
        tell(request, "saved")
    return redirect(place.url(back))


def _drop(request: HttpRequest, place: Place, kind: str, back: str, index: int) -> HttpResponse:
    try:
        described.drop(place.workspace, place.campaign.id, kind, index)
    except LongtakeError as error:
        tell(request, "not_saved", good=False, why=in_words(request.lang, error))
    else:
        _changed(request, place, "remove", kind)
    return redirect(place.url(back))


def _changed(request: HttpRequest, place: Place, what: str, kind: str) -> None:
    trail.note(what, person=request.user, campaign=place.campaign.id, kind=kind)
    queue.submit("measure", place.campaign.id, by=request.user, once=True)


def _share(text: str) -> float | None:
    try:
        value = number(text).value
    except BadValue:
        raise described.DescriptionError(
            f"{text!r} is no share.", fix="Write 30% or 0.3.", says="no_share", given=text[:40]
        ) from None
    return None if value is None else round(value, 6)


def _money(text: str) -> float | None:
    try:
        value = float(text.replace(",", "").strip()) if text.strip() else None
    except ValueError:
        raise described.DescriptionError(
            f"{text!r} is no amount.",
            fix="Write yuan as a number such as 120000.",
            says="no_amount",
            given=text[:40],
        ) from None
    return value


def _by_day(events: Sequence[Event]) -> dict[date, list[Event]]:
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        by_day[event.start.astimezone(CHINA).date()].append(event)
    return by_day
