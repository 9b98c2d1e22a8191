"""Start a stage: the start rule, checked against the figures as they stand."""

from __future__ import annotations

from datetime import date

from longtake.domain.answers.plan import COLLECT
from longtake.domain.answers.rule import ASKED
from longtake.domain.estimate import Estimate
from longtake.domain.running.life import Life
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.metrics import metric
from longtake.services.plans.running.desk import Desk
from longtake.services.plans.running.rules import starts
from longtake.services.reports.diagnosis.signs import diagnosed

CHECKS = ("named", "alone", "room", "measured", "rules", "said")
"""What must hold of the figures before a stage starts.

The diagnosis names its cause, where the plan waits for it, or at least no other one; no running stage moves
its metric; its metric has not reached the goal by itself, and can still be measured. What its start rule says
in words is checked where a machine can (``rules``), and else by a person (``said``).
"""


def checks(desk: Desk, life: Life, *, on: date | None = None, confirmed: bool = False) -> dict[str, bool]:
    """Return whether each check of :data:`CHECKS` that applies holds, as the figures stand.

    Args:
        desk: The campaign.
        life: The stage.
        on: First day of the measure; the day it is locked for when None.
        confirmed: Whether a person says that the start rule holds in words.
    """
    day = on or life.begins
    rules = starts(desk.draft, life.locked_stage.starts, begins=day) if day is not None else ()
    counted = [one.holds is True for one in rules if one.rule.kind != ASKED]
    stage, plan = life.locked_stage, desk.book.plan
    found = diagnosed(desk.draft)
    waits = plan is not None and plan.abstained and stage.cause != COLLECT
    now = metric(desk.draft, stage.goal.metric, informed=found.informed).quantity
    target = stage.goal.target
    reached = False
    if isinstance(now, Estimate) and target is not None:
        reached = now.value >= target if stage.goal.rise else now.value <= target
    others = [one for one in desk.book.lives if one.state == "running" and one.id != life.id]
    names = [belief.cause for belief in found.named]
    told = plan is not None and bool(plan.because) and stage.cause != COLLECT
    return {
        # A person may name a cause without the diagnosis; then there is nothing to overturn.
        **({"named": stage.cause in names or not (waits or names)} if told else {}),
        "alone": all(one.locked_stage.goal.metric != stage.goal.metric for one in others),
        "room": not reached,
        "measured": isinstance(now, Estimate),
        **({"rules": all(counted)} if counted else {}),
        **({"said": confirmed} if len(counted) < len(rules) else {}),
    }


def start(
    desk: Desk, stage: str, *, on: date | None = None, anyway: str = "", confirmed: bool = False
) -> Life:
    """Start a stage and return it.

    Args:
        desk: The campaign.
        stage: Its id.
        on: First day of the measure; the day it was locked for when None. A later day lowers the label.
        anyway: Why it starts although a check does not hold; lowers the label.
        confirmed: Whether a person checked what the start rule says in words.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: It is not locked, runs already, would start before its day, or a check does not hold.
    """
    life = desk.life(stage)
    if life.state != "locked" or life.lock is None:
        raise PlanActError(
            f"{life.id} is {life.state}, not locked.",
            fix="Lock it first: a stage without its power on record is not started."
            if life.state == "drafted"
            else "A stage starts once.",
            says="not_locked" if life.state == "drafted" else "started_once",
            stage=life.id,
        )
    planned = date.fromisoformat(life.lock.told["start"])
    day = on or planned
    if day < planned:
        raise PlanActError(
            f"{life.id} is locked for {planned}.",
            fix="It can start later, not earlier.",
            says="too_early",
            day=planned.isoformat(),
        )
    held = checks(desk, life, on=day, confirmed=confirmed)
    broken = [key for key in CHECKS if not held.get(key, True)]
    if broken and not anyway.strip():
        raise PlanActError(
            f"{life.id} does not start: {', '.join(broken)}.",
            fix=f"Check “{life.locked_stage.start}” and give --confirmed."
            if broken == ["said"]
            else "Wait, or say why it starts anyway; that lowers the label of evidence.",
            says=f"check_{broken[0]}",
            stage=life.id,
            rule=life.locked_stage.start,
        )
    desk.write(
        "started",
        life.id,
        on=day.isoformat(),
        moved=day != planned,
        checks=held,
        broken=broken,
        anyway=anyway.strip()[:400] if broken else "",
        rules=[one.values() for one in starts(desk.draft, life.locked_stage.starts, begins=day)],
    )
    return desk.life(life.id)
