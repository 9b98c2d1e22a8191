"""Look at a running stage: what came against what was foretold, and whether to extend, stop or roll."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from scipy.special import ndtri

from longtake.domain.answers.plan_values import quantity_values
from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.running.life import EARLY, Life
from longtake.services.plans.designs import Registration, Seen, seen
from longtake.services.plans.designs.registration import registration_of
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running.desk import Desk
from longtake.services.plans.running.rules import Held, stops
from longtake.trial.plans.stage import WORDINGS, Verdict, verdict

ADVICE = ("go_on", "extend", "stop", "roll")

REASONS = (
    "days_left",
    "harm",
    "rule",
    "harm_possible",
    "improved",
    "worse",
    "ruled_out",
    "underpowered",
    "undecided",
    "no_more",
    "unknown",
)
"""The one reason behind an advice."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look finds.

    Attributes:
        life: The stage.
        registration: What will be judged, and how.
        seen: What came.
        verdict: What could be said were it judged on these days.
        harm: Whether the harm rule holds: the change is beyond the harm that was set, in the wrong direction,
            and its interval leaves zero out.
        advice: One of :data:`ADVICE`.
        reason: One of :data:`REASONS`.
        rules: The stop rules of the stage, each with what the figures say of it.
    """

    life: Life
    registration: Registration
    seen: Seen
    verdict: Verdict
    harm: bool
    advice: str
    reason: str
    rules: tuple[Held, ...] = ()

    @property
    def stops(self) -> tuple[Held, ...]:
        """The stop rules that hold."""
        return tuple(one for one in self.rules if one.holds)

    @property
    def whole(self) -> bool:
        """Whether all registered days are seen."""
        return self.seen.days >= self.registration.days


def looked(desk: Desk, stage: str) -> Look:
    """Return what a look finds, without putting it on record.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: It does not run.
        LongtakeError: What it is judged by cannot be had.
    """
    life = desk.life(stage)
    if life.start is None or life.state == "judged" or life.lock is None:
        raise PlanActError(
            f"{life.id} is {life.state}; there is nothing to look at.",
            fix="Start it first." if life.start is None else "Its verdict stands.",
            says="not_running" if life.start is None else "stage_over",
            stage=life.id,
        )
    written = registration_of(life.registration)
    begins = date.fromisoformat(life.start.told["on"])
    found = seen(desk.draft, desk.workspace, life.locked_stage, written, begins=begins)
    rules = stops(
        desk.draft, life.locked_stage.stops, begins=begins, ends=begins + timedelta(written.days - 1)
    )
    return _look(life, written, found, rules)


def _look(life: Life, written: Registration, found: Seen, rules: tuple[Held, ...]) -> Look:
    whole = found.days >= written.days
    if found.evidence and isinstance(found.effect, Estimate) and found.effect.level < 1:
        # A trial shares its level out over its own looks: its interval stands as it was stated.
        written = replace(written, level=found.effect.level)
    also = life.deviations if whole else (*life.deviations, EARLY)
    sealed = written.sealed(life.locked_stage)
    effect = _at_level(found.effect, written.level)
    # A day short of the registered ones is told once, as stopping early.
    said = verdict(
        sealed, effect, days=written.days, data_seal=found.seal if whole else sealed.data_seal, also=also
    )
    if found.evidence:
        said = _weaker(said, found.evidence)
    harm, possible = _harm(life, written, effect)
    advice, reason = "go_on", "days_left"
    if harm:
        advice, reason = "stop", "harm"
    elif not whole and any(one.holds for one in rules):
        advice, reason = "stop", "rule"
    elif not whole:
        reason = "harm_possible" if possible else "days_left"
    else:
        advice, reason = _at_the_end(life, said)
    return Look(life, written, found, said, harm, advice, reason, rules)


def _at_the_end(life: Life, said: Verdict) -> tuple[str, str]:
    allowed = int(life.lock.told["extensions"]) if life.lock is not None else 0
    if said.outcome == "improved":
        return "roll", "improved"
    if said.outcome == "worse":
        return "stop", "worse"
    if said.outcome == "unknown":
        return "stop", "unknown"
    if said.ruled_out:
        return "stop", "ruled_out"
    if len(life.extensions) >= allowed:
        return "stop", "no_more"
    return "extend", "underpowered" if said.underpowered else "undecided"


def _harm(life: Life, written: Registration, effect: Quantity) -> tuple[bool, bool]:
    """Return whether the harm rule holds, and whether the change is beyond it but could be chance."""
    if not isinstance(effect, Estimate):
        return False, False
    stage = life.locked_stage
    harm = stage.harm * abs(written.least) / stage.goal.minimum
    sign = 1.0 if written.least > 0 else -1.0
    beyond = sign * effect.value <= -harm
    certain = max(sign * effect.low, sign * effect.high) < 0
    return beyond and certain, beyond


def _at_level(effect: Quantity, level: float) -> Quantity:
    """Return an effect with the level it was registered at, where a trial elsewhere stated another."""
    if not isinstance(effect, Estimate) or abs(effect.level - level) < 1e-9:
        return effect
    if not effect.level < 1:
        return replace(effect, level=level)
    by = float(ndtri(0.5 + level / 2) / ndtri(0.5 + effect.level / 2))
    return replace(
        effect,
        low=effect.value - by * (effect.value - effect.low),
        high=effect.value + by * (effect.high - effect.value),
        level=level,
    )


def _weaker(said: Verdict, standing: str) -> Verdict:
    """Return a verdict with the weaker of its own label and that of the trial behind it."""
    order = list(WORDINGS)
    label = standing.replace("_", "-")
    known = [one for one in order if one == label]
    if not known or order.index(known[0]) <= order.index(said.evidence):
        return said
    return replace(said, evidence=known[0], wording=WORDINGS[known[0]])


def look(desk: Desk, stage: str) -> Look:
    """Look at a stage and put it on record that somebody looked.

    Raises:
        NotFoundError: There is no such stage.
        PlanActError: It does not run.
        LongtakeError: What it is judged by cannot be had.
    """
    found = looked(desk, stage)
    desk.write(
        "looked",
        found.life.id,
        days=found.seen.days,
        effect=quantity_values(found.seen.effect),
        harm=found.harm,
        advice=found.advice,
        reason=found.reason,
        rules=[one.values() for one in found.rules],
    )
    return replace(found, life=desk.life(found.life.id))
