"""What is compared in a trial, and by what."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from longtake.domain.trials.refusal import DesignError

FACTORS = ("format", "emotion", "angle")
KINDS = ("proportion", "mean", "ratio")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Arm:
    """One version.

    Attributes:
        name: What people call it; rows name it so.
        weight: Its planned share in any scale, above 0.
        factors: What it is made of, some of format, emotion and angle.
        aliases: Other names that rows may use, such as the title of the work.
        source: Where it comes from: ``line:3``, ``node:trailer-a``; empty when it was typed.

    Raises:
        DesignError: The name is empty or too long, the weight is no share, or a factor is unknown.

    Examples:
        >>> Arm("卖惨", factors={"emotion": "moved"}).weight
        1.0
    """

    name: str
    weight: float = 1.0
    factors: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse what no unit could be given to."""
        if not self.name.strip() or len(self.name) > LONGEST or not self.name.isprintable():
            raise DesignError("arms", "arm_name", self.name[:LONGEST])
        if not (math.isfinite(self.weight) and self.weight > 0):
            raise DesignError("arms", "arm_weight", self.name)
        for key, value in self.factors.items():
            if key not in FACTORS or not value.strip() or len(value) > LONGEST:
                raise DesignError("arms", "arm_factor", f"{key}={value}"[:LONGEST])


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted.

    Attributes:
        key: Its name; rows name their columns after it.
        kind: proportion (conversions of units), mean (sum and sum of squares over units) or ratio (the
            same of a denominator and of products besides).
        rise: Whether more is better.
        baseline: What the control is expected to show; None when nobody knows.
        deviation: Standard deviation from unit to unit, for a mean or a ratio; None when nobody knows.

    Raises:
        DesignError: The name is empty or holds what no column's name does, the kind is unknown, or a
            number cannot be.

    Examples:
        >>> Metric("share", "proportion", baseline=0.05).rise
        True
    """

    key: str
    kind: str = "proportion"
    rise: bool = True
    baseline: float | None = None
    deviation: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        if not self.key.replace("_", "").isalnum() or len(self.key) > LONGEST:
            raise DesignError("metrics", "metric_name", self.key[:LONGEST])
        if self.kind not in KINDS:
            raise DesignError("metrics", "metric_kind", self.kind[:LONGEST])
        base, spread = self.baseline, self.deviation
        if base is not None and not math.isfinite(base):
            raise DesignError("baseline", "baseline", str(base))
        if self.kind == "proportion" and base is not None and not 0 < base < 1:
            raise DesignError("baseline", "baseline_share", f"{base:g}")
        if spread is not None and not 0 < spread < math.inf:
            raise DesignError("deviation", "deviation", f"{spread:g}")

    @property
    def unit(self) -> str:
        """Unit of an effect: share for a share, else the count a unit."""
        return "share" if self.kind == "proportion" else "per unit"
