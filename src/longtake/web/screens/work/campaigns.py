"""The list of campaigns, a new one in four questions, and the proposition card."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from longtake.errors import LongtakeError
from longtake.locale import catalogue
from longtake.records import queue, trail
from longtake.records.models import Job, Membership
from longtake.services.campaigns import known as campaigns
from longtake.services.measured.kept import kept
from longtake.services.people.parts import parts_of
from longtake.services.people.roles import Part
from longtake.services.reports.draft import ZONE
from longtake.services.work import described
from longtake.web.access import Place, of_campaign, signed_in, workspace
from longtake.web.pages.emotions import as_labels, in_words
from longtake.web.pages.show import show, tell

SPLIT = re.compile(r"[,，、;；\n]+")
KINDS = ("feature", "short")
UNDATED = datetime.max.replace(tzinfo=UTC)


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show every campaign of the visitor with where it is heading."""
    mine = parts_of(request.user)
    every = request.user.is_superuser
    rows: list[dict[str, Any]] = []
    for campaign in campaigns.known(workspace()):
        part = Part("owner") if every else mine.get(campaign.id)
        if part is not None:
            figures = kept(workspace(), campaign.id) if not part.lane and part.may("read") else None
            rows.append({"campaign": campaign, "part": part, "kept": figures})
    rows.sort(key=lambda row: row["campaign"].release_at or UNDATED, reverse=True)
    at_work = set(
        Job.objects.filter(kind="measure", state__in=("queued", "running")).values_list("campaign", flat=True)
    )
    for row in rows:
        name = row["campaign"].id
        if row["kept"] is None and name not in at_work and row["part"].may("edit") and _has_rows(name):
            queue.submit("measure", name, once=True)
    names = [row["campaign"].id for row in rows] + ([""] if every else [])
    live = Job.objects.filter(campaign__in=names, state__in=("queued", "running"))
    working = list(live.exclude(kind__in=queue.PATIENT).order_by("id"))
    return show(request, "campaigns.html.j2", rows=rows, working=working)


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask the four questions, then go on to the files."""
    given = asked(request)
    if request.method == "GET":
        return show(request, "new.html.j2", given=given, kinds=KINDS, problem=None)
    try:
        campaign = described.begin(
            workspace(),
            name=given["name"],
            told={**told_of(given), "topics": [given["name"].strip().strip("《》")]},
            circles=tuple(listed_words(given["circles"])),
        )
    except LongtakeError as error:
        return show(request, "new.html.j2", given=given, kinds=KINDS, problem=error, status=422)
    if not request.user.is_superuser:
        Membership.objects.create(person=request.user, campaign=campaign.id, role="owner")
    trail.note("begin", person=request.user, campaign=campaign.id)
    tell(request, "begun")
    return redirect("files", campaign=campaign.id)


@of_campaign("enter")
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, place: Place) -> HttpResponse:
    """Show what the film wants to say and to whom; change it."""
    problem, status = None, 200
    given = given_of(place, request.lang)
    if request.method == "POST":
        if not place.part.may("edit"):
            return show(request, "failure.html.j2", status=403, kind="forbidden", error=None)
        given = asked(request)
        try:
            told = {**told_of(given), "emotions": as_labels(listed_words(given["emotions"]))}
            described.tell(place.workspace, place.campaign.id, told)
            described.name_circles(place.workspace, place.campaign.id, listed_words(given["circles"]))
        except LongtakeError as error:
            problem, status = error, 422
        else:
            trail.note("edit", person=request.user, campaign=place.campaign.id, kind="card")
            queue.submit("measure", place.campaign.id, by=request.user, once=True)
            tell(request, "saved")
            return redirect(place.url("card"))
    folder = described.follows_folder(place.workspace, place.campaign.id)
    return show(
        request,
        "card.html.j2",
        place=place,
        work="card",
        given=given,
        kinds=KINDS,
        emotions=in_words(request.lang, place.campaign.emotions),
        problem=problem,
        folder=folder,
        platforms_said=lambda circle: tuple(
            catalogue(request.lang).word("platform", one) for one in circle.platforms
        ),
        status=status,
    )


def _has_rows(campaign: str) -> bool:
    """Whether anything was imported; asks the folder alone, no file is read."""
    return any((workspace().lake.root / "commits" / f"campaign={campaign}").glob("*.json"))


def asked(request: HttpRequest) -> dict[str, str]:
    """Return what a form says, every field a text."""
    names = ("name", "kind", "release", "proposition", "competitors", "circles", "emotions")
    return {name: request.POST.get(name, "")[:2000] for name in names}


def told_of(given: dict[str, str]) -> dict[str, Any]:
    """Return a form's fields as values of a campaign file.

    Raises:
        DescriptionError: The release time is none.
    """
    return {
        "kind": given["kind"] if given["kind"] in KINDS else "",
        "release_at": moment(given["release"]),
        "proposition": given["proposition"].strip(),
        "competitors": listed_words(given["competitors"]),
    }


def given_of(place: Place, lang: str) -> dict[str, str]:
    """Return a campaign as the fields of its form, in a language."""
    campaign = place.campaign
    at = campaign.release_at.astimezone(ZoneInfo(ZONE)) if campaign.release_at else None
    return {
        "name": campaign.name,
        "kind": campaign.kind or "",
        "release": f"{at:%Y-%m-%dT%H:%M}" if at else "",
        "proposition": campaign.proposition or "",
        "competitors": "、".join(campaign.competitors),
        "circles": "、".join(circle.name for circle in campaign.circles),
        "emotions": "、".join(in_words(lang, campaign.emotions)),
    }


def listed_words(text: str) -> list[str]:
    """Return the words of a list a person typed.

    Examples:
        >>> listed_words("甲、 乙，,丙")
        ['甲', '乙', '丙']
    """
    return [word.strip() for word in SPLIT.split(text) if word.strip()][:60]


def moment(text: str) -> datetime | None:
    """Return a form's time, Beijing's when it names no zone; None for an empty one.

    Raises:
        DescriptionError: It is no time.
    """
    if not text.strip():
        return None
    try:
        value = datetime.fromisoformat(text.strip())
        return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(ZONE))
    except ValueError:
        raise described.DescriptionError(
            f"{text!r} is no time.", fix="Write it like 2026-01-08T10:00.", says="no_time", given=text[:40]
        ) from None
