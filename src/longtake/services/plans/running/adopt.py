"""A draft becomes the campaign's plan; a person changes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from longtake.domain.answers.plan import DESIGNS, Goal, Plan, Stage
from longtake.domain.answers.plan_values import digest, plan_values
from longtake.domain.estimate import Estimate
from longtake.domain.running.book import Book
from longtake.domain.running.life import Life
from longtake.services import evidence
from longtake.services.plans.daily import latest
from longtake.services.plans.dates import Dated, dated, phase
from longtake.services.plans.draft import drafted
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.metrics import metric
from longtake.services.plans.running.desk import Desk
from longtake.services.reports.diagnosis.signs import diagnosed, signs
from longtake.services.reports.draft import CHINA, Draft

EDITABLE = (
    "owner",
    "budget_cny",
    "design",
    "harm",
    "minimum",
    "horizon_days",
    "start",
    "stop",
    "avoid",
    "title",
    "does",
)
"""What a person may change of a stage."""

NUMBERS = {"budget_cny", "harm", "minimum"}
MOST_TEXT = 2000
ID = re.compile(r"[\w-]{1,64}")


def adopt(
    desk: Desk,
    *,
    lang: str,
    plan: Plan | None = None,
    causes: Sequence[str] = (),
    today: date | None = None,
) -> Book:
    """Make a plan the campaign's own, each stage with its days.

    Args:
        desk: The campaign.
        lang: Language of a plan that is drafted now, zh or en.
        plan: A plan that a person edited; drafted from the diagnosis when None.
        causes: Causes a person names instead of the diagnosis; the plan then records no probabilities.
        today: Day the stages are counted from; the last day the figures tell of when None.

    Raises:
        PlanActError: It is of another campaign, holds no stage, or a stage of the last plan is under way.
        NotFoundError: There is no such cause.
    """
    draft, book = desk.draft, desk.book
    if plan is not None and plan.campaign != draft.campaign.id:
        raise PlanActError(
            f"The plan is of {plan.campaign!r}, not of {draft.campaign.id!r}.",
            fix="Draft a plan of this campaign.",
            says="other_campaign",
            campaign=plan.campaign,
        )
    under_way = [life.id for life in book.lives if life.state in {"locked", "running"}]
    if under_way:
        raise PlanActError(
            f"{', '.join(under_way)} is under way.",
            fix="Judge or stop it first.",
            says="under_way",
            stages="、".join(under_way),
        )
    found = diagnosed(draft)
    made = plan or drafted(draft, found, lang=lang, folders=desk.packs, causes=causes)
    made = _apart(made, book)
    if not made.stages:
        raise PlanActError(
            "There is nothing to repair, or no metric with room to move.",
            fix="Bring more files in, or name a cause with `longtake plan draft --cause`.",
            says="empty_plan",
        )
    if odd := [stage.id for stage in made.stages if not ID.fullmatch(stage.id)]:
        raise PlanActError(
            f"A stage is named {odd[0][:80]!r}.",
            fix="Letters, digits, hyphens and underscores make an id.",
            says="bad_stage_id",
        )
    day = today or latest(draft) or desk.at.astimezone(CHINA).date()
    days = of_stages(draft, made, day)
    keep_figures(desk, made, informed=found.informed)
    desk.write(
        "adopted",
        plan=plan_values(made),
        digest=digest(made),
        dates={one.stage: one.begins.isoformat() for one in days},
        crosses=[one.stage for one in days if one.crosses],
        today=day.isoformat(),
        phase=phase(day, released(draft)),
        signs={
            sign.key: round(sign.figure.quantity.value, 6)
            for sign in signs(draft)
            if isinstance(sign.figure.quantity, Estimate)
        },
    )
    return desk.book


def of_stages(draft: Draft, plan: Plan, today: date) -> tuple[Dated, ...]:
    """Return the days of a plan's stages, from where the film stands."""
    return dated(plan.stages, today=today, release=released(draft), waits=plan.abstained)


