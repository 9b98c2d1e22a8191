"""Judge a stage, and go on from it: extend, stop or roll."""

from __future__ import annotations

from dataclasses import replace

from longtake.domain.answers.plan_values import digest, plan_values, quantity_values
from longtake.domain.estimate import Estimate
from longtake.domain.running.life import Life
from longtake.services.plans.designs.longer import longer
from longtake.services.plans.designs.registration import registration_of
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.metrics import metric
from longtake.services.plans.running.desk import Desk
from longtake.services.plans.running.expected import APART, OBSERVED, expected, in_leasts
from longtake.services.plans.running.look import Look, looked
from longtake.services.plans.running.rules import Held
from longtake.services.reports.diagnosis.signs import diagnosed
from longtake.trial.plans.learning import learned

MOST_DAYS = 60


def judge(desk: Desk, stage: str) -> Life:
    """Judge a stage on its registered days and return it with the verdict on record.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: Days are left and no stop rule holds, or it is not running.
        LongtakeError: What it is judged by cannot be had.
    """
    found = looked(desk, stage)
    left = found.registration.days - found.seen.days
    stopped = found.life.stopped is not None or found.harm or bool(found.stops)
    if left > 0 and not stopped:
        raise PlanActError(
            f"{found.life.id} has {left} of {found.registration.days} days left.",
            fix="Bring the newer files in and wait; it is judged early only when its stop rule holds.",
            says="days_left",
            left=str(left),
            days=str(found.registration.days),
        )
    said = found.verdict
    before = expected(desk.book, found.life.stage, desk.packs)
    effect = in_leasts(found.seen.effect, found.registration.least)
    observed = APART if said.evidence == OBSERVED else 0.0
    after = learned(before, effect, apart=observed)
    desk.write(
        "judged",
        found.life.id,
        outcome=said.outcome,
        effect=quantity_values(said.effect),
        worthwhile=said.worthwhile,
        ruled_out=said.ruled_out,
        power=said.power,
        underpowered=said.underpowered,
        evidence=said.evidence.replace("-", "_"),
        wording=said.wording,
        deviations=list(said.deviations),
        days=found.seen.days,
        learned=lesson(found),
        advice=found.advice,
        reason=found.reason,
        first=found.seen.first.isoformat(),
        values=[None if one is None else round(one, 9) for one in found.seen.values],
        expected_values=[round(one, 6) for one in found.seen.expected],
        before={"mean": before.mean, "deviation": before.deviation},
        after={"mean": after.mean, "deviation": after.deviation},
    )
    return desk.life(found.life.id)


def lesson(found: Look) -> str:
    """Return the key of what a verdict teaches: ``learned.<key>``."""
    said = found.verdict
    if said.outcome in {"improved", "worse"}:
        return "worthwhile" if said.worthwhile else said.outcome
    if said.outcome == "unknown":
        return "unknown"
    return "ruled_out" if said.ruled_out else "underpowered" if said.underpowered else "undecided"


def extend(desk: Desk, stage: str, days: int) -> Life:
    """Give a stage more days against the same comparison; more often than was allowed lowers the label.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: It is not running or judged without evidence, or the days are out of range.
        NotEnoughDataError: The power over the longer stretch cannot be computed.
    """
    life = desk.life(stage)
    undecided = life.state == "judged" and life.verdict is not None
    if life.lock is None or life.start is None or life.stopped is not None:
        raise PlanActError(
            f"{life.id} does not run.", fix="Start it first.", says="not_running", stage=life.id
        )
    if undecided and life.verdict is not None and life.verdict.told["outcome"] != "no_evidence":
        raise PlanActError(
            f"{life.id} is decided.", fix="Roll on, or stop.", says="stage_over", stage=life.id
        )
    if not 1 <= days <= MOST_DAYS:
        raise PlanActError(f"{days} days.", fix=f"Give 1 to {MOST_DAYS} days.", says="bad_value")
    written = registration_of(life.registration)
    made = longer(life.locked_stage, written, days=written.days + days)
    beyond = len(life.extensions) >= int(life.lock.told["extensions"])
    desk.write("extended", life.id, days=days, registered=made.values(), beyond=beyond)
    return desk.life(life.id)


def stop(desk: Desk, stage: str, why: str = "", *, by_rule: bool = False, confirmed: bool = False) -> Life:
    """Stop a stage for good and return it.

    Args:
        desk: The campaign.
        stage: Its id.
        why: Why, in words; what its stop rule says where it follows from it.
        by_rule: Whether it stops by its stop rule: the rules that hold then go on record with their figures.
        confirmed: Whether a person says that what only a person can tell of the rule holds.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: It is stopped already, nobody says why, or none of its rules holds.
    """
    life = desk.life(stage)
    if life.stopped is not None:
        raise PlanActError(f"{life.id} is stopped.", fix="", says="stage_over", stage=life.id)
    held: list[Held] = []
    if by_rule:
        found = looked(desk, stage)
        asked = [one for one in found.rules if one.why == "asked" and confirmed]
        held = [*found.stops, *(replace(one, holds=True) for one in asked)]
        if not held:
            raise PlanActError(
                f"No stop rule of {life.id} holds.",
                fix="Give --why, or --confirmed where only a person can tell.",
                says="rule_not_held",
            )
        why = why.strip() or life.locked_stage.stop
    if not why.strip():
        raise PlanActError("Nobody says why.", fix="Give a reason.", says="bad_text")
    told = {"rules": [one.values() for one in held]} if held else {}
    desk.write("stopped", life.id, why=why.strip()[:400], **told)
    return desk.life(life.id)


def roll(desk: Desk, stage: str) -> Life | None:
    """Go on to the next stage, its baseline measured anew and its expected effect updated by the verdict.

    Returns:
        The next stage; None when there is none left.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: The stage is neither judged nor stopped, or was rolled on from.
    """
    life, plan = desk.life(stage), desk.book.plan
    if life.state not in {"judged", "stopped"} or plan is None:
        raise PlanActError(
            f"{life.id} is {life.state}.", fix="Judge or stop it first.", says="not_judged", stage=life.id
        )
    if life.rolled is not None:
        raise PlanActError(f"{life.id} was rolled on from.", fix="", says="stage_over", stage=life.id)
    coming = next((one for one in desk.book.lives if one.state == "drafted"), None)
    if coming is None:
        desk.write("rolled", life.id, to="", expected={})
        return None
    belief = expected(desk.book, coming.stage, desk.packs)
    now = metric(desk.draft, coming.stage.goal.metric, informed=diagnosed(desk.draft).informed).quantity
    desk.write(
        "rolled",
        life.id,
        to=coming.id,
        expected={"mean": belief.mean, "deviation": belief.deviation},
        baseline=quantity_values(now),
    )
    if isinstance(now, Estimate) and now != coming.stage.goal.baseline:
        fresh = replace(coming.stage, goal=replace(coming.stage.goal, baseline=now))
        stages = tuple(fresh if one.id == coming.id else one for one in plan.stages)
        made = replace(plan, stages=stages)
        desk.write("edited", coming.id, plan=plan_values(made), digest=digest(made), dates={})
    return desk.life(coming.id)
