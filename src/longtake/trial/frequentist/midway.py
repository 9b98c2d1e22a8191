"""Power in the middle of a trial: is it worth going on?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri


@dataclass(frozen=True, slots=True)
class Midway:
    """Chances that a running fixed-size trial ends with a finding.

    Attributes:
        planned: If the effect is the one that was planned for.
        seen: If the effect is the one seen so far.
        predictive: Averaged over what the effect may be, given what was seen.
        units_more: Units, as a multiple of those planned, that the seen effect would take for the power that
            was planned; ``math.inf`` when it points the other way.

    Examples:
        >>> midway(2.0, fraction=0.5, planned_drift=2.8).planned > 0.8
        True
    """

    planned: float
    seen: float
    predictive: float
    units_more: float


def midway(
    z: float, *, fraction: float, planned_drift: float, alpha: float = 0.05, wanted: float = 0.8
) -> Midway:
    """Return the chances of a finding in favour at the planned end.

    Args:
        z: Statistic seen so far: effect over its standard error, above zero in favour.
        fraction: Information seen over information planned, in (0, 1).
        planned_drift: Planned effect over its standard error at the planned end, above zero.
        alpha: Two-sided alpha of the final test, in (0, 1).
        wanted: Power for which ``units_more`` is computed, in (0, 1).

    Raises:
        ValueError: A value is out of its range.

    Examples:
        >>> found = midway(0.0, fraction=0.5, planned_drift=2.8)
        >>> round(found.seen, 4), round(found.planned, 2)
        (0.0028, 0.21)

    References:
        Lachin, 2005, A review of methods for futility stopping based on conditional power,
        doi:10.1002/sim.2151.
        Spiegelhalter, Freedman, Blackburn, 1986, Monitoring clinical trials: conditional or predictive
        power?, doi:10.1016/0197-2456(86)90003-6.
    """
    if not 0 < fraction < 1 or not planned_drift > 0 or not 0 < alpha < 1 or not 0 < wanted < 1:
        raise ValueError(f"fraction {fraction}, drift {planned_drift}, alpha {alpha}, wanted {wanted}")
    critical = float(ndtri(1 - alpha / 2))
    left = 1 - fraction
    so_far = z * math.sqrt(fraction)

    def given(drift: float) -> float:
        return float(ndtr((so_far + drift * left - critical) / math.sqrt(left)))

    # With a flat prior the drift is normal around z / sqrt(fraction) with variance 1 / fraction.
    guess = z / math.sqrt(fraction)
    predictive = float(ndtr((guess - critical) * math.sqrt(fraction / left)))
    more = ((critical + float(ndtri(wanted))) / guess) ** 2 if guess > 0 else math.inf
    return Midway(given(planned_drift), given(guess), predictive, more)