def released(draft: Draft) -> date | None:
    """Return the day of the release in China; None where the campaign does not tell."""
    at: datetime | None = draft.campaign.release_at
    return at.astimezone(CHINA).date() if at is not None else None


def keep_figures(desk: Desk, plan: Plan, *, informed: float) -> None:
    """Remember the rows behind the baselines, so that each opens."""
    names = sorted({stage.goal.metric for stage in plan.stages})
    figures = [metric(desk.draft, name, informed=informed) for name in names]
    evidence.keep(desk.workspace, desk.draft.campaign.id, figures, beside=True)


def edit(desk: Desk, stage: str, changes: Mapping[str, object], *, begins: date | None = None) -> Life:
    """Change a stage: a new version, with what differs; after the lock it lowers the label of evidence.

    Args:
        desk: The campaign.
        stage: Its id.
        changes: New values by name, some of :data:`EDITABLE`; texts or numbers.
        begins: Another first day; only before the lock.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: A value is not allowed, nothing would change, or the stage is over.
    """
    life, plan = desk.life(stage), desk.book.plan
    if life.state in {"judged", "stopped"} or plan is None:
        raise PlanActError(f"{life.id} is over.", fix="Adopt a new plan.", says="stage_over", stage=life.id)
    if begins is not None and life.lock is not None:
        raise PlanActError(
            f"{life.id} is locked with its day.", fix="Start it later, or stop it.", says="day_locked"
        )
    changed = _changed(life.stage, changes)
    same_day = begins is None or begins == life.begins
    if changed == life.stage and same_day:
        raise PlanActError("Nothing would change.", fix="Give a new value.", says="nothing_changed")
    stages = tuple(changed if one.id == life.id else one for one in plan.stages)
    made = replace(plan, stages=stages)
    dates = {life.id: begins.isoformat()} if begins is not None else {}
    desk.write("edited", life.id, plan=plan_values(made), digest=digest(made), dates=dates)
    return desk.life(life.id)


def _changed(stage: Stage, changes: Mapping[str, object]) -> Stage:
    if unknown := sorted(set(changes) - set(EDITABLE)):
        raise PlanActError(
            f"{', '.join(unknown)} cannot be changed.",
            fix=f"These can: {', '.join(EDITABLE)}.",
            says="not_editable",
            name=unknown[0],
        )
    values = {name: _read(name, value) for name, value in changes.items()}
    goal = {name: values.pop(name) for name in ("minimum", "horizon_days") if name in values}
    try:
        made: Goal = replace(stage.goal, **goal)
        return replace(stage, goal=made, **values)
    except (TypeError, ValueError) as error:
        raise PlanActError(
            f"{stage.id}: {error}.", fix="Give a value that a trial can be run on.", says="bad_value"
        ) from error


def _read(name: str, value: object) -> Any:
    text = str(value).strip()
    bad = PlanActError(f"{name} is {text[:40]!r}.", fix="Give a number.", says="bad_number", given=text[:40])
    if name == "budget_cny" and not text:
        return None
    if name in NUMBERS:
        try:
            return float(text.replace(",", ""))
        except ValueError:
            raise bad from None
    if name == "horizon_days":
        if not text.isdecimal() or not 1 <= int(text) <= 365:
            raise bad
        return int(text)
    if name == "design" and text not in DESIGNS:
        raise PlanActError(
            f"No design is named {text[:40]!r}.", fix=f"One of {', '.join(DESIGNS)}.", says="bad_value"
        )
    if not text or len(text) > MOST_TEXT:
        raise PlanActError(f"{name} is empty or too long.", fix="Write a sentence.", says="bad_text")
    return text


def _apart(plan: Plan, book: Book) -> Plan:
    """Return a plan whose stages are named apart from those of earlier rounds."""
    taken = {life.id for life in book.lives if life.lock is not None}
    stages: Sequence[Stage] = plan.stages
    out = []
    for stage in stages:
        name, again = stage.id, 2
        while name in taken:
            name, again = f"{stage.id}-{again}", again + 1
        taken.add(name)
        out.append(replace(stage, id=name))
    return replace(plan, stages=tuple(out))
