"""Pages of a plan: board, stage, power before the lock, record, retrospective, two boards, memory, rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from longtake.domain.answers.cause import CAUSES
from longtake.domain.answers.plan import DESIGNS
from longtake.domain.answers.report import Section
from longtake.domain.figure import Figure
from longtake.domain.running.life import STATES, Life, Version
from longtake.errors import LongtakeError
from longtake.locale import catalogue
from longtake.records.models import Job
from longtake.render.inventory import slug
from longtake.render.wording import Wording
from longtake.services import evidence, opened, trials
from longtake.services.people.roles import LANES
from longtake.services.plans import rules_said, said
from longtake.services.plans.after import dual as boards
from longtake.services.plans.after import remember
from longtake.services.plans.after.figures import of_life
from longtake.services.plans.after.section import against, section
from longtake.services.plans.designs.registration import registration_of
from longtake.services.plans.later import asked_values
from longtake.services.plans.running.look import Look, looked
from longtake.services.plans.running.values import phase_of
from longtake.services.plans.telling import goal_said
from longtake.services.reports.assemble import fit_to_show
from longtake.services.reports.draft import ZONE
from longtake.web.access import Place, of_campaign
from longtake.web.pages.show import show
from longtake.web.screens.plans.asked import asked_of
from longtake.web.screens.plans.place import at_desk, book_of, of_plan, sheet, stage_of, whole
from longtake.web.screens.plans.working import ask, job_of, shown

PAGE = 60
OWNERS = ("director", "distributor", "marketing", "platform", "creator_relations", "cinema_line", "agency")


@of_campaign("read")
@require_GET
def board(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the stages in columns by state, lane by lane."""
    book = book_of(place)
    lanes = [lane for lane in LANES if place.part.lane in {"", lane}]
    cells = {
        (lane, state): [life for life in book.lives if life.lane == lane and life.state == state]
        for lane in lanes
        for state in STATES
    }
    return _page(
        request,
        place,
        "plan.html.j2",
        book=book,
        lanes=lanes,
        states=STATES,
        cells=cells,
        filled={lane: any(cells[lane, state] for state in STATES) for lane in lanes},
        phase=phase_of(book),
        jobs=shown(place),
        causes=CAUSES,
    )


