"""Difference of two quantiles: watch time, spend, minutes until the first comment."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Unknown
from longtake.trial.frequentist.welch import student

METHOD = "difference of quantiles, order-statistic error (Woodruff 1952)"
LEAST_BESIDE = 10


def quantile_difference(
    control: ArrayLike, treated: ArrayLike, *, quantile: float, unit: str, level: float = 0.95
) -> Contrast | Unknown:
    """Return the treated quantile less the control quantile.

    The error of each quantile is half the distance of two order statistics over the normal's quantile,
    which needs no density.

    Args:
        control: Values of the control arm, finite, shape (n,).
        treated: Values of the treated arm, shape (m,).
        quantile: Which, in (0, 1): .5 for the median.
        unit: Unit of the metric.
        level: Coverage, in (0, 1).

    Returns:
        The difference; Unknown("too_few_rows") when fewer than ten values lie on one side of an arm's
        quantile, Unknown("no_spread") when the values around both quantiles are the same.

    Raises:
        ValueError: The quantile or level is not in (0, 1), or a value is not finite.

    Examples:
        >>> found = quantile_difference(range(100), range(5, 105), quantile=0.5, unit="seconds")
        >>> found.effect.value
        5.0

    References:
        Woodruff, 1952, Confidence intervals for medians and other position measures,
        doi:10.1080/01621459.1952.10483443.
    """
    if not 0 < quantile < 1:
        raise ValueError(f"quantile {quantile} is not in (0, 1)")
    arms = [np.sort(np.asarray(arm, dtype=np.float64)) for arm in (control, treated)]
    if not all(np.isfinite(arm).all() and arm.ndim == 1 for arm in arms):
        raise ValueError("a value is not finite")
    n = sum(arm.size for arm in arms)
    fewest = min(arm.size for arm in arms)
    if fewest * min(quantile, 1 - quantile) < LEAST_BESIDE:
        return Unknown(
            "too_few_rows", METHOD, unit, n, math.ceil(2 * LEAST_BESIDE / min(quantile, 1 - quantile))
        )
    errors = [_error(arm, quantile) for arm in arms]
    if sum(errors) == 0:
        return Unknown("no_spread", METHOD, unit, n)
    gap = float(np.quantile(arms[1], quantile) - np.quantile(arms[0], quantile))
    error = math.hypot(*errors)
    return student(gap, error, math.inf, level=level, unit=unit, method=METHOD, n=n)


def _error(values: NDArray[np.float64], quantile: float) -> float:
    """Return the standard error of a quantile of sorted values."""
    n = values.size
    z = float(ndtri(0.975))
    reach = z * math.sqrt(n * quantile * (1 - quantile))
    low = max(0, math.floor(n * quantile - reach) - 1)
    high = min(n - 1, math.ceil(n * quantile + reach))
    return float(values[high] - values[low]) / (2 * z)
