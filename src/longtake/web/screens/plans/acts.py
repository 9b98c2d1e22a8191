"""Acts on a plan, each one entry of its chain: parse, call the service, say what came of it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from longtake.errors import LongtakeError
from longtake.records import trail
from longtake.services.plans.after import learn as learning
from longtake.services.plans.after import remember as memory
from longtake.services.plans.later import asked_values
from longtake.services.plans.running import adopt as adopting
from longtake.services.plans.running import judge as judging
from longtake.services.plans.running.desk import Desk
from longtake.services.plans.running.look import look as look_at
from longtake.services.plans.running.start import start as start_stage
from longtake.web.access import Place, of_campaign
from longtake.web.pages.problems import in_words
from longtake.web.pages.show import tell
from longtake.web.screens.plans.asked import asked_of, day_of, whole_number
from longtake.web.screens.plans.place import at_desk, book_of, stage_of
from longtake.web.screens.plans.working import ask

TEXTS = ("owner", "budget_cny", "design", "minimum", "horizon_days", "harm", "start", "stop")


def _act(
    request: HttpRequest,
    place: Place,
    kind: str,
    back: str,
    do: Callable[[Desk], object],
    *,
    stage: str = "",
) -> HttpResponse:
    try:
        with at_desk(request, place) as desk:
            do(desk)
    except LongtakeError as error:
        tell(request, "not_saved", good=False, why=in_words(request.lang, error))
    else:
        trail.note(f"plan-{kind}", person=request.user, campaign=place.campaign.id, stage=stage)
        tell(request, "saved")
    return redirect(back)


def _of_stage(
    request: HttpRequest, place: Place, kind: str, stage: str, do: Callable[[Desk], object]
) -> HttpResponse:
    stage_of(place, book_of(place), stage)
    return _act(request, place, kind, place.url("plan-stage", stage=stage), do, stage=stage)


@of_campaign("plan")
@require_POST
def adopt(request: HttpRequest, place: Place) -> HttpResponse:
    """Have a plan drafted from the diagnosis and made the campaign's own: the worker measures first."""
    ask(request, place, "adopt", lang=request.lang)
    trail.note("plan-adopt", person=request.user, campaign=place.campaign.id)
    return redirect(place.url("plan"))


@of_campaign("plan")
@require_POST
def edit(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Change a stage: a new version."""
    life = stage_of(place, book_of(place), stage)
    given = {name: request.POST[name] for name in TEXTS if name in request.POST}

    def do(desk: Desk) -> object:
        begins = day_of(request.POST.get("begins", ""))
        return adopting.edit(desk, stage, given, begins=None if begins == life.begins else begins)

    return _of_stage(request, place, "edit", stage, do)


@of_campaign("plan")
@require_POST
def lock(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Have a stage locked with the power that was shown: measured again, it must be the same."""
    life = stage_of(place, book_of(place), stage)
    try:
        asked = asked_of(request.POST.dict(), life)
    except LongtakeError as error:
        tell(request, "not_saved", good=False, why=in_words(request.lang, error))
    else:
        seen = request.POST.get("seen", "")[:200]
        ask(request, place, "lock", stage=life.id, asked=asked_values(asked), seen=seen or "-")
        trail.note("plan-lock", person=request.user, campaign=place.campaign.id, stage=life.id)
    return redirect(place.url("plan-stage", stage=life.id))


@of_campaign("plan")
@require_POST
def start(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Start a locked stage."""

    def do(desk: Desk) -> object:
        on = day_of(request.POST.get("on", ""))
        given = request.POST
        return start_stage(desk, stage, on=on, anyway=given.get("anyway", ""), confirmed="confirmed" in given)

    return _of_stage(request, place, "start", stage, do)


@of_campaign("plan")
@require_POST
def look(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Put it on record that somebody looked."""
    return _of_stage(request, place, "look", stage, lambda desk: look_at(desk, stage))


@of_campaign("plan")
@require_POST
def judge(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Judge a stage."""
    return _of_stage(request, place, "judge", stage, lambda desk: judging.judge(desk, stage))


@of_campaign("plan")
@require_POST
def extend(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Give a stage more days."""

    def do(desk: Desk) -> object:
        return judging.extend(desk, stage, whole_number(request.POST.get("days", ""), most=60))

    return _of_stage(request, place, "extend", stage, do)


@of_campaign("plan")
@require_POST
def stop(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Stop a stage."""
    given = request.POST

    def do(desk: Desk) -> object:
        confirmed, by_rule = "confirmed" in given, "rule" in given
        return judging.stop(desk, stage, given.get("why", ""), by_rule=by_rule, confirmed=confirmed)

    return _of_stage(request, place, "stop", stage, do)


@of_campaign("plan")
@require_POST
def roll(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Go on to the next stage."""
    return _of_stage(request, place, "roll", stage, lambda desk: judging.roll(desk, stage))


@of_campaign("plan")
@require_POST
def remember(request: HttpRequest, place: Place) -> HttpResponse:
    """Measure what stays."""

    def do(desk: Desk) -> object:
        return memory.remember(desk, whole_number(request.POST.get("after", ""), most=365))

    return _act(request, place, "remember", place.url("plan-memory"), do)


@of_campaign("plan")
@require_POST
def learn(request: HttpRequest, place: Place) -> HttpResponse:
    """Write the judged stages into the team's playbook."""
    back = place.url("plan-retrospective")
    return _act(request, place, "learn", back, lambda desk: learning.learn(desk.workspace, desk.book))
