"""Lock a stage: power first, then the digest, the forecast and the day on record."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.diagnosis.playbook.case import Case
from longtake.domain.answers.plan_values import stage_digest
from longtake.domain.running.life import Life
from longtake.services.plans.daily import latest
from longtake.services.plans.dates import SETTLED
from longtake.services.plans.designs import Asked, Registration, registered
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running.adopt import released
from longtake.services.plans.running.desk import Desk
from longtake.services.plans.running.expected import conditions_of, expected, precedents
from longtake.services.reports.draft import CHINA
from longtake.trial.plans.learning import Expected, assurance
from longtake.trial.plans.stage import ENOUGH_POWER

MOST_EXTENSIONS = 3


@dataclass(frozen=True, slots=True)
class Locking:
    """What a lock would put on record.

    Attributes:
        life: The stage.
        digest: SHA-256 of the stage as it reads.
        registration: Design, power and what will be compared with.
        expected: What is expected of the repair, in multiples of the least change worth it.
        assurance: Chance of a clear gain over all effects that are held possible.
        extensions: Extensions that are allowed.
        late: Whether its first day has gone by on the calendar.
        crosses: Whether the release falls into the days it is judged on, or just before them.
        precedents: Finished cases of the same repair, each with how many of its conditions hold here, of how
            many both sides know.
    """

    life: Life
    digest: str
    registration: Registration
    expected: Expected
    assurance: float
    extensions: int
    late: bool
    crosses: bool
    precedents: tuple[tuple[Case, int, int], ...] = ()

    @property
    def enough(self) -> bool:
        """Whether the power is .8 or more."""
        return self.registration.power >= ENOUGH_POWER


def locking(desk: Desk, stage: str, asked: Asked) -> Locking:
    """Return what a lock would put on record, without a lock.

    Raises:
        NotFoundError: There is no such stage.
        NotEnoughDataError: The power cannot be computed; it says what would be needed.
        PlanActError: The stage is locked already, its first day is one the figures already tell of, or its
            design does not fit.
    """
    life = desk.life(stage)
    if life.state != "drafted":
        raise PlanActError(
            f"{life.id} is {life.state}.",
            fix="Only a drafted stage can be locked.",
            says="not_drafted",
            stage=life.id,
        )
    if not 0 <= asked.extensions <= MOST_EXTENSIONS:
        raise PlanActError(
            f"{asked.extensions} extensions.", fix=f"Allow 0 to {MOST_EXTENSIONS}.", says="bad_value"
        )
    last = latest(desk.draft)
    if last is not None and asked.begins <= last:
        raise PlanActError(
            f"The figures already tell of {last}; a stage is locked before its first day.",
            fix=f"Begin on {last.isoformat()} + 1 day or later.",
            says="start_seen",
            last=last.isoformat(),
        )
    made = registered(desk.draft, desk.workspace, life.stage, asked, days=life.stage.goal.horizon_days)
    belief = expected(desk.book, life.stage, desk.packs)
    leasts = made.smallest_found / abs(made.least)
    release = released(desk.draft)
    away = (asked.begins - release).days if release is not None else None
    against_before = made.design in {"interrupted_series", "before_after"}
    return Locking(
        life=life,
        digest=stage_digest(life.stage),
        registration=made,
        expected=belief,
        assurance=assurance(belief, smallest_found=leasts, level=made.level) if leasts > 0 else 1.0,
        extensions=asked.extensions,
        late=not desk.draft.campaign.sample and desk.at.astimezone(CHINA).date() > asked.begins,
        crosses=away is not None and against_before and -made.days < away < SETTLED and away != 0,
        precedents=precedents(life.stage, conditions_of(desk.book, life), desk.packs),
    )


def lock(desk: Desk, stage: str, asked: Asked, *, seen: str = "") -> Life:
    """Lock a stage and return it.

    Args:
        desk: The campaign.
        stage: Id of the stage.
        asked: First day, extensions, cities or trial.
        seen: Digest of the stage and seal of the comparison that a person was shown, joined by a colon; the
            lock must be of these. Empty when nobody was shown any.

    Raises:
        NotFoundError: There is no such stage.
        NotEnoughDataError: The power cannot be computed; it says what would be needed.
        PlanActError: See :func:`locking`; or stage or figures changed since they were shown.
    """
    found = locking(desk, stage, asked)
    if seen and seen != mark(found):
        raise PlanActError(
            "The stage or the figures changed since its power was shown.",
            fix="Look at the power again.",
            says="changed_since",
        )
    desk.write(
        "locked",
        found.life.id,
        digest=found.digest,
        start=asked.begins.isoformat(),
        registered=found.registration.values(),
        extensions=found.extensions,
        expected={"mean": found.expected.mean, "deviation": found.expected.deviation},
        assurance=found.assurance,
        late=found.late,
        crosses=found.crosses,
    )
    return desk.life(found.life.id)


def mark(found: Locking) -> str:
    """Return what tells one lock from another: the stage's digest and the seal of its comparison."""
    return f"{found.digest}:{found.registration.seal}"
