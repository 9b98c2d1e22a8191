"""A rule a stage starts or stops by, as a machine reads it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CHANGES, LEVELS = ("rises", "falls"), ("above", "below")
QUIET, ASKED = "quiet", "asked"
STOPS = (*CHANGES, *LEVELS, ASKED)
STARTS = (*CHANGES, *LEVELS, QUIET, ASKED)
"""Kinds of rules a stage may start by."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What has to hold before a stage starts, or at what it stops.

    Attributes:
        kind: ``rises`` or ``falls``: the mean of the last days against that of the week before the start;
            ``above`` or ``below``: the mean of the last days against a level; ``quiet``: no act on record in
            the days before; ``asked``: only a person can tell.
        metric: Key of a metric that is known day by day; empty for ``quiet`` and ``asked``.
        by: How much, or the level, above 0; in the metric's unit.
        relative: Whether ``by`` is a share of the week before instead.
        days: Days that are looked at, at least 1.

    Raises:
        ValueError: A number is out of its range, or a metric is missing or too many.
    """

    kind: str
    metric: str = ""
    by: float = 0.0
    relative: bool = False
    days: int = 3

    def __post_init__(self) -> None:
        """Refuse what nothing could be held against."""
        counted = self.kind in {*CHANGES, *LEVELS}
        if self.kind not in STARTS or counted != bool(self.metric) or not 1 <= self.days <= 60:
            raise ValueError(f"rule {self.kind!r} of {self.metric!r} over {self.days} days")
        if counted and not (0 < self.by < math.inf):
            raise ValueError(f"rule {self.kind!r}: by {self.by} must be above zero")
        if self.relative and self.kind not in CHANGES:
            raise ValueError(f"rule {self.kind!r} has no share of a week before")

    def holds(self, now: float, before: float | None) -> bool | None:
        """Return whether it holds of a mean now and one before; None where it needs one and has none.

        Examples:
            >>> rule = Rule("rises", "warn", 0.2, relative=True)
            >>> rule.holds(0.12, 0.1), rule.holds(0.11, 0.1), rule.holds(0.11, None)
            (True, False, None)
            >>> Rule("below", "makers_a_day", 4).holds(3.0, None)
            True
        """
        if self.kind in LEVELS:
            return now >= self.by if self.kind == "above" else now < self.by
        if before is None or self.kind not in CHANGES:
            return None
        change = self.by * abs(before) if self.relative else self.by
        if change <= 0:
            return None
        moved = now - before if self.kind == "rises" else before - now
        return moved >= change - 1e-12

    def values(self) -> dict[str, Any]:
        """Return it as plain values; what does not matter is left out."""
        if self.kind == ASKED:
            return {"is": self.kind}
        if self.kind == QUIET:
            return {"is": self.kind, "days": self.days}
        told: dict[str, Any] = {"is": self.kind, "metric": self.metric, "by": self.by, "days": self.days}
        return {**told, "relative": True} if self.relative else told


def rule_of(values: Mapping[str, Any]) -> Rule:
    """Return the rule of plain values.

    Raises:
        KeyError: ``is`` is missing.
        TypeError: A key is not known, or a value is of the wrong type.
        ValueError: A value is not allowed.

    Examples:
        >>> rule_of({"is": "falls", "metric": "comments_a_day", "by": 0.5, "relative": True, "days": 3})
        Rule(kind='falls', metric='comments_a_day', by=0.5, relative=True, days=3)
        >>> rule_of(Rule("quiet").values()) == Rule("quiet")
        True
    """
    kinds: dict[str, tuple[type, ...]] = {
        "is": (str,),
        "metric": (str,),
        "by": (int, float),
        "relative": (bool,),
        "days": (int,),
    }
    if unread := sorted(set(values) - set(kinds)):
        raise TypeError(f"rule: nobody reads {', '.join(unread)}")
    for name, value in values.items():
        if not isinstance(value, kinds[name]) or (isinstance(value, bool) and name != "relative"):
            raise TypeError(f"rule: {name} is {value!r}")
    told = {name: value for name, value in values.items() if name != "is"}
    if "by" in told:
        told["by"] = float(told["by"])
    return Rule(values["is"], **told)
