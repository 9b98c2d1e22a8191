"""Rules over figures, decisions that wait for an answer, and what became of each message."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from longtake.domain.figure import Figure
from longtake.errors import LongtakeError, NotFoundError
from longtake.records import queue, trail
from longtake.records.models import Job
from longtake.services import alerts as service
from longtake.services.alerts import editing
from longtake.services.alerts.book import Alert, load
from longtake.services.alerts.settings import KINDS, OWN, AlertSettings, Rule, read
from longtake.services.measured.kept import Kept
from longtake.services.reports.draft import ZONE
from longtake.services.work.described import DescriptionError
from longtake.web.access import Place, of_campaign
from longtake.web.pages.problems import in_words
from longtake.web.pages.show import show, tell
from longtake.web.screens.work.campaigns import moment

PAST = 30
NUMBERS = ("below", "above", "upper_below", "lower_above", "until")
LONGEST = 200


@of_campaign("alerts")
@require_GET
def alerts(request: HttpRequest, place: Place) -> HttpResponse:
    """Show what is watched, what waits for a decision, and where each message went."""
    when, name = request.GET.get("new", ""), request.GET.get("edit", "")
    return _page(request, place, when=when if when in KINDS else "", name=name)


@of_campaign("edit")
@require_POST
def put_rule(request: HttpRequest, place: Place) -> HttpResponse:
    """Write a rule down."""
    given, when, name = request.POST, request.POST.get("when", ""), request.POST.get("replaces", "")[:40]
    try:
        told = _told(given, when)
        editing.put_rule(
            place.workspace, place.campaign.id, told, replaces=name, everywhere=request.user.is_superuser
        )
    except LongtakeError as error:
        return _page(
            request,
            place,
            when=when if when in KINDS else "",
            name=name,
            problem=error,
            given=given,
            status=422,
        )
    trail.note("alert-rule", person=request.user, campaign=place.campaign.id, rule=told["name"])
    tell(request, "saved")
    return redirect(place.url("alerts"))


@of_campaign("edit")
@require_POST
def pause_rule(request: HttpRequest, place: Place, rule: str) -> HttpResponse:
    """Let a rule rest, or watch again."""
    _there(place, rule)
    paused = request.POST.get("paused") == "1"
    what = "alert-pause" if paused else "alert-wake"
    return _changed(
        request,
        place,
        what,
        rule,
        lambda: editing.pause_rule(
            place.workspace, place.campaign.id, rule, paused=paused, everywhere=request.user.is_superuser
        ),
    )


@of_campaign("edit")
@require_POST
def drop_rule(request: HttpRequest, place: Place, rule: str) -> HttpResponse:
    """Take a rule out."""
    _there(place, rule)
    return _changed(
        request,
        place,
        "alert-drop",
        rule,
        lambda: editing.drop_rule(
            place.workspace, place.campaign.id, rule, everywhere=request.user.is_superuser
        ),
    )


@of_campaign("edit")
@require_POST
def put_channel(request: HttpRequest, place: Place) -> HttpResponse:
    """Name a way to people, or replace its address; all films share them, so only a workspace owner may."""
    _of_workspace(request)
    name, address = request.POST.get("name", "").strip(), request.POST.get("address", "")[:2000]
    return _changed(
        request, place, "channel", name[:40], lambda: editing.put_channel(place.workspace, name, address)
    )


@of_campaign("edit")
@require_POST
def drop_channel(request: HttpRequest, place: Place, channel: str) -> HttpResponse:
    """Take a way to people out."""
    _of_workspace(request)
    return _changed(
        request, place, "channel-drop", channel, lambda: editing.drop_channel(place.workspace, channel)
    )


@of_campaign("edit")
@require_POST
def trial(request: HttpRequest, place: Place) -> HttpResponse:
    """Ask the worker to send a message that says it is a trial."""
    name = request.POST.get("channel", "")[:40]
    trail.note("alert-trial", person=request.user, campaign=place.campaign.id, channel=name)
    queue.submit("alerts", place.campaign.id, given={"trial": name}, by=request.user)
    return redirect(place.url("alerts"))


@of_campaign("edit")
@require_POST
def look(request: HttpRequest, place: Place) -> HttpResponse:
    """Ask the worker to hold the rules against the figures now, and to send what waits."""
    queue.submit("alerts", place.campaign.id, by=request.user, once=True)
    trail.note("alert-look", person=request.user, campaign=place.campaign.id)
    return redirect(place.url("alerts"))


@of_campaign("edit")
@require_POST
def answer(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Write down what was decided."""
    if not any(one.key == key and one.campaign == place.campaign.id for one in load(place.workspace).alerts):
        raise Http404
    try:
        found = service.answer(place.workspace, key, request.POST.get("choice", ""), now=timezone.now())
    except NotFoundError as error:
        raise Http404 from error
    except LongtakeError as error:
        tell(request, "not_saved", good=False, why=in_words(request.lang, error))
    else:
        trail.note("answer", person=request.user, campaign=place.campaign.id, alert=key, answer=found.answer)
        tell(request, "alerts.answered", answer=found.answer)
    return redirect(place.url("alerts"))


