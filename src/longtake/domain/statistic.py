"""Sums that add up exactly, from which means and variances follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from longtake.errors import NotEnoughDataError


@dataclass(frozen=True, slots=True)
class Moments:
    """Count, sum and sum of squares of one metric; parts add up to the whole.

    A value ``v`` is held as the integer ``round(v * scale)``, so that a sum does not depend on the order
    or the grouping in which an engine adds.

    Attributes:
        n: How many values.
        total: Sum of the scaled values.
        squares: Sum of the squared scaled values.
        scale: Scaled units in one unit of the metric: 1 for counts, 1000 for three decimals.

    Raises:
        ValueError: n is negative, the scale is not positive, or ``n * squares < total ** 2``.

    Examples:
        >>> Moments.of([1.0, 2.0]) + Moments.of([3.0]) == Moments.of([1.0, 2.0, 3.0])
        True
        >>> Moments.of([1, 2, 3]).mean, Moments.of([1, 2, 3]).variance
        (2.0, 1.0)
    """

    n: int
    total: int
    squares: int
    scale: int = 1

    def __post_init__(self) -> None:
        """Refuse sums that no set of values has."""
        if self.n < 0 or self.scale < 1:
            raise ValueError(f"n {self.n}, scale {self.scale}")
        if self.n * self.squares < self.total * self.total or (self.n == 0 and self.squares):
            raise ValueError(
                f"n {self.n}, total {self.total}, squares {self.squares} are of no set of values"
            )

    @classmethod
    def of(cls, values: Iterable[float], *, scale: int = 1) -> Moments:
        """Return the sums of ``values``; each is rounded to ``1 / scale`` first."""
        scaled = [round(value * scale) for value in values]
        return cls(len(scaled), sum(scaled), sum(value * value for value in scaled), scale)

    def __add__(self, other: Moments) -> Moments:
        """Return the sums of both sets together.

        Raises:
            ValueError: The scales differ.
        """
        if self.scale != other.scale:
            raise ValueError(f"scale {self.scale} and {other.scale} do not add")
        return Moments(self.n + other.n, self.total + other.total, self.squares + other.squares, self.scale)

    @property
    def mean(self) -> float:
        """Arithmetic mean, in the metric's unit.

        Raises:
            NotEnoughDataError: There is no value.
        """
        if not self.n:
            raise NotEnoughDataError("mean", needed=1, got=0, unit="values")
        return self.total / (self.n * self.scale)

    @property
    def variance(self) -> float:
        """Unbiased sample variance, in the squared unit of the metric.

        Raises:
            NotEnoughDataError: There are fewer than two values.
        """
        if self.n < 2:
            raise NotEnoughDataError("variance", needed=2, got=self.n, unit="values")
        spread = self.n * self.squares - self.total * self.total
        return spread / (self.n * (self.n - 1) * self.scale**2)
