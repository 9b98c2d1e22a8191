"""A sign as a number without a unit, and how far it can be trusted."""

from __future__ import annotations

import math

from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity

# Beyond this many scales a sign says nothing more: one odd file must not decide a case alone.
REACH = 3.0


def reading(quantity: Quantity, *, centre: float, scale: float) -> tuple[float, float]:
    """Return a sign's distance from what is usual and its reliability.

    The distance is in standard deviations of what campaigns without the cause show and of the measurement
    together, ``(value - centre) / hypot(scale, sd)``, held within ±3: a large departure stands out of a wide
    interval, a small one drowns in it. The reliability is the share of that variance which is not measurement
    error, ``scale² / (scale² + sd²)``, with the standard deviation read off the interval: that nothing was
    seen counts for little where little could have been seen.

    Args:
        quantity: The sign's number.
        centre: What campaigns without the cause usually show, in its unit.
        scale: How far they usually stray from it, in its unit, above zero.

    Returns:
        The distance and the reliability in [0, 1]; ``(0, 0)`` for an unknown or an interval that is open.

    Raises:
        ValueError: The scale is not above zero.

    Examples:
        >>> sharp = Estimate(0.5, 0.5, 0.5, 1.0, "share", "count", 40)
        >>> reading(sharp, centre=0.1, scale=0.2)
        (2.0, 1.0)
        >>> loose = Estimate(0.5, 0.5 - 0.2 * 1.6449, 0.5 + 0.2 * 1.6449, 0.9, "share", "Wilson 1927", 9)
        >>> [round(float(x), 3) for x in reading(loose, centre=0.1, scale=0.2)]
        [1.414, 0.5]
    """
    if not scale > 0:
        raise ValueError(f"scale is {scale}, expected above zero")
    if not isinstance(quantity, Estimate) or not math.isfinite(quantity.value):
        return 0.0, 0.0
    if not (math.isfinite(quantity.low) and math.isfinite(quantity.high)):
        return 0.0, 0.0
    spread = math.hypot(scale, deviation(quantity))
    return max(-REACH, min(REACH, (quantity.value - centre) / spread)), (scale / spread) ** 2


def deviation(quantity: Estimate) -> float:
    """Return the standard deviation a normal interval of an estimate stands for, in its unit.

    Returns:
        Zero for a plain count and for an interval that is open, whose width says nothing.

    Examples:
        >>> round(deviation(Estimate(0.5, 0.5 - 1.6449, 0.5 + 1.6449, 0.9, "share", "made", 9)), 3)
        1.0
    """
    width = quantity.high - quantity.low
    if quantity.level >= 1.0 or not math.isfinite(width):
        return 0.0
    return float(width / (2.0 * ndtri(0.5 + quantity.level / 2.0)))
