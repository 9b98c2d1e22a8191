"""Two stretches of days side by side: what changed, without a claim of why."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.statistic import Moments
from longtake.errors import NotEnoughDataError
from longtake.trial.frequentist.power import Design, detectable
from longtake.trial.frequentist.power import power as power_of
from longtake.trial.frequentist.welch import WELCH, difference
from longtake.trial.plans.stage import Registered, Stage

LEAST = 3
SCALE = 1_000_000
COUNTED = "counted, not inferred"
MOVER = "difference of two estimates, squared recovery of variances (Zou and Donner 2008)"


def register_windows(stage: Stage, before: Sequence[float]) -> Registered:
    """Return a stage whose days will be held against as many days before it.

    Args:
        stage: The stage; its smallest effect is in the unit of the days' values, its evidence observational.
        before: Values of the days before, known ones alone.

    Raises:
        NotEnoughDataError: Fewer than three days are known.
        ValueError: The stage claims more than an observation.

    Examples:
        >>> stage = Stage("post", "comments", 4, 3.0, evidence="observational")
        >>> round(register_windows(stage, [10, 12, 14, 12]).power, 3)
        0.83
    """
    if stage.evidence != "observational":
        raise ValueError(f"two stretches of days are no {stage.evidence} comparison")
    known = Moments.of(before, scale=SCALE)
    if known.n < LEAST:
        raise NotEnoughDataError(WELCH, needed=LEAST, got=known.n, unit="days before the start")
    variance = max(known.variance, 1e-12)
    design = Design(variance, variance, ratio=stage.days / known.n, alpha=1 - stage.level, sides=2)
    seal = hashlib.sha256(np.round(np.asarray(before, dtype=np.float64), 9).tobytes()).hexdigest()
    return Registered.of(
        stage,
        power=power_of(design, effect=abs(stage.smallest_effect), control_n=known.n),
        smallest_found=detectable(design, control_n=known.n),
        data_seal=seal,
    )


def windows(before: Sequence[float], after: Sequence[float], *, unit: str, level: float) -> Quantity:
    """Return the mean of the days after less that of the days before; each day counts once.

    Examples:
        >>> windows([1, 2, 3], [2, 3, 4], unit="comments", level=0.9).value
        1.0
    """
    found = difference(
        Moments.of(before, scale=SCALE), Moments.of(after, scale=SCALE), unit=unit, level=level
    )
    return found if isinstance(found, Unknown) else found.effect


def register_counted(stage: Stage, baseline: Estimate) -> Registered:
    """Return a stage whose metric will be read again as it was read before.

    A metric that is counted whole, with no interval, is seen for certain; one with an interval is taken to be
    known as well again as it is now.

    Args:
        stage: The stage; its smallest effect is in the metric's unit, its evidence observational.
        baseline: The metric before.

    Raises:
        NotEnoughDataError: The baseline has no finite interval.

    Examples:
        >>> stage = Stage("ask", "informed", 3, 0.2, evidence="observational")
        >>> register_counted(stage, Estimate.count(0.4, unit="share", method="count", n=1)).power
        1.0
    """
    spread = baseline.high - baseline.low
    if not math.isfinite(spread):
        raise NotEnoughDataError(MOVER, needed=1, got=0, unit="baselines with an interval")
    seal = hashlib.sha256(repr((baseline.value, baseline.low, baseline.high)).encode()).hexdigest()
    if spread <= 0 or not baseline.level < 1:
        return Registered.of(stage, power=1.0, smallest_found=0.0, data_seal=seal)
    variance = (spread / (2 * float(ndtri(0.5 + baseline.level / 2)))) ** 2
    design = Design(variance, variance, alpha=1 - stage.level)
    return Registered.of(
        stage,
        power=power_of(design, effect=abs(stage.smallest_effect), control_n=1),
        smallest_found=detectable(design, control_n=1),
        data_seal=seal,
    )


def read_again(before: Estimate, after: Quantity, *, level: float) -> Quantity:
    """Return what a metric is now less what it was.

    Args:
        before: The metric before.
        after: The metric now, or why it is not known.
        level: Coverage the answer is stated at; the intervals are stretched to it as those of normal
            estimates are.

    Examples:
        >>> one, other = (Estimate(v, v - 0.3, v + 0.4, 0.9, "share", "x", 9) for v in (0.4, 1.0))
        >>> found = read_again(one, other, level=0.9)
        >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
        (0.6, 0.1, 1.1)

    References:
        Zou and Donner, 2008, Construction of confidence limits about effect measures, doi:10.1002/sim.3095.
    """
    if isinstance(after, Unknown):
        return after
    value = after.value - before.value
    n = before.n + after.n
    if before.low == before.high and after.low == after.high:
        # Both were counted whole: the difference is as certain at any level.
        return Estimate(value, value, value, level, after.unit, COUNTED, n)
    low = math.hypot(
        (after.value - after.low) * _stretch(after, level),
        (before.high - before.value) * _stretch(before, level),
    )
    high = math.hypot(
        (after.high - after.value) * _stretch(after, level),
        (before.value - before.low) * _stretch(before, level),
    )
    return Estimate(value, value - low, value + high, level, after.unit, MOVER, n)


def _stretch(one: Estimate, level: float) -> float:
    if not one.level < 1:
        return 1.0
    return float(ndtri(0.5 + level / 2) / ndtri(0.5 + one.level / 2))
