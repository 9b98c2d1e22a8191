"""The board: four lanes side by side, each card with an owner and the number it should move."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from longtake.domain.figure import Figure
from longtake.locale import catalogue
from longtake.records import trail
from longtake.records.models import Card
from longtake.records.models.board import STAGES
from longtake.render.wording import Wording
from longtake.services.people.roles import LANES
from longtake.services.reports.draft import ZONE
from longtake.web.access import Place, of_campaign
from longtake.web.pages.show import show, tell

METRICS = {
    "narrative": ("line_echoes", "depth_composite"),
    "audience": ("positive_share", "crossing_radius"),
    "channel": ("reproduction", "comments_half_life", "promotion_total"),
    "interaction": ("depth_works", "depth_core"),
}
"""The figures a lane is watched by, the first known one is its head."""


@of_campaign("read")
@require_GET
def board(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the lanes of the visitor."""
    lanes = [lane for lane in LANES if place.part.lane in {"", lane}]
    cards = list(Card.objects.filter(campaign=place.campaign.id, lane__in=lanes))
    kept = place.kept()
    figures = kept.figures().items() if kept else ()
    wording = Wording(catalogue(request.lang), ZONE)
    by_label: dict[str, tuple[str, Figure]] = {}
    for slug, figure in figures:
        by_label.setdefault(figure.label, (slug, figure))
    heads: dict[str, Any] = {
        lane: next((by_label[label] for label in METRICS[lane] if label in by_label), None) for lane in lanes
    }
    options = {lane: [by_label[m] for m in METRICS[lane] if m in by_label] for lane in lanes}
    return show(
        request,
        "board.html.j2",
        place=place,
        work="board",
        lanes=lanes,
        stages=STAGES,
        cards={lane: [card for card in cards if card.lane == lane] for lane in lanes},
        heads=heads,
        options=options,
        by_label=by_label,
        wording=wording,
        today=date.today(),
    )


@of_campaign("board")
@require_POST
def put(request: HttpRequest, place: Place) -> HttpResponse:
    """Write a card."""
    lane = request.POST.get("lane", "")
    if lane not in LANES or not place.part.works_in(lane):
        raise Http404
    title, owner = request.POST.get("title", "").strip()[:160], request.POST.get("owner", "").strip()[:80]
    metric = request.POST.get("metric", "")
    if not title or not owner:
        tell(request, "card_needs", good=False)
        return redirect(place.url("board"))
    Card.objects.create(
        campaign=place.campaign.id,
        lane=lane,
        title=title,
        owner=owner,
        metric=metric if metric in METRICS[lane] else "",
        due=_day(request.POST.get("due", "")),
        made_by=request.user,
    )
    trail.note("card", person=request.user, campaign=place.campaign.id, lane=lane, title=title)
    return redirect(place.url("board"))


@of_campaign("board")
@require_POST
def move(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Move a card to another stage."""
    card = _card(place, number)
    stage = request.POST.get("stage", "")
    if stage in STAGES:
        Card.objects.filter(pk=card.pk).update(stage=stage)
        trail.note(
            "move",
            person=request.user,
            campaign=place.campaign.id,
            card=number,
            title=card.title,
            stage=stage,
        )
    return redirect(place.url("board"))


@of_campaign("board")
@require_POST
def drop(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Take a card away."""
    card = _card(place, number)
    card.delete()
    trail.note("drop-card", person=request.user, campaign=place.campaign.id, card=number, title=card.title)
    return redirect(place.url("board"))


def _card(place: Place, number: int) -> Card:
    card = Card.objects.filter(pk=number, campaign=place.campaign.id).first()
    if card is None or not place.part.works_in(card.lane):
        raise Http404
    return card


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
