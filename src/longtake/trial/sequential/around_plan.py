"""Any contrast with a standard error, judged at any look by the evidence mixed around its plan."""

from __future__ import annotations

import math

import numpy as np

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate
from longtake.trial.sequential.asymptotic import planned_bound
from longtake.trial.sequential.boundaries import Boundaries, drift_power
from longtake.trial.sequential.mixture import always_valid_p, log_planned

STEPS = 24


def around_plan(contrast: Contrast, *, seen: float, level: float = 0.95) -> Contrast:
    """Return a contrast with an interval and a p-value that hold at every look.

    Args:
        contrast: An effect and its standard error, asymptotically normal (a ratio, say).
        seen: Units so far over units planned, above zero.
        level: Coverage at all looks together, in (0, 1).

    Examples:
        >>> one = Contrast(Estimate(0.5, 0.1, 0.9, 0.95, "per unit", "ratio", 900), 0.1, 0.001)
        >>> around_plan(one, seen=1.0).clear
        True

    References:
        Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, 2024, doi:10.1214/24-AOS2408.
    """
    e = contrast.effect
    to_sum = math.sqrt(seen) / contrast.error
    wide = planned_bound(seen, alpha=1 - level) / to_sum
    p = float(always_valid_p([float(log_planned(e.value * to_sum, seen))])[0])
    effect = Estimate(e.value, e.value - wide, e.value + wide, level, e.unit, f"{e.method}, any look", e.n)
    return Contrast(effect, contrast.error, p)


def any_look_power(drift: float, *, alpha: float = 0.05) -> float:
    """Return the chance to have found an effect by the planned end, looking all along the way.

    Args:
        drift: Effect over its standard error at the planned end.
        alpha: Chance of a false alarm at all looks together, in (0, 1).

    Examples:
        >>> 0.55 < any_look_power(2.8) < 0.65
        True
        >>> any_look_power(0.0) < 0.05
        True
    """
    at = [(step + 1) / STEPS for step in range(STEPS)]
    z = np.array([planned_bound(seen, alpha=alpha) / math.sqrt(seen) for seen in at])
    return float(drift_power(at, Boundaries(z, np.zeros(STEPS), np.zeros(STEPS)), drift=drift)[-1])


def looks_ahead(value: float, error: float, *, seen: float, alpha: float, most: float = 5.0) -> float | None:
    """Return the share of the plan at which an effect like the one seen would be found, at the earliest.

    Args:
        value: Effect seen so far.
        error: Its standard error, above zero.
        seen: Units so far over units planned, above zero.
        alpha: Chance of a false alarm.
        most: Share of the plan beyond which nobody waits.

    Returns:
        At least ``seen``; None where it would not be found by then.

    Examples:
        >>> looks_ahead(3.0, 1.0, seen=0.5, alpha=0.05) is not None
        True
        >>> looks_ahead(0.01, 1.0, seen=0.5, alpha=0.05) is None
        True
    """
    pace = abs(value) / error / math.sqrt(seen)
    step = max(seen, 0.02) / 10
    at = seen
    while at <= max(most, seen):
        if planned_bound(at, alpha=alpha) <= pace * at:
            return at
        at += step
        step = min(step * 1.1, 0.1)
    return None
