"""Likelihood of how many people each brought: negative binomial, each followed for a part of the time."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaln, ndtri

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SMALLEST, EVEN = 1e-3, 1e3
"""Range of the dispersion; beyond its end people differ no more than by chance."""
FINE = 100
"""Shares followed are told apart to one part in so many."""
SPAN = math.log(50.0)


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """Counts and shares followed, each pair once with how many people have it.

    Attributes:
        brought: Whole numbers, shape (m,).
        share: In (0, 1], shape (m,).
        people: How many, shape (m,).
    """

    brought: Floats
    share: Floats
    people: Floats

    @classmethod
    def of(cls, brought: Ints, share: Floats) -> Likelihood:
        """Return the likelihood of people who brought so many and were followed so far.

        Raises:
            ValueError: Somebody brought people and was not followed at all.
        """
        if bool(((share <= 0) & (brought > 0)).any()):
            raise ValueError("somebody brought people in no time")
        kept = share > 0
        fine = np.maximum(np.rint(share[kept] * FINE), 1.0) / FINE
        pairs, people = np.unique(np.column_stack([brought[kept], fine]), axis=0, return_counts=True)
        return cls(pairs[:, 0], pairs[:, 1], people.astype(np.float64))

    def __call__(self, mean: float, dispersion: float) -> float:
        """Return the log likelihood, less what depends on the counts alone."""
        expected = mean * self.share
        chance = gammaln(self.brought + dispersion) - gammaln(dispersion)
        chance = chance - dispersion * np.log1p(expected / dispersion)
        # xlogy without its call: a mean of zero is never asked for.
        chance = chance + self.brought * (np.log(expected) - np.log(dispersion + expected))
        return float(chance @ self.people)

    def mean_at(self, dispersion: float) -> float:
        """Return the likeliest mean for one dispersion."""
        start = math.log(float(self.brought @ self.people) / float(self.share @ self.people))
        return math.exp(_peak(lambda x: self(math.exp(x), dispersion), start - SPAN, start + SPAN))

    def dispersion_at(self, mean: float) -> float:
        """Return the likeliest dispersion for one mean."""
        return math.exp(_peak(lambda x: self(mean, math.exp(x)), math.log(SMALLEST), math.log(EVEN)))

    def peak(self) -> tuple[float, float]:
        """Return the likeliest mean and dispersion."""
        k = math.exp(
            _peak(lambda x: self(self.mean_at(math.exp(x)), math.exp(x)), math.log(SMALLEST), math.log(EVEN))
        )
        return self.mean_at(k), k

    def mean_range(self, mean: float, least: Callable[[float], float], level: float) -> tuple[float, float]:
        """Return the means whose profile is not too far below its peak.

        Args:
            mean: At the peak.
            least: Dispersion to take at a mean.
            level: Coverage, in (0, 1).
        """
        top = self(mean, least(mean))
        drop = float(ndtri(0.5 + level / 2)) ** 2 / 2
        return _ends(lambda x: self(math.exp(x), least(math.exp(x))) - top + drop, math.log(mean), SPAN)

    def dispersion_range(self, dispersion: float, level: float) -> tuple[float, float]:
        """Return the dispersions whose profile is not too far below its peak; the upper may be infinite."""
        top = self(self.mean_at(dispersion), dispersion)
        drop = float(ndtri(0.5 + level / 2)) ** 2 / 2

        def above(x: float) -> float:
            return self(self.mean_at(math.exp(x)), math.exp(x)) - top + drop

        at, low, high = math.log(dispersion), math.log(SMALLEST), math.log(EVEN)
        first = math.exp(brentq(above, low, at)) if above(low) < 0 else 0.0
        last = math.exp(brentq(above, at, high)) if above(high) < 0 else math.inf
        return first, last


def _peak(value: Callable[[float], float], low: float, high: float) -> float:
    found = minimize_scalar(
        lambda x: -value(x), bounds=(low, high), method="bounded", options={"xatol": 1e-4}
    )
    return float(found.x)


def _ends(above: Callable[[float], float], at: float, span: float) -> tuple[float, float]:
    low = brentq(above, at - span, at, xtol=1e-4) if above(at - span) < 0 else at - span
    high = brentq(above, at, at + span, xtol=1e-4) if above(at + span) < 0 else at + span
    return math.exp(low), math.exp(high)
