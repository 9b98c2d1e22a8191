"""Difference of means within strata, put together again."""

from __future__ import annotations

import math
from collections.abc import Sequence

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Unknown
from longtake.domain.statistic import Moments
from longtake.trial.frequentist.welch import student

METHOD = "post-stratification, Miratrix 2013"


def stratified_difference(
    control: Sequence[Moments],
    treated: Sequence[Moments],
    *,
    unit: str,
    weights: Sequence[float] | None = None,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return the difference of means, averaged over strata known before the trial.

    Args:
        control: Sums of the control arm, one entry a stratum (platform, city tier, account).
        treated: Sums of the treated arm, in the same order.
        unit: Unit of the metric.
        weights: Weight of each stratum, at least 0, in any scale; its share of all units when None.
        level: Coverage, in (0, 1).

    Returns:
        The difference; Unknown("too_few_rows") when a weighted stratum has fewer than two values in an arm,
        Unknown("no_spread") when nothing varies within strata.

    Raises:
        ValueError: The lists do not fit each other, a weight is negative or all are zero, or the level is not
            in (0, 1).

    Examples:
        >>> a = [Moments.of([1, 2, 3]), Moments.of([11, 12, 13])]
        >>> b = [Moments.of([2, 3, 4]), Moments.of([12, 13, 14])]
        >>> stratified_difference(a, b, unit="plays").effect.value
        1.0

    References:
        Miratrix, Sekhon, Yu, 2013, Adjusting treatment effect estimates by post-stratification in randomized
        experiments, doi:10.1111/j.1467-9868.2012.01048.x.
        Satterthwaite, 1946, An approximate distribution of estimates of variance components,
        doi:10.2307/3002019.
    """
    share = [a.n + b.n for a, b in zip(control, treated, strict=True)] if weights is None else list(weights)
    if len(share) != len(control) or len(control) != len(treated):
        raise ValueError(f"{len(control)} and {len(treated)} strata, {len(share)} weights")
    if min(share, default=0) < 0 or sum(share) <= 0:
        raise ValueError(f"weights {share}")
    n = sum(arm.n for arm in (*control, *treated))
    gap = spread = doubt = 0.0
    for a, b, raw in zip(control, treated, share, strict=True):
        weight = raw / sum(share)
        if weight == 0:
            continue
        if min(a.n, b.n) < 2:
            return Unknown("too_few_rows", METHOD, unit, n)
        gap += weight * (b.mean - a.mean)
        for arm in (a, b):
            part = weight * weight * arm.variance / arm.n
            spread += part
            doubt += part * part / (arm.n - 1)
    if spread == 0:
        return Unknown("no_spread", METHOD, unit, n)
    return student(gap, math.sqrt(spread), spread**2 / doubt, level=level, unit=unit, method=METHOD, n=n)
