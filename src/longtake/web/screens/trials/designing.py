"""The trials of a campaign, and the form that designs one: its power shows as one types."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longtake.domain.trials.trial import ASSIGNED, DESIGNS
from longtake.errors import LongtakeError
from longtake.locale import catalogue
from longtake.records import trail
from longtake.services import trials
from longtake.services.trials.power.slots import power_of_slots
from longtake.services.trials.power.splits import power_of_split
from longtake.services.trials.telling import name_of, power_lines
from longtake.web.access import Place, of_campaign
from longtake.web.pages.show import show
from longtake.web.screens.trials.form import Typed, golden_lines, prefilled, said, trial_of, typed

COUNTED = ("finish", "violated", "recommend", "warn", "clicks", "conversions", "shares", "tickets", "seconds")
"""Metrics a form offers by name; any other name of a column does as well."""


@of_campaign("trials.see")
@require_GET
def listed(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the trials of a campaign."""
    words = catalogue(request.lang)
    found: list[dict[str, Any]] = []
    for name in trials.ids(place.workspace, place.campaign.id):
        try:
            book = trials.load(place.workspace, place.campaign.id, name)
        except LongtakeError as error:
            found.append({"id": name, "book": None, "broken": said(request.lang, error), "last": ""})
            continue
        last = "" if not book.looks else name_of(book.looks[-1].look, words)
        found.append({"id": name, "book": book, "broken": "", "last": last})
    return show(request, "trials/list.html.j2", place=place, work="trials", found=found)


@of_campaign("trials.run")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the form, prefilled; take a design in."""
    if request.method == "GET":
        return _form(request, place, prefilled(place, request.lang), problem="", status=200)
    given = typed(request.POST)
    try:
        trial = trial_of(place, given, request.lang)
        trials.design(place.workspace, trial, by=str(request.user), now=datetime.now(UTC))
    except LongtakeError as error:
        return _form(request, place, given, problem=said(request.lang, error), status=422)
    trail.note("trial-design", person=request.user, campaign=place.campaign.id, trial=trial.id)
    return redirect(place.url("trial", trial=trial.id))


@of_campaign("trials.run")
@require_POST
def power(request: HttpRequest, place: Place) -> HttpResponse:
    """Return what the form as it stands could find."""
    given = typed(request.POST)
    return show(request, "trials/power.html.j2", place=place, lines=_power(request, place, given), quiet=True)


def _form(request: HttpRequest, place: Place, given: Typed, *, problem: str, status: int) -> HttpResponse:
    return show(
        request,
        "trials/new.html.j2",
        place=place,
        work="trials",
        given=given,
        problem=problem,
        designs=DESIGNS,
        metrics=tuple((one, catalogue(request.lang).word("metric", one)) for one in COUNTED),
        golden=golden_lines(place),
        who=tuple((one, catalogue(request.lang).word("trial_assigned", one)) for one in ASSIGNED),
        lines=_power(request, place, given),
        status=status,
    )


def _power(request: HttpRequest, place: Place, given: Typed) -> tuple[bool, tuple[str, ...]]:
    """Return whether it could be computed, and what it says or what is missing."""
    words = catalogue(request.lang)
    try:
        trial = trial_of(place, _asked(given), request.lang)
        if trial.by_place:
            return True, (words.say("trial_form.power_past"),)
        if trial.design == "described":
            return True, (words.say("trial.power_none"),)
        found = power_of_slots(trial) if trial.design == "matched_slots" else power_of_split(trial)
    except LongtakeError as error:
        return False, (said(request.lang, error),)
    return True, power_lines(trial, found, words)


def _asked(given: Typed) -> Typed:
    """Return the form with a question: power does not wait for its words."""
    return replace(given, values={**given.values, "question": given.values["question"] or "?"})
