"""Quantiles at any time: an interval for one arm, and whether two arms share a quantile."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.trial.sequential.bernoulli import log_beta_binomial

Floats = NDArray[np.float64]

METHOD = "quantile confidence sequence, Howard and Ramdas 2022"


def quantile_sequence(
    values: ArrayLike, *, quantile: float, unit: str, tight_at: float = 500.0, level: float = 0.95
) -> Quantity:
    """Return a quantile with an interval that holds at every look.

    Args:
        values: Seen so far, finite, shape (n,).
        quantile: Which, in (0, 1).
        unit: Unit of the values.
        tight_at: Values at which it is tightest, above zero.
        level: Coverage at all looks together, in (0, 1).

    Returns:
        The quantile, an end infinite when the values do not bound it; Unknown("no_rows") without values.

    Raises:
        ValueError: The quantile or level is not in (0, 1), or a value is not finite.

    Examples:
        >>> e = quantile_sequence(range(1000), quantile=0.5, unit="seconds")
        >>> 440 < e.low < 499 and 500 < e.high < 560
        True

    References:
        Howard and Ramdas, 2022, Sequential estimation of quantiles with applications to A/B testing and
        best-arm identification, doi:10.3150/21-BEJ1388.
    """
    if not 0 < quantile < 1 or not 0 < level < 1:
        raise ValueError(f"quantile {quantile}, level {level}")
    ordered = _sorted(values)
    n = ordered.size
    if n == 0:
        return Unknown("no_rows", METHOD, unit, 0, 1)
    below = np.arange(n + 1)
    held = log_beta_binomial(below, n, quantile, tight_at=tight_at) < math.log(1 / (1 - level))
    counts = np.flatnonzero(held)
    value = float(np.quantile(ordered, quantile))
    # With j values below it, the quantile lies between the j-th and the next; ties keep both ends inside.
    low = float(ordered[counts[0] - 1]) if counts[0] > 0 else -math.inf
    high = float(ordered[counts[-1]]) if counts[-1] < n else math.inf
    return Estimate(value, min(low, value), max(high, value), level, unit, METHOD, n)


def quantile_p(control: ArrayLike, treated: ArrayLike, *, quantile: float, tight_at: float = 500.0) -> float:
    """Return a p-value, good at every look, that two arms have the same quantile.

    Args:
        control: Values of the control arm so far, finite, shape (n,).
        treated: Values of the treated arm so far, shape (m,).
        quantile: Which, in (0, 1).
        tight_at: Values an arm at which it is sharpest, above zero.

    Returns:
        One over the least joint evidence that any common value leaves, at most 1.

    Raises:
        ValueError: An arm is empty, the quantile is not in (0, 1), or a value is not finite.

    Examples:
        >>> quantile_p(range(200), range(500, 700), quantile=0.5) < 1e-6
        True

    References:
        Howard and Ramdas, 2022, doi:10.3150/21-BEJ1388, section 5.
    """
    arms = [_sorted(control), _sorted(treated)]
    if not all(arm.size for arm in arms) or not 0 < quantile < 1:
        raise ValueError(f"an empty arm, or quantile {quantile}")
    points = np.unique(np.concatenate(arms))
    evidence = np.zeros((2, points.size))
    between = np.zeros((2, points.size))
    for row, arm in enumerate(arms):
        n = arm.size
        least = minimize_scalar(
            lambda share, n=n: float(log_beta_binomial(share * n, n, quantile, tight_at=tight_at)),
            bounds=(0.0, 1.0),
            method="bounded",
            options={"xatol": 1e-9},
        ).x
        at_most = np.searchsorted(arm, points, side="right") / n
        under = np.searchsorted(arm, points, side="left") / n
        # A common value at a point may have any share below it between "under" and "at most" it.
        evidence[row] = log_beta_binomial(np.clip(least, under, at_most) * n, n, quantile, tight_at=tight_at)
        between[row] = log_beta_binomial(at_most * n, n, quantile, tight_at=tight_at)
    lowest = min(float(evidence.sum(axis=0).min()), float(between.sum(axis=0).min()))
    return min(1.0, math.exp(-lowest))


def _sorted(values: ArrayLike) -> Floats:
    """Return the values in order."""
    out = np.sort(np.asarray(values, dtype=np.float64))
    if out.ndim != 1 or not np.isfinite(out).all():
        raise ValueError("values must be finite, of shape (n,)")
    return out