@of_campaign("read")
@require_GET
def stage(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Show a stage: goal, power, what came, verdict, versions, and what can be done next."""
    book = book_of(place)
    life = stage_of(place, book, stage)
    look, problem = _look(request, place, life)
    drawn = _sheet(place, life, look, request.lang)
    return _page(
        request,
        place,
        "plan-stage.html.j2",
        book=book,
        life=life,
        look=look,
        problem=problem,
        sheet=drawn,
        figures=of_life(place.campaign.id, life),
        registration=registration_of(life.registration) if life.lock is not None else None,
        coming=next((one for one in book.lives if one.state == "drafted"), None),
        owners=OWNERS,
        designs=tuple(DESIGNS),
        trials=trials.ids(place.workspace, place.campaign.id),
        jobs=shown(place, stage=life.id),
    )


@of_campaign("plan")
@require_http_methods(["GET", "POST"])
def power(request: HttpRequest, place: Place, stage: str) -> HttpResponse:
    """Hand the power of a stage to the worker, or show it, before anything is locked."""
    life = stage_of(place, book_of(place), stage)
    if request.method == "POST":
        try:
            asked = asked_of(request.POST, life)
        except LongtakeError as error:
            return _power(request, place, life, problem=error, status=422)
        made = ask(request, place, "power", stage=life.id, asked=asked_values(asked))
        return redirect(f"{place.url('plan-power', stage=life.id)}?job={made.pk}")
    if "job" not in request.GET:
        return HttpResponseNotAllowed(["POST"])
    job = job_of(place, request.GET["job"], stage=life.id)
    return _power(request, place, life, job=job, status=422 if job.state == "failed" else 200)


def _power(
    request: HttpRequest,
    place: Place,
    life: Life,
    *,
    status: int,
    job: Job | None = None,
    problem: LongtakeError | None = None,
) -> HttpResponse:
    asked = job.given["asked"] if job is not None else {}
    return _page(
        request,
        place,
        "plan-power.html.j2",
        status=status,
        life=life,
        job=job,
        problem=problem,
        found=job.outcome if job is not None and job.state == "done" else None,
        given={**asked, "cities": ",".join(asked.get("cities", ()))},
    )


@of_campaign("read")
@require_GET
def history(request: HttpRequest, place: Place) -> HttpResponse:
    """Show every act, and what each version changed."""
    whole(place)
    book = book_of(place)
    by_act: dict[int, list[tuple[Life, Version]]] = {}
    for life in book.lives:
        for version in life.versions:
            if version.changes:
                by_act.setdefault(version.act.seq, []).append((life, version))
    return _page(request, place, "plan-history.html.j2", book=book, by_act=by_act)


@of_campaign("read")
@require_GET
def retrospective(request: HttpRequest, place: Place) -> HttpResponse:
    """Show what was repaired and what was proved, every figure with its rows."""
    whole(place)
    found = section(book_of(place))
    drawn = sheet(place, found, request.lang) if found is not None else None
    return _page(request, place, "plan-retrospective.html.j2", sheet=drawn)


@of_campaign("read")
@require_GET
def dual(request: HttpRequest, place: Place) -> HttpResponse:
    """Show market figures beside artistic perception."""
    whole(place)
    found, problem = None, None
    try:
        with at_desk(request, place) as desk:
            found = boards.dual(desk)
    except LongtakeError as error:
        problem = error
    sides = {side: [row for row in found.rows if row.side == side] for side in boards.SIDES} if found else {}
    return _page(
        request, place, "plan-dual.html.j2", found=found, sides=sides, problem=problem, counts=boards.COUNTS
    )


@of_campaign("read")
@require_GET
def memory(request: HttpRequest, place: Place) -> HttpResponse:
    """Show what stays a month, a quarter and a year on, and when each check is due."""
    whole(place)
    book = book_of(place)
    with at_desk(request, place) as desk:
        due = remember.due(desk)
    done = {int(act.told["after"]): act for act in book.memories}
    figures = {after: remember.of_memory(place.campaign.id, act) for after, act in done.items()}
    jobs = shown(place, act="remember")
    return _page(request, place, "plan-memory.html.j2", due=due, done=done, figures=figures, jobs=jobs)


@of_campaign("rows")
@require_GET
def rows(request: HttpRequest, place: Place, figure: str) -> HttpResponse:
    """Show the rows behind a figure of the plan, a page at a time."""
    whole(place)
    found = _figures(request, place).get(figure)
    if found is None:
        raise Http404
    asked = request.GET.get("page", "1")
    number = min(int(asked), 100_000) if asked.isdecimal() and len(asked) < 7 and int(asked) else 1
    evidence.keep(place.workspace, place.campaign.id, [found], beside=True)
    stretch = opened.rows(place.workspace, found.id, limit=PAGE, offset=(number - 1) * PAGE)
    records = [dict(zip(stretch.columns, row, strict=True)) for row in stretch.rows]
    return _page(
        request,
        place,
        "plan-rows.html.j2",
        figure=found,
        sheet=sheet(place, Section("plan", ()), request.lang),
        table=fit_to_show(stretch.columns, records),
        total=stretch.total,
        number=number,
        last=max(1, -(-stretch.total // PAGE)),
    )


def _figures(request: HttpRequest, place: Place) -> dict[str, Figure]:
    """Return every figure of a plan by the name it has in addresses."""
    made = section(book_of(place))
    found = [*made.figures, *made.more] if made is not None else []
    try:
        with at_desk(request, place) as desk:
            found += [row.figure for row in boards.dual(desk).rows]
    except LongtakeError:
        pass
    return {slug(figure.id): figure for figure in found}


def _look(request: HttpRequest, place: Place, life: Life) -> tuple[Look | None, LongtakeError | None]:
    if life.state != "running":
        return None, None
    try:
        with at_desk(request, place) as desk:
            return looked(desk, life.id), None
    except LongtakeError as error:
        return None, error


def _sheet(place: Place, life: Life, look: Look | None, lang: str) -> Any:
    """Return the chart of a stage: what was foretold at the lock, what came since."""
    if life.lock is None:
        return None
    written = registration_of(life.registration)
    told: Mapping[str, Any] = life.verdict.told if life.verdict is not None else {}
    values = look.seen.values if look is not None else tuple(told.get("values", ()))
    first = look.seen.first if look is not None else written.begins
    if look is None and "first" in told:
        first = type(written.begins).fromisoformat(told["first"])
    elif look is None and "ahead" in written.data:
        first = type(written.begins).fromisoformat(written.data["ahead"])
    foretold: list[tuple[float, float | None, float | None]] = []
    if "path" in written.data:
        foretold = list(zip(*(written.data[name] for name in ("path", "low", "high")), strict=True))
    elif look is not None:
        foretold = [(one, None, None) for one in look.seen.expected]
    else:
        foretold = [(one, None, None) for one in told.get("expected_values", ())]
    if not foretold:
        return None
    name = next(iter(of_life(place.campaign.id, life).values())).id
    chart = against(life, first=first, values=values, foretold=foretold, figure=name)
    return sheet(place, Section("plan", (), charts=(chart,)), lang)


def _page(request: HttpRequest, place: Place, template: str, status: int = 200, **given: Any) -> HttpResponse:
    words = catalogue(request.lang)
    every = {"said": said, "rules": rules_said, "goal_said": goal_said, "wording": Wording(words, ZONE)}
    return show(request, template, place=of_plan(place), work="plan", status=status, **{**every, **given})
