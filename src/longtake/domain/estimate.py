"""A number that carries its uncertainty, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval, unit, method and number of rows.

    Attributes:
        value: The estimate, in ``unit``.
        low: Lower end of the interval; equal to ``value`` for a plain count.
        high: Upper end of the interval; ``math.inf`` when only bounded from below.
        level: Coverage of the interval in (0, 1]; 1 for a plain count.
        unit: hours, comments, CNY, share, stars ... ; never empty.
        method: Name of the method, with author and year where it has one.
        n: Rows behind it.

    Raises:
        ValueError: The interval does not hold the value, the level is not in (0, 1], or n is negative.

    Examples:
        >>> Estimate.count(3, unit="comments", method="count")
        Estimate(value=3.0, low=3.0, high=3.0, level=1.0, unit='comments', method='count', n=3)
    """

    value: float
    low: float
    high: float
    level: float
    unit: str
    method: str
    n: int

    def __post_init__(self) -> None:
        """Refuse an interval that contradicts its value."""
        if not self.low <= self.value <= self.high:
            raise ValueError(f"low {self.low} <= value {self.value} <= high {self.high} does not hold")
        if not 0 < self.level <= 1 or self.n < 0 or not self.unit:
            raise ValueError(f"level {self.level}, n {self.n}, unit {self.unit!r}")

    @classmethod
    def count(cls, value: float, *, unit: str, method: str, n: int | None = None) -> Estimate:
        """Return a number that was counted, not inferred: its interval is the number itself."""
        return cls(
            float(value), float(value), float(value), 1.0, unit, method, math.floor(value) if n is None else n
        )


@dataclass(frozen=True, slots=True)
class Unknown:
    """No number, and why.

    Attributes:
        reason: Key of the sentence that says why: too_few_rows, not_falling, no_rows, no_time,
            one_point, list_gap or another key of the message catalogue.
        method: The method that was tried.
        unit: The unit the answer would have had.
        n: Rows that were there.
        needed: Rows it would take; None when more rows would not help.
    """

    reason: str
    method: str
    unit: str
    n: int
    needed: int | None = None


Quantity = Estimate | Unknown
