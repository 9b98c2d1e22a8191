"""Acts on a plan, each one entry of its chain: parse, call the service, say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from longtake.domain.answers.cause import CAUSES
from longtake.domain.running.life import Life
from longtake.errors import LongtakeError
from longtake.records import trail
from longtake.services.plans.after import learn as learning
from longtake.services.plans.later import asked_values
from longtake.services.plans.running import adopt as adopting
from longtake.services.plans.running import judge as judging
from longtake.services.plans.running.desk import Desk
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


def _queued(
    request: HttpRequest,
    place: Place,
    kind: str,
    back: str,
    given: Callable[[], dict[str, Any]],
    *,
    stage: str = "",
) -> HttpResponse:
    """Hand an act to the worker; a form that cannot be read is answered at once."""
    try:
        told = given()
    except LongtakeError as error:
        tell(request, "not_saved", good=False, why=in_words(request.lang, error))
    else:
        ask(request, place, kind, **told)
        trail.note(f"plan-{kind}", person=request.user, campaign=place.campaign.id, stage=stage)
    return redirect(back)


def _later(
    request: HttpRequest,
    place: Place,
    kind: str,
    stage: str,
    given: Callable[[Life], dict[str, Any]] = lambda _: {},
) -> HttpResponse:
    life = stage_of(place, book_of(place), stage)
    back = place.url("plan-stage", stage=life.id)
    return _queued(request, place, kind, back, lambda: {"stage": life.id, **given(life)}, stage=life.id)


@of_campaign("plan")
@require_POST
def adopt(request: HttpRequest, place: Place) -> HttpResponse:
    """Have a plan drafted from the diagnosis, or for a cause a person names; the worker measures first."""
    cause = request.POST.get("cause", "")
    told = {"lang": request.lang, **({"cause": cause} if cause in CAUSES else {})}
    return _queued(request, place, "adopt", place.url("plan"), lambda: told)


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

    def given(life: Life) -> dict[str, Any]:
        asked = asked_of(request.POST.dict(), life)
        return {"asked": asked_values(asked), "seen": request.POST.get("seen", "")[:200] or "-"}

    return _later(request, place, "lock", stage, given)


@of_campaign("plan")
@require_POST
def start(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Have a locked stage started: its start rule is checked against the figures first."""
    sent = request.POST

    def given(_: Life) -> dict[str, Any]:
        on = day_of(sent.get("on", ""))
        anyway = sent.get("anyway", "")[:400]
        return {"on": on.isoformat() if on else "", "anyway": anyway, "confirmed": "confirmed" in sent}

    return _later(request, place, "start", stage, given)


@of_campaign("plan")
@require_POST
def look(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Have it put on record that somebody looked, and what there was to see."""
    return _later(request, place, "look", stage)


@of_campaign("plan")
@require_POST
def judge(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Have a stage judged."""
    return _later(request, place, "judge", stage)


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
    """Stop a stage for a reason, or have it stopped by its rule, held against the figures by the worker."""
    why, confirmed = request.POST.get("why", "")[:400], "confirmed" in request.POST
    if "rule" in request.POST:
        return _later(request, place, "stop", stage, lambda _: {"why": why, "confirmed": confirmed})
    return _of_stage(request, place, "stop", stage, lambda desk: judging.stop(desk, stage, why))


@of_campaign("plan")
@require_POST
def roll(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Go on to the next stage."""
    return _of_stage(request, place, "roll", stage, lambda desk: judging.roll(desk, stage))


@of_campaign("plan")
@require_POST
def remember(request: HttpRequest, place: Place) -> HttpResponse:
    """Have measured what stays."""
    back = place.url("plan-memory")
    return _queued(
        request, place, "remember", back,
        lambda: {"after": whole_number(request.POST.get("after", ""), most=365)},
    )  # fmt: skip


@of_campaign("plan")
@require_POST
def learn(request: HttpRequest, place: Place) -> HttpResponse:
    """Write the judged stages into the team's playbook."""
    back = place.url("plan-retrospective")
    return _act(request, place, "learn", back, lambda desk: learning.learn(desk.workspace, desk.book))
