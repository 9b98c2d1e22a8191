"""The design of a trial, written down before it starts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from longtake.domain.comparing.standing import OBSERVATIONAL, QUASI_EXPERIMENT, Standing, standing
from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.refusal import DesignError

SPLITS = ("any_look", "group_sequential", "bandit")
PLACES = ("matched_cities", "matched_cinemas")
DESIGNS = (*SPLITS, "matched_slots", "described", *PLACES, "interrupted_series")
UNITS = ("viewer", "cell", "cinema", "city")
ASSIGNED = ("us", "platform", "calendar", "nobody")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LEAST_AN_ARM, MOST_ARMS, MOST_LOOKS, MOST_DAYS = 60, 12, 50, 366

WHO = {
    "any_look": ("us", "platform"),
    "group_sequential": ("us", "platform"),
    "bandit": ("us",),
    "matched_slots": ("us", "nobody"),
    "described": ("nobody",),
    "matched_cities": ("us", "calendar"),
    "matched_cinemas": ("us",),
    "interrupted_series": ("calendar",),
}
"""Who may have assigned the units of each design."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A design.

    Attributes:
        id: Short name, unique in its campaign.
        campaign: The campaign's id.
        question: What is asked, in words.
        design: One of :data:`DESIGNS`.
        arms: The control first.
        metrics: The judged one first.
        unit: What is assigned: viewer, cell (a slot, a post), cinema or city.
        assigned_by: us (by lot), platform (its own split), calendar (before and after), nobody (a feed).
        planned_units: Units of all arms together at the planned end; slots of a matched design; 0 where
            places and days stand for units.
        minimum: Smallest change worth acting on, above 0: in the metric's own unit for splits and slots, as
            a share of what would have been for cities, cinemas and series.
        alpha: Chance of calling nothing an effect.
        looks: Looks planned, for a group sequential design.
        horizon_days: Days until it is judged.
        start_rule: When it may start, in words.
        places: Cities that get the measure.
        drawn: How many cities are drawn by lot instead.
        chosen_low: Whether the start follows a slump of the series itself.

    Raises:
        DesignError: No trial could be run on it.

    Examples:
        >>> arms = (Arm("A"), Arm("B"))
        >>> one = Trial("t1", "lights", "Which cut?", "any_look", arms, (Metric("finish", baseline=0.3),),
        ...             "viewer", "us", 4000, 0.03)
        >>> one.standing.key, one.shares
        ('randomised', (0.5, 0.5))
    """

    id: str
    campaign: str
    question: str
    design: str
    arms: tuple[Arm, ...]
    metrics: tuple[Metric, ...]
    unit: str
    assigned_by: str
    planned_units: int
    minimum: float
    alpha: float = 0.05
    looks: int = 5
    horizon_days: int = 14
    start_rule: str = ""
    places: tuple[str, ...] = field(default=())
    drawn: int = 0
    chosen_low: bool = False

    def __post_init__(self) -> None:
        """Refuse what no trial could be run on."""
        self._words()
        self._compared()
        self._numbers()
        if self.assigned_by not in WHO[self.design]:
            raise DesignError("assigned_by", "assigned_design", f"{self.assigned_by}, {self.design}")
        if self.design == "matched_cities" and not self.places and self.drawn < 1:
            raise DesignError("places", "places", "")

    def _words(self) -> None:
        if not ID.fullmatch(self.id):
            raise DesignError("id", "id", self.id[:60])
        if not self.question.strip() or len(self.question) > 300 or len(self.start_rule) > 300:
            raise DesignError("question", "question", self.question[:60])
        for name, value, known in (
            ("design", self.design, DESIGNS),
            ("unit", self.unit, UNITS),
            ("assigned_by", self.assigned_by, ASSIGNED),
        ):
            if value not in known:
                raise DesignError(name, name, value[:60])

    def _compared(self) -> None:
        if len(self.arms) < 2:
            raise DesignError("arms", "arms_few", ", ".join(arm.name for arm in self.arms))
        if len(self.arms) > MOST_ARMS:
            raise DesignError("arms", "arms_many", str(len(self.arms)))
        if self.design not in {*SPLITS, "described"} and len(self.arms) != 2:
            raise DesignError("arms", "arms_two", str(len(self.arms)))
        names = [key(name) for arm in self.arms for name in {arm.name, *arm.aliases}]
        if len(set(names)) < len(names):
            raise DesignError("arms", "arms_alike", ", ".join(arm.name for arm in self.arms))
        if not self.metrics:
            raise DesignError("metrics", "metrics_none", "")
        keys = [metric.key for metric in self.metrics]
        if len(set(keys)) < len(keys):
            raise DesignError("metrics", "metrics_alike", ", ".join(keys))
        kind = self.primary.kind
        if (self.design == "bandit" and kind != "proportion") or (
            self.design in {*PLACES, "interrupted_series", "matched_slots"} and kind != "mean"
        ):
            raise DesignError("metrics", "metric_design", kind)

    def _numbers(self) -> None:
        if not (math.isfinite(self.minimum) and self.minimum > 0):
            raise DesignError("minimum", "minimum", f"{self.minimum:g}")
        if not 0 < self.alpha < 0.5:
            raise DesignError("alpha", "alpha", f"{self.alpha:g}")
        if not 1 <= self.looks <= MOST_LOOKS:
            raise DesignError("looks", "looks", str(self.looks))
        if not 1 <= self.horizon_days <= MOST_DAYS:
            raise DesignError("horizon_days", "horizon", str(self.horizon_days))
        if self.split and self.planned_units < LEAST_AN_ARM * len(self.arms):
            raise DesignError("planned_units", "planned_units", str(self.planned_units))
        base = self.primary.baseline
        if self.split and self.primary.kind == "proportion" and base is not None:
            reached = base + (self.minimum if self.primary.rise else -self.minimum)
            if not 0 < reached < 1:
                raise DesignError("minimum", "baseline_reach", f"{reached:g}")

    @property
    def primary(self) -> Metric:
        """The metric that is judged."""
        return self.metrics[0]

    @property
    def control(self) -> Arm:
        """The arm the others are held against."""
        return self.arms[0]

    @property
    def split(self) -> bool:
        """Whether units are split over arms one by one."""
        return self.design in SPLITS

    @property
    def by_place(self) -> bool:
        """Whether rows are places by days, or days of one series."""
        return self.design in {*PLACES, "interrupted_series"}

    @property
    def shares(self) -> tuple[float, ...]:
        """Planned share of each arm; they add up to 1."""
        whole = sum(arm.weight for arm in self.arms)
        return tuple(arm.weight / whole for arm in self.arms)

    @property
    def standing(self) -> Standing:
        """Level of evidence of a trial that runs as designed."""
        return standing(
            assigned_by=self.assigned_by,
            unit=self.unit,
            organic=self.design in {"described", "matched_slots"},
        )

    def arm_named(self, name: str) -> Arm | None:
        """Return the arm of a name or alias; None when it is none of them."""
        wanted = key(name)
        return next((a for a in self.arms if wanted in {key(a.name), *map(key, a.aliases)}), None)


def key(name: str) -> str:
    """Return a name in the form in which names are compared.

    Examples:
        >>> key(" Version  A ")
        'version a'
    """
    return " ".join(name.casefold().split())


def lowered(level: Standing) -> Standing:
    """Return the level of a trial whose design was changed after it started.

    What was fixed beforehand no longer is: the lot still fell, but what it is asked has been chosen since.

    Examples:
        >>> from longtake.domain.comparing.standing import RANDOMISED
        >>> lowered(RANDOMISED).key, lowered(lowered(RANDOMISED)).key
        ('quasi_experiment', 'observational')
    """
    return OBSERVATIONAL if level in {QUASI_EXPERIMENT, OBSERVATIONAL} else QUASI_EXPERIMENT
