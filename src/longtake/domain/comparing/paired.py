"""Sums of two metrics of the same units, from which ratios, covariances and regressions follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from longtake.domain.statistic import Moments
from longtake.errors import NotEnoughDataError


@dataclass(frozen=True, slots=True)
class PairedMoments:
    """Sums of a first and a second metric and of their product; parts add up to the whole.

    The first metric is the one that is judged (clicks, spend); the second is its denominator (views) or what
    was known before the trial.

    Attributes:
        first: Sums of the first metric.
        second: Sums of the second metric, of the same units.
        product: Sum of the products of the scaled values.

    Raises:
        ValueError: The two have different n, or the product breaks Cauchy's inequality.

    Examples:
        >>> both = PairedMoments.of([1, 2, 3], [2, 4, 6])
        >>> both.covariance, both == PairedMoments.of([1], [2]) + PairedMoments.of([2, 3], [4, 6])
        (2.0, True)
    """

    first: Moments
    second: Moments
    product: int

    def __post_init__(self) -> None:
        """Refuse sums that no set of pairs has."""
        if self.first.n != self.second.n:
            raise ValueError(f"n {self.first.n} and {self.second.n} differ")
        if self.product**2 > self.first.squares * self.second.squares:
            raise ValueError(f"product {self.product} is of no set of pairs")

    @classmethod
    def of(
        cls, first: Iterable[float], second: Iterable[float], *, first_scale: int = 1, second_scale: int = 1
    ) -> PairedMoments:
        """Return the sums of pairs; each value is rounded to one over its scale first.

        Raises:
            ValueError: The two have different lengths.
        """
        one = [round(value * first_scale) for value in first]
        two = [round(value * second_scale) for value in second]
        return cls(
            Moments(len(one), sum(one), sum(v * v for v in one), first_scale),
            Moments(len(two), sum(two), sum(v * v for v in two), second_scale),
            sum(a * b for a, b in zip(one, two, strict=True)),
        )

    def __add__(self, other: PairedMoments) -> PairedMoments:
        """Return the sums of both sets together.

        Raises:
            ValueError: The scales differ.
        """
        return PairedMoments(
            self.first + other.first, self.second + other.second, self.product + other.product
        )

    @property
    def n(self) -> int:
        """How many pairs."""
        return self.first.n

    @property
    def covariance(self) -> float:
        """Unbiased sample covariance, in the product of the units.

        Raises:
            NotEnoughDataError: There are fewer than two pairs.
        """
        if self.n < 2:
            raise NotEnoughDataError("covariance", needed=2, got=self.n, unit="pairs")
        spread = self.n * self.product - self.first.total * self.second.total
        return spread / (self.n * (self.n - 1) * self.first.scale * self.second.scale)
