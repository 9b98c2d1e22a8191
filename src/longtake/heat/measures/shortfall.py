"""How far a rate stays behind what is usual."""

from __future__ import annotations

from dataclasses import replace

from longtake.domain.estimate import Quantity, Unknown


def shortfall(rate: Quantity, usual: float) -> Quantity:
    """Return ``1 - rate / usual`` with the interval of the rate.

    Args:
        rate: What was measured.
        usual: What is usual, in the same unit, above 0; taken as known.

    Returns:
        A share: 0 as usual, 1 nothing at all, below 0 more than usual; an unknown rate stays unknown.

    Raises:
        ValueError: ``usual`` is not above 0.

    Examples:
        >>> from longtake.domain.estimate import Estimate
        >>> told = shortfall(Estimate(0.02, 0.01, 0.04, 0.9, "share", "Wilson 1927", 300), 0.05)
        >>> round(told.low, 3), round(told.value, 3), round(told.high, 3)
        (0.2, 0.6, 0.8)
    """
    if not usual > 0:
        raise ValueError(f"usual is {usual}, expected above 0")
    if isinstance(rate, Unknown):
        return replace(rate, unit="share")
    value, low, high = (1 - end / usual for end in (rate.value, rate.high, rate.low))
    method = f"{rate.method}, against a usual rate"
    return replace(rate, value=value, low=low, high=high, unit="share", method=method)
