"""Difference of two proportions."""

from __future__ import annotations

import math

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown

METHOD = "score interval, Miettinen and Nurminen 1985"


def proportions(
    control: tuple[int, int], treated: tuple[int, int], *, level: float = 0.95
) -> Contrast | Unknown:
    """Return the treated share less the control share, with the score test and its inversion.

    The p-value falls below ``1 - level`` exactly when the interval leaves out zero.

    Args:
        control: Conversions and units of the control arm.
        treated: Conversions and units of the treated arm.
        level: Coverage, in (0, 1).

    Returns:
        The difference in [-1, 1]; Unknown("no_rows") when an arm is empty, Unknown("no_spread") when all
        units or none converted.

    Raises:
        ValueError: Conversions are not within 0 and the units, or the level is not in (0, 1).

    Examples:
        >>> found = proportions((10, 100), (20, 100))
        >>> found.effect.value, found.clear, round(found.p, 3)
        (0.1, True, 0.048)

    References:
        Miettinen and Nurminen, 1985, Comparative analysis of two rates, doi:10.1002/sim.4780040211.
    """
    (x0, n0), (x1, n1) = control, treated
    if not (0 <= x0 <= n0 and 0 <= x1 <= n1) or not 0 < level < 1:
        raise ValueError(f"control {control}, treated {treated}, level {level}")
    if not n0 or not n1:
        return Unknown("no_rows", METHOD, "share", n0 + n1, 1)
    if x0 + x1 in (0, n0 + n1):
        return Unknown("no_spread", METHOD, "share", n0 + n1)
    gap = x1 / n1 - x0 / n0
    z = float(ndtri(0.5 + level / 2))

    def score(delta: float) -> float:
        return (gap - delta) / _error(delta, x0, n0, x1, n1)

    edge = 1 - 1e-12
    low = -1.0 if score(-edge) < z else brentq(lambda d: score(d) - z, -edge, gap, xtol=1e-14)
    high = 1.0 if score(edge) > -z else brentq(lambda d: score(d) + z, gap, edge, xtol=1e-14)
    p = min(1.0, 2 * float(ndtr(-abs(score(0.0)))))
    effect = Estimate(gap, min(low, gap), max(high, gap), level, "share", METHOD, n0 + n1)
    return Contrast(effect, math.sqrt(_spread(x0, n0) + _spread(x1, n1)), p)


def _spread(x: int, n: int) -> float:
    """Return the squared standard error of a share."""
    return x / n * (1 - x / n) / n


def _error(delta: float, x0: int, n0: int, x1: int, n1: int) -> float:
    """Return the standard error of the difference where the shares are likeliest given ``delta``.

    The likeliest treated share is a root of a cubic (Farrington and Manning 1990,
    doi:10.1002/sim.4780091208).
    """
    theta, p1, p0 = n0 / n1, x1 / n1, x0 / n0
    a = 1 + theta
    b = -(1 + theta + p1 + theta * p0 + delta * (theta + 2))
    c = delta * delta + delta * (2 * p1 + theta + 1) + p1 + theta * p0
    d = -p1 * delta * (1 + delta)
    v = (b / (3 * a)) ** 3 - b * c / (6 * a * a) + d / (2 * a)
    u = math.copysign(math.sqrt(max((b / (3 * a)) ** 2 - c / (3 * a), 0.0)), v)
    turn = 1.0 if u == 0 else min(1.0, max(-1.0, v / u**3))
    share = 2 * u * math.cos((math.pi + math.acos(turn)) / 3) - b / (3 * a)
    share = min(1.0, max(0.0, share, delta), 1 + min(delta, 0.0))
    other = min(1.0, max(0.0, share - delta))
    n = n0 + n1
    spread = (share * (1 - share) / n1 + other * (1 - other) / n0) * n / (n - 1)
    return math.sqrt(max(spread, 1e-300))
