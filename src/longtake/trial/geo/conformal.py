"""Is a gap after the start larger than gaps of the same length at other times?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from longtake.trial.geo.panel import Panel
from longtake.trial.geo.simplex import simplex_weights
from longtake.trial.geo.synthetic import Units

Floats = NDArray[np.float64]
Statistic = Literal["block", "block-abs", "iid"]

DRAWS = 1000
WIDEST = 60
HALVINGS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Conformal:
    """The test of one value after another of a constant effect, all days fitted under each.

    Attributes:
        own: The treated cities, in shares of the common course or as they are, shape (t,).
        others: Donors in the same unit, each less its mean over all days, shape (k, t).
        course: Mean of the common course from the start on: what an effect in counts is divided by.
        start: First day of the measure.
        statistic: ``block``: absolute mean over the block of days; ``block-abs``: mean of absolute values
            over it; both against every shift around the circle of days. ``iid``: mean of absolute values
            against random orders of the days, for comparison only: it takes neighbouring days to be
            unrelated.
        seed: Seed of the random orders.
    """

    own: Floats
    others: Floats
    course: float
    start: int
    statistic: Statistic
    seed: int

    @classmethod
    def of(
        cls, panel: Panel, *, units: Units = "share", statistic: Statistic = "block", seed: int = 0
    ) -> Conformal:
        """Return the test of a panel."""
        shown, course = panel.relative() if units == "share" else (panel, np.ones(panel.days))
        others = shown.donors - shown.donors.mean(axis=1, keepdims=True)
        mean = float(course[shown.start :].mean())
        return cls(shown.treated, others, mean, shown.start, statistic, seed)

    def p_value(self, effect: float = 0.0) -> float:
        """Return how rare the days after the start are, once an effect is taken off them.

        The share of shifts, the actual days among them, whose statistic is at least theirs. Weights are
        fitted over all days after the effect is taken off, so that days before and after the start are
        alike when the effect is the true one.

        Args:
            effect: Taken off the days from the start on, in counts a day on average; along the common course
                where shares are compared.

        Returns:
            A number in [1/t, 1].

        References:
            Chernozhukov, Wüthrich and Zhu, 2021, An exact and robust conformal inference method for
            counterfactual and synthetic controls, doi:10.1080/01621459.2021.1920957.
        """
        return self.share(self.gaps(effect))

    def gaps(self, effect: float) -> Floats:
        """Return the treated cities less their synthetic control, fitted over all days, shape (t,)."""
        own = self.own.copy()
        own[self.start :] -= effect / self.course
        own -= own.mean()
        weights = simplex_weights(self.others @ self.others.T, self.others @ own)
        return np.asarray(own - weights @ self.others)

    def share(self, gaps: Floats) -> float:
        """Return the share of permutations whose statistic is at least that of the days after the start."""
        days, block = gaps.size, gaps.size - self.start
        if self.statistic == "iid":
            size = np.abs(gaps)
            orders = np.random.default_rng(self.seed).permuted(np.tile(size, (DRAWS, 1)), axis=1)
            drawn = np.append(orders[:, :block].mean(axis=1), size[self.start :].mean())
            return float((drawn >= drawn[-1] * (1 - 1e-12)).mean())
        series = np.abs(gaps) if self.statistic == "block-abs" else gaps
        total = np.concatenate([[0.0], np.cumsum(np.concatenate([series, series]))])
        shifts = np.abs(total[block : block + days] - total[:days])
        return float((shifts >= shifts[self.start] * (1 - 1e-9)).mean())


@dataclass(frozen=True, slots=True)
class Inversion:
    """The effects that a test does not reject.

    Attributes:
        low: Least of them.
        high: Greatest of them.
        p: Share of the null effect, never below the share of an effect farther away from the point; p is
            below ``1 - level`` exactly when the interval leaves the null out.
        level: Coverage, in (0, 1).
    """

    low: float
    high: float
    p: float
    level: float


def invert(test: Conformal, point: float, *, level: float, null: float = 0.0) -> Inversion | None:
    """Return the interval of effects that a test at ``1 - level`` does not reject, the point among them.

    Effects are tried from the point outwards and over the null; the ends are those beyond which every
    effect tried is rejected, narrowed down by halving.

    Args:
        test: The test.
        point: Best estimate of the effect.
        level: Coverage, in (0, 1).
        null: The effect whose share is reported.

    Returns:
        The interval; None where the test can reject nothing at this level, because there are too few days.

    Raises:
        ValueError: The level is not in (0, 1).
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level}")
    limit = 1 - level
    if 1.0 / test.own.size >= limit:
        return None
    gaps = test.gaps(point)
    block = gaps.size - test.start
    total = np.concatenate([[0.0], np.cumsum(np.concatenate([gaps, gaps]))])
    step = float(np.std(total[block : block + gaps.size] - total[: gaps.size])) / block
    step = max(step * test.course, abs(point) * 1e-6, float(np.abs(test.own).mean()) * 1e-9)
    ends: dict[int, float] = {}
    share = 1.0
    for side in (-1, 1):
        toward = side * (null - point)
        out = sorted({*(step / 2 * np.arange(1, WIDEST)).tolist(), *([toward] if toward > 0 else [])})
        tried, quiet = [(0.0, 1.0)], 0
        for far in out:
            tried.append((far, test.p_value(point + side * far)))
            quiet = quiet + 1 if tried[-1][1] < limit else 0
            if quiet >= 4 and far > toward:
                break
        if quiet == 0:
            return None
        last = max(place for place, (_, p) in enumerate(tried) if p >= limit)
        inner, outer = tried[last][0], tried[last + 1][0]
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            inner, outer = (
                (middle, outer) if test.p_value(point + side * middle) >= limit else (inner, middle)
            )
        ends[side] = point + side * inner
        if toward > 0:
            share = max(p for far, p in tried if far >= toward)
    return Inversion(ends[-1], ends[1], share, level)
