"""A staged repair: what is done for which cause, what it should move, and when to stop."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from longtake.domain.answers.cause import CAUSES
from longtake.domain.answers.rule import Rule
from longtake.domain.estimate import Estimate, Quantity

EVIDENCE = ("randomised", "geo_randomised", "platform_split", "quasi_experiment", "observational")
"""Labels of evidence, the strongest first: the words of a verdict follow them."""

DESIGNS: Mapping[str, str] = {
    "ab_test": "randomised",
    "matched_cities": "geo_randomised",
    "platform_holdout": "platform_split",
    "interrupted_series": "quasi_experiment",
    "before_after": "observational",
}
"""Evidence designs and the label each earns."""

COLLECT = "collect"
"""Stands for a cause in a stage that gathers what is missing."""

COSTS = ("free", "low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Output:
    """One thing to make.

    Attributes:
        what: What it is, in words.
        platform: Where it goes out; empty for none.
        form: Key of the platform form it has to fit; empty for none.
        frame: Its parts in order, in words.
    """

    what: str
    platform: str = ""
    form: str = ""
    frame: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """What a stage should move, and from where.

    Attributes:
        metric: Key of the metric.
        unit: Its unit.
        baseline: What the campaign's own figures say now, or why they say nothing.
        figure: Id of that figure; empty where there is none.
        minimum: Least change worth the money, in the metric's unit, above 0.
        rise: Whether it should rise; otherwise it should fall.
        horizon_days: Days until it is judged.
    """

    metric: str
    unit: str
    baseline: Quantity
    figure: str
    minimum: float
    rise: bool
    horizon_days: int

    def __post_init__(self) -> None:
        """Refuse a goal nothing could miss or meet."""
        if not (self.minimum > 0 and math.isfinite(self.minimum)) or self.horizon_days < 1:
            raise ValueError(f"minimum {self.minimum} and horizon {self.horizon_days} must be above zero")

    @property
    def target(self) -> float | None:
        """Value to reach; None where the baseline is unknown."""
        if not isinstance(self.baseline, Estimate):
            return None
        return self.baseline.value + (self.minimum if self.rise else -self.minimum)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan.

    Attributes:
        id: Short name, unique in its plan.
        cause: One of the causes, or ``collect``.
        repair: Key of the repair in the playbook, with its pack and date: ``key@pack@2026-11-20``.
        title: What it is called.
        does: What is done, and why it should help.
        goal: What it should move.
        outputs: What is made.
        owner: Role that acts.
        budget_cny: Yuan set aside; None where nobody has decided.
        cost: free, low, medium or high.
        design: How it is proved: a key of :data:`DESIGNS`.
        start: When it may start, in words.
        stop: When it stops before its time, in words.
        harm: Change in the wrong direction at which it stops at once, in the metric's unit, above 0.
        avoid: When not to do it, in words.
        starts: What ``start`` says, as a machine reads it; empty where nobody wrote it down so.
        stops: What ``stop`` says, as a machine reads it.

    Raises:
        ValueError: A word is not one of those allowed, or a number cannot be.
    """

    id: str
    cause: str
    repair: str
    title: str
    does: str
    goal: Goal
    outputs: tuple[Output, ...]
    owner: str
    budget_cny: float | None
    cost: str
    design: str
    start: str
    stop: str
    harm: float
    avoid: str
    starts: tuple[Rule, ...] = ()
    stops: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no trial could be run on."""
        if self.cause not in {*CAUSES, COLLECT} or self.design not in DESIGNS or self.cost not in COSTS:
            raise ValueError(f"cause {self.cause!r}, design {self.design!r}, cost {self.cost!r}")
        if not (self.harm > 0 and math.isfinite(self.harm)):
            raise ValueError(f"harm {self.harm} must be above zero")
        if self.budget_cny is not None and not (0 <= self.budget_cny < math.inf):
            raise ValueError(f"budget {self.budget_cny} must not be negative")

    @property
    def evidence(self) -> str:
        """The label of evidence its design earns."""
        return DESIGNS[self.design]


@dataclass(frozen=True, slots=True)
class Plan:
    """A staged plan.

    Attributes:
        campaign: The campaign's id.
        lang: Language of its words, zh or en.
        because: Probability of each cause it was drafted from.
        abstained: Whether the diagnosis named no cause.
        stages: In order.

    Raises:
        ValueError: Two stages have one id.
    """

    campaign: str
    lang: str
    because: Mapping[str, float]
    abstained: bool
    stages: tuple[Stage, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two stages of one name."""
        ids = [stage.id for stage in self.stages]
        if len(set(ids)) != len(ids):
            raise ValueError(f"stages {ids} are not named apart")
