"""Straight lines through points of which some are only known to lie below a bound."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import log_ndtr, stdtr, stdtrit

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
EXACT = 1e-9
PRIOR_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A fitted line ``y = level - rate * x`` with normal scatter.

    Attributes:
        level: Height at x = 0, in the unit of y.
        rate: Fall per unit of x; above zero when the line falls.
        scatter: Standard deviation around the line; zero when the line is exact.
        low: Lower end of the rate's interval.
        high: Upper end of the rate's interval.
        falling: Probability that the rate is above zero.
        effective: Points the line rests on after dependence is allowed for.
    """

    level: float
    rate: float
    scatter: float
    low: float
    high: float
    falling: float
    effective: float


def likelihood_peak(x: Floats, y: Floats, censored: Bools) -> tuple[Floats, float, float]:
    """Return coefficients, scatter and log likelihood of a censored-normal regression.

    Newton steps in Olsen's parameters (coefficients and one, each over the scatter), in which the log
    likelihood is concave, so that the peak found is the only one.

    Args:
        x: Columns, shape (n, p).
        y: Values, or upper bounds where ``censored``, shape (n,).
        censored: Shape (n,).

    References:
        Tobin, 1958, Estimation of relationships for limited dependent variables, doi:10.2307/1907382.
        Olsen, 1978, Note on the uniqueness of the maximum likelihood estimator for the Tobit model,
        doi:10.2307/1911445.
    """
    seen = ~censored
    start = np.linalg.lstsq(x[seen], y[seen], rcond=None)[0]
    scatter = max(float(np.std(y[seen] - x[seen] @ start)), 1e-3)
    at = np.append(start, 1.0) / scatter
    design = np.column_stack([-x, y])

    def value(parameters: Floats) -> float:
        z = design @ parameters
        return float(
            seen.sum() * math.log(parameters[-1]) - 0.5 * (z[seen] ** 2).sum() + log_ndtr(z[censored]).sum()
        )

    best = value(at)
    for _ in range(100):
        z = design @ at
        hazard = np.exp(-0.5 * z * z - log_ndtr(z)) / math.sqrt(2 * math.pi)
        slope = np.where(seen, -z, hazard)
        bend = np.where(seen, 1.0, hazard * (z + hazard))
        gradient = design.T @ slope
        curvature = (design * bend[:, None]).T @ design
        gradient[-1] += seen.sum() / at[-1]
        curvature[-1, -1] += seen.sum() / at[-1] ** 2
        step = np.linalg.lstsq(curvature, gradient, rcond=None)[0]
        size = 1.0
        while size > 1e-8:
            trial = at + size * step
            if trial[-1] > 0 and (reached := value(trial)) >= best - 1e-12:
                break
            size /= 2
        else:
            break
        gain, at, best = reached - best, trial, reached
        if gain < 1e-10 and size == 1.0:
            break
    return at[:-1] / at[-1], 1.0 / float(at[-1]), best


def dependence(residuals: Floats, position: NDArray[np.int64], *, alike: float = 0.0) -> float:
    """Return how many times the variance of a slope grows because neighbours are alike, at least 1.

    ``(1 + r) / (1 - r)`` with r the correlation of residuals one bin apart, raised by the (1 + 4r) / n that
    a fitted line takes from it, averaged with ``alike`` as if that came from twelve more pairs, and held
    within [0, 0.9].

    Args:
        residuals: Shape (n,).
        position: Their bins, ascending, shape (n,).
        alike: Correlation known from other series, in [0, 1); with zero, a correlation that noise of this
            length gives by chance does not count.

    References:
        Marriott and Pope, 1954, Bias in the estimation of autocorrelations, doi:10.1093/biomet/41.3-4.390.
    """
    follows = np.diff(position) == 1
    n = int(follows.sum())
    spread = float((residuals**2).mean())
    r = 0.0
    if n > 1 and spread > 0:
        r = float((residuals[1:] * residuals[:-1])[follows].mean()) / spread
        r += (1 + 4 * r) / n
    if alike > 0:
        r = (max(-1.0, min(1.0, r)) * n + alike * PRIOR_PAIRS) / (n + PRIOR_PAIRS)
    elif n < 8 or r * math.sqrt(n) < 1.0:
        return 1.0
    r = min(0.9, max(0.0, r))
    return (1 + r) / (1 - r)


def exact_line(x: Floats, y: Floats, censored: Bools) -> Line | None:
    """Return the line when every seen point lies on it and every bound above it, else None."""
    columns = np.column_stack([np.ones_like(x), x])
    fit = np.linalg.lstsq(columns[~censored], y[~censored], rcond=None)[0]
    rest = y - columns @ fit
    if np.abs(rest[~censored]).max() > EXACT or (rest[censored] < -EXACT).any():
        return None
    rate = -float(fit[1])
    return Line(float(fit[0]), rate, 0.0, rate, rate, float(rate > EXACT), float((~censored).sum()))


def line(
    x: Floats, y: Floats, censored: Bools, *, level: float, correlated: bool = True, alike: float = 0.0
) -> Line:
    """Return the line through points some of which are bounds, with the profile-likelihood interval.

    The fall of the profile likelihood is compared with Student's t on the seen points (without censoring
    this is the exact interval of least squares), after division by :func:`dependence`.

    Args:
        x: Positions, whole numbers of bins, ascending, shape (n,).
        y: Values, or upper bounds where ``censored``, shape (n,).
        censored: Shape (n,); at least three points are not censored.
        level: Coverage, in (0, 1).
        correlated: Whether likeness of neighbours widens the interval.
        alike: Correlation of neighbours known from other series, in [0, 1).

    References:
        Venzon and Moolgavkar, 1988, A method for computing profile-likelihood-based confidence intervals,
        doi:10.2307/2347496.
    """
    if exact := exact_line(x, y, censored):
        return exact
    seen = ~censored
    columns = np.column_stack([np.ones_like(x), x])
    fit, scatter, top = likelihood_peak(columns, y, censored)
    rate = -float(fit[1])
    rest = (y - columns @ fit)[seen]
    growth = dependence(rest, x[seen].astype(np.int64), alike=alike) if correlated else 1.0
    n, freedom = int(seen.sum()), int(seen.sum()) - 2

    def statistic(other: float) -> float:
        """Return Student's t that the profile likelihood at this rate stands for."""
        held = likelihood_peak(columns[:, :1], y + other * x, censored)[2]
        fall = max(0.0, top - held)
        return math.sqrt(freedom * math.expm1(min(2 * fall / n, 50.0)) / growth)

    def edge(sign: float) -> float:
        target = float(stdtrit(freedom, 0.5 + level / 2))
        return _crossing(lambda other: statistic(other) - target, rate, sign * scatter / math.sqrt(n))

    falling = float(stdtr(freedom, math.copysign(statistic(0.0), rate)))
    return Line(float(fit[0]), rate, scatter, edge(-1.0), edge(1.0), falling, n / growth)


def _crossing(excess: Callable[[float], float], inside: float, step: float) -> float:
    """Return where ``excess`` turns positive, going from ``inside`` in widening steps."""
    near = inside
    for _ in range(60):
        far = near + step
        if excess(far) > 0:
            return float(brentq(excess, near, far, xtol=1e-10, rtol=1e-8))
        near, step = far, step * 2
    return math.copysign(math.inf, step)