def _page(
    request: HttpRequest,
    place: Place,
    *,
    when: str = "",
    name: str = "",
    problem: LongtakeError | None = None,
    given: Any = None,
    status: int = 200,
) -> HttpResponse:
    settings, broken = _settings(place)
    rules = editing.rules_of(settings, place.campaign.id)
    edited = next((rule for rule in rules if rule.name == name), None) if name else None
    found, damaged = _alerts(place)
    jobs = list(Job.objects.filter(campaign=place.campaign.id, kind="alerts").order_by("-id")[:10])
    kept = place.kept() if when or edited else None
    return show(
        request,
        "alerts.html.j2",
        place=place,
        work="alerts",
        status=status,
        rules=rules,
        channels=tuple(settings.channels.values()),
        broken=broken or damaged,
        waiting=[one for one in reversed(found) if not one.answer],
        past=[one for one in reversed(found) if one.answer][:PAST],
        sent=[(one, way) for one in reversed(found) for way in sorted(one.ways.items())][:PAST],
        live=[job for job in jobs if job.live],
        last=next((job for job in jobs if not job.live), None),
        when=edited.when if edited else when,
        edited=edited,
        given=given,
        asks=OWN.get(edited.when if edited else when, frozenset()),
        kinds=KINDS,
        options=_options(kept),
        problem=problem,
        may_change={rule.name for rule in rules if _may(request, place, rule)},
        moment_of=_moment_of,
        moment_at=datetime.fromisoformat,
    )


def _settings(place: Place) -> tuple[AlertSettings, LongtakeError | None]:
    """Return the file's settings, or nothing and why it cannot be used."""
    if not (place.workspace.root / service.FILE).exists():
        return AlertSettings(), None
    try:
        return read(place.workspace), None
    except LongtakeError as error:
        return AlertSettings(), error


def _alerts(place: Place) -> tuple[Sequence[Alert], LongtakeError | None]:
    try:
        return [one for one in load(place.workspace).alerts if one.campaign == place.campaign.id], None
    except LongtakeError as error:
        return [], error


def _options(kept: Kept | None) -> list[tuple[str, Figure]]:
    """Return the figures a rule may watch, those of the strip first."""
    if kept is None:
        return []
    first = [figure.id for figure in kept.report.strip]
    figures = {figure.id: figure for figure in kept.figures().values()}
    order = [*(one for one in first if one in figures), *(one for one in figures if one not in first)]
    return [(one.partition(":")[2], figures[one]) for one in order]


def _may(request: HttpRequest, place: Place, rule: Rule) -> bool:
    own = rule.campaigns == (place.campaign.id,) or bool(request.user.is_superuser)
    return own and place.part.may("edit")


def _there(place: Place, name: str) -> None:
    settings, _ = _settings(place)
    if not any(rule.name == name for rule in editing.rules_of(settings, place.campaign.id)):
        raise Http404


def _of_workspace(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied


def _changed(request: HttpRequest, place: Place, what: str, name: str, change: Any) -> HttpResponse:
    try:
        change()
    except LongtakeError as error:
        tell(request, "not_saved", good=False, why=in_words(request.lang, error))
    else:
        trail.note(what, person=request.user, campaign=place.campaign.id, name=name)
        tell(request, "saved")
    return redirect(place.url("alerts"))


def _told(given: Any, when: str) -> dict[str, Any]:
    """Return a form as the keys of a rule.

    Raises:
        AlertEditError: A bound is no number.
        DescriptionError: The date is none.
    """
    asked = OWN.get(when, frozenset())
    told: dict[str, Any] = {"name": given.get("name", "").strip()[:40], "when": when}
    for key in sorted(asked & set(NUMBERS)):
        told[key] = _number(given.get(key, ""))
    if "figure" in asked:
        told["figure"] = given.get("figure", "").strip()[:LONGEST]
    if "at" in asked:
        told["at"] = moment(given.get("at", ""))
    told["to"] = [one[:40] for one in given.getlist("to")]
    told["why"], told["question"] = (given.get(key, "").strip()[:LONGEST] for key in ("why", "question"))
    answers = [given.get(key, "").strip()[:40] for key in ("first", "second")]
    told["answers"] = [one for one in answers if one]
    return told


def _number(text: str) -> float | None:
    plain = text.strip().replace("，", "").replace(",", "")
    if not plain:
        return None
    share = plain.endswith(("%", "％"))
    try:
        value = float(plain.rstrip("%％"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise DescriptionError(
            f"{text!r} is no number.", fix="Write it like 0.7.", says="no_number", given=text.strip()[:40]
        )
    return value / 100 if share else value


def _moment_of(value: datetime | None) -> str:
    return f"{value.astimezone(ZoneInfo(ZONE)):%Y-%m-%dT%H:%M}" if value else ""
