"""One arm of a trial against another."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a treated arm has over its control, and how surprising that is if it had nothing.

    Attributes:
        effect: Treated less control, or that over control, with its interval.
        error: Standard error of the effect, in its unit.
        p: P-value of no effect, in [0, 1]: of one look for a fixed-size test, of any look for a sequential
            one.

    Raises:
        ValueError: The p-value is not in [0, 1], or the error is negative.

    Examples:
        >>> won = Estimate(0.2, 0.1, 0.3, 0.95, "share", "by hand", 100)
        >>> Contrast(won, 0.05, 0.001).clear
        True
    """

    effect: Estimate
    error: float
    p: float

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        if not 0 <= self.p <= 1 or not self.error >= 0:
            raise ValueError(f"p {self.p}, error {self.error}")

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.effect.low > 0 or self.effect.high < 0
