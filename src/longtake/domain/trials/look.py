"""What a look at a running trial shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from longtake.domain.estimate import Estimate, Quantity

DECISIONS = (
    "no_rows",
    "broken_split",
    "winner",
    "worse",
    "settled",
    "futile",
    "over",
    "keep_going",
    "described",
    "waiting",
)
"""What to do: nothing in yet; look into the split; take the arm; drop it; a bandit has nothing left to gain;
stop, it is not worth it; the plan is over, undecided; go on; only described; days are missing."""


@dataclass(frozen=True, slots=True)
class ArmSeen:
    """One arm so far.

    Attributes:
        name: The arm.
        planned: Planned share of units (mean of the logged ones under a bandit), in [0, 1].
        units: Units it got.
        value: What it shows on the judged metric, in its own unit.
    """

    name: str
    planned: float
    units: int
    value: Quantity


@dataclass(frozen=True, slots=True)
class Comparison:
    """One arm against the control on one metric.

    Attributes:
        arm: The arm.
        metric: The metric.
        effect: Relative change, or the metric's own unit where the method tells no other; the interval holds
            at every look that the design allows.
        difference: Arm less control in the metric's own unit; it leaves zero out whenever ``effect`` does.
        p: Good at every look that the design allows; None where the evidence bears none.
        found: Whether it stands once all comparisons of its family are judged together.
        better: Whether the change is in the wanted direction.
        shrunken: The effect drawn towards that of the other arms; None with two arms.
    """

    arm: str
    metric: str
    effect: Quantity
    difference: Quantity
    p: float | None
    found: bool
    better: bool
    shrunken: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """What it costs to wait for a decision, at the present pace.

    Attributes:
        units: More units, all arms, until the interval would leave zero out; None when it never would
            within five times the plan.
        days: Days these take; None as above, or without a pace.
        a_day: Units a day at present.
        chance: Chance that the planned end finds the smallest effect worth it, given what was seen; None
            once the plan is over.
    """

    units: int | None
    days: int | None
    a_day: float
    chance: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """The effect as it stood at the end of a day.

    Attributes:
        day: ISO date.
        arm: The arm.
        value: The effect.
        low: Lower end of its interval; ``-math.inf`` without one.
        high: Upper end.
    """

    day: str
    arm: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Split:
    """Whether units fell on arms as planned.

    Attributes:
        holds: Whether there is no alarm.
        p: P-value of this look alone.
        n: Units behind it.
        alpha: Chance of a false alarm at all looks together.
    """

    holds: bool
    p: float
    n: int
    alpha: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a look shows.

    Attributes:
        decision: One of :data:`DECISIONS`.
        arm: The arm the decision is about; empty for none.
        standing: Key of the level of evidence.
        day: Last day of the rows; empty without any.
        days: Days with rows.
        units: Units so far.
        split: Whether the split holds; None where nothing was split.
        arms: Arms so far.
        comparisons: The judged metric first.
        wait: What waiting costs; None where it cannot be told.
        path: The effect day by day.
        next_weights: Shares of the next batch, by arm; empty where nothing adapts.
        mix: Units by arm and group of the audience: an outcome, never adjusted for.
        factors: Main effects: ``metric`` is the factor, ``arm`` its level against the control's.
        notes: Keys of messages ``trial.note_<key>``.
        bound: Bound on the statistic at this look of a group sequential design; None elsewhere.
        looked: Which of the planned looks this is; 0 where looks are not counted.

    Raises:
        ValueError: The decision is unknown.
    """

    decision: str
    standing: str
    arm: str = ""
    day: str = ""
    days: int = 0
    units: int = 0
    split: Split | None = None
    arms: tuple[ArmSeen, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    wait: Wait | None = None
    path: tuple[Point, ...] = ()
    next_weights: Mapping[str, float] = field(default_factory=dict)
    mix: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    factors: tuple[Comparison, ...] = ()
    notes: tuple[str, ...] = ()
    bound: float | None = None
    looked: int = 0

    def __post_init__(self) -> None:
        """Refuse a decision nobody knows."""
        if self.decision not in DECISIONS:
            raise ValueError(f"decision {self.decision!r}")

    @property
    def judged(self) -> Comparison | None:
        """The comparison the decision is about; the leading one where it is about none."""
        primary = [one for one in self.comparisons if one.metric == self.comparisons[0].metric]
        named = [one for one in primary if one.arm == self.arm]
        known = [one for one in primary if isinstance(one.difference, Estimate)]

        def lead(one: Comparison) -> float:
            size = abs(one.difference.value) if isinstance(one.difference, Estimate) else 0.0
            return size if one.better else -size

        return named[0] if named else max(known, key=lead) if known else primary[0] if primary else None
