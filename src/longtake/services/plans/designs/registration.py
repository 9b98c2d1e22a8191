"""What a person asks for at the lock, what is then written down, and what is seen later."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, cast

from longtake.domain.answers.plan import Stage
from longtake.domain.estimate import Estimate, Quantity
from longtake.trial.plans.stage import Evidence, Registered
from longtake.trial.plans.stage import Stage as Trial

ALPHA = 0.1
"""Chance, over all judgements that are allowed, to call nothing an effect."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person sets when a stage is locked.

    Attributes:
        begins: First day of the measure.
        extensions: Extensions that are allowed; the level is shared out over all judgements.
        rule: How the start came about: ``slump``, ``day`` or ``auto``.
        cities: Cities that get the measure, by name.
        draw: Cities to draw by lot instead.
        without: Cities kept out of the comparison.
        trial: Id of the trial that proves it.
    """

    begins: date
    extensions: int = 1
    rule: str = "auto"
    cities: tuple[str, ...] = ()
    draw: int = 0
    without: tuple[str, ...] = ()
    trial: str = ""

    @property
    def level(self) -> float:
        """Coverage of each judgement's interval, so that all of them together keep :data:`ALPHA`.

        Examples:
            >>> Asked(date(2026, 1, 8)).level
            0.95
        """
        return 1 - ALPHA / (1 + self.extensions)


@dataclass(frozen=True, slots=True)
class Registration:
    """What is written down before a stage starts.

    Attributes:
        design: How it is proved.
        evidence: The label it earns, as in :data:`longtake.domain.answers.plan.EVIDENCE`.
        begins: First day of the measure.
        days: Days that are judged.
        level: Coverage of the interval that judges it.
        least: Least effect worth it on the scale of the verdict; below zero where less is better.
        relative: Whether that scale is a share of what would have been; else the metric's own unit.
        unit: Unit of the effect.
        power: Chance to find the least effect.
        smallest_found: Effect that would be found with a chance of .8; infinite where none would.
        seal: Digest of what will be compared with.
        data: What the comparison takes, JSON values.
    """

    design: str
    evidence: str
    begins: date
    days: int
    level: float
    least: float
    relative: bool
    unit: str
    power: float
    smallest_found: float
    seal: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ends(self) -> date:
        """Last day that is judged."""
        return self.begins + timedelta(days=self.days - 1)

    def trial(self, stage: Stage) -> Trial:
        """Return the stage as the mathematics takes it."""
        return Trial(
            name=stage.id,
            metric=stage.goal.metric,
            days=self.days,
            smallest_effect=self.least,
            level=self.level,
            evidence=cast("Evidence", self.evidence.replace("_", "-")),
        )

    def sealed(self, stage: Stage) -> Registered:
        """Return the registered stage as the mathematics takes it."""
        return Registered.of(
            self.trial(stage), power=self.power, smallest_found=self.smallest_found, data_seal=self.seal
        )

    def values(self) -> dict[str, Any]:
        """Return it as JSON values; an infinite number is null."""
        told = asdict(self)
        told["begins"] = self.begins.isoformat()
        told["smallest_found"] = self.smallest_found if math.isfinite(self.smallest_found) else None
        return told


def registration_of(values: Mapping[str, Any]) -> Registration:
    """Return the registration of JSON values.

    Examples:
        >>> one = Registration("before_after", "observational", date(2026, 1, 8), 7, 0.95, 0.2, False,
        ...                    "share", 1.0, math.inf, "ab")
        >>> registration_of(one.values()) == one
        True
    """
    told = dict(values)
    told["begins"] = date.fromisoformat(told["begins"])
    told["smallest_found"] = math.inf if told["smallest_found"] is None else told["smallest_found"]
    return Registration(**told)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a stage shows so far, or in the end.

    Attributes:
        effect: The change on the scale of the registration, or why there is none.
        days: Days of the measure that are seen.
        seal: Digest of what it was compared with.
        first: Day of the first value.
        values: What came, a day each; None where nothing was counted.
        expected: What was foretold for those days; empty where the design foretells nothing.
        low: Lower ends of its 90 % band.
        high: Upper ends.
        evidence: The label of a comparison made elsewhere; empty for that of the registration.
    """

    effect: Quantity
    days: int
    seal: str
    first: date
    values: tuple[float | None, ...] = ()
    expected: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    evidence: str = ""


def relative_least(stage: Stage) -> float:
    """Return the least change of a goal as a share of its baseline, below zero where less is better.

    Raises:
        ValueError: The baseline is not known, or zero.
    """
    base = stage.goal.baseline
    if not isinstance(base, Estimate) or base.value == 0:
        raise ValueError(f"the baseline of {stage.id} is {base}")
    return signed(stage) * stage.goal.minimum / abs(base.value)


def signed(stage: Stage) -> float:
    """Return 1 where the metric should rise, else -1."""
    return 1.0 if stage.goal.rise else -1.0
