"""Intervals that hold at any time although the split was chosen by what was seen."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.trial.sequential.bernoulli import bernoulli_sequence
from longtake.trial.sequential.mixture import mixture_bound, mixture_p, precision
from longtake.trial.sequential.split import split_test

Floats = NDArray[np.float64]

METHOD = "confidence sequence of batch differences under adaptive allocation"
LEAST_BATCHES = 5
LEAST_UNITS = 2


def arm_rates(
    conversions: ArrayLike, units: ArrayLike, *, tight_at: float = 5000.0, level: float = 0.95
) -> tuple[Quantity, ...]:
    """Return each arm's rate, for rates that stand still, with intervals good at every look.

    An arm's n-th unit converts with the same chance whenever it comes, so a sequence in the arm's own units
    holds however batches were split. Plain intervals are not: an arm that began badly is dropped and keeps
    its bad luck.

    Args:
        conversions: Of each arm so far, shape (k,).
        units: Of each arm so far, shape (k,).
        tight_at: Units of an arm at which its interval is tightest.
        level: Coverage of each arm's interval at all looks together, in (0, 1).

    Examples:
        >>> [round(rate.value, 2) for rate in arm_rates([10, 20], [100, 100])]
        [0.1, 0.2]

    References:
        Howard, Ramdas, McAuliffe, Sekhon, 2021, doi:10.1214/20-AOS1991.
        Nie, Tian, Taylor, Zou, 2018, Why adaptively collected data have negative bias, AISTATS.
    """
    x, n = np.asarray(conversions), np.asarray(units)
    return tuple(
        bernoulli_sequence(int(one), int(of), tight_at=tight_at, level=level)
        for one, of in zip(x, n, strict=True)
    )


def odds_between(
    conversions: ArrayLike,
    units: ArrayLike,
    *,
    control: int,
    treated: int,
    information: float,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return one arm's odds over another's, less one: exact under drift and adaptive allocation.

    Args:
        conversions: By batch and arm, shape (t, k).
        units: Given to each arm in each batch, the same shape.
        control: The arm that is compared with.
        treated: The arm that is judged.
        information: Planned information, as of
            :func:`~longtake.trial.sequential.split.split_information`.
        level: Coverage at all looks together, in (0, 1).

    Examples:
        >>> batches = [[5, 10]] * 10
        >>> found = odds_between(batches, [[100, 100]] * 10, control=0, treated=1, information=20.0)
        >>> found.clear
        True
    """
    x, n = np.asarray(conversions), np.asarray(units)
    return split_test(
        (x[:, control], n[:, control]), (x[:, treated], n[:, treated]), information=information, level=level
    )


def mean_difference(
    conversions: ArrayLike,
    units: ArrayLike,
    *,
    control: int,
    treated: int,
    tight_at: float = 20.0,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return the difference of two arms' rates, averaged over batches, under drift and adaptive allocation.

    Each batch is compared with itself, by the split it had; batches count by their units, all arms together,
    and not by what an arm was given.

    Args:
        conversions: By batch and arm, shape (t, k).
        units: Given to each arm in each batch, the same shape.
        control: The arm that is compared with.
        treated: The arm that is judged.
        tight_at: Batches at which the interval is tightest, above zero.
        level: Coverage at all looks together, in (0, 1); it holds as batches get large.

    Returns:
        The average of differences; Unknown("too_few_rows") with fewer than five batches in which both arms
        had two units or more, Unknown("no_spread") when nothing converted.

    Raises:
        ValueError: Shapes differ, or as :func:`~longtake.trial.sequential.mixture.precision`.

    Examples:
        >>> found = mean_difference([[5, 10]] * 10, [[100, 100]] * 10, control=0, treated=1)
        >>> round(found.effect.value, 2)
        0.05

    References:
        Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, 2024, doi:10.1214/24-AOS2408, for martingales.
        Zhang, Janson, Murphy, 2020, Inference for batched bandits, NeurIPS 33.
    """
    x, n = np.asarray(conversions, dtype=np.float64), np.asarray(units, dtype=np.float64)
    if x.shape != n.shape or x.ndim != 2:
        raise ValueError(f"conversions of shape {x.shape}, units of shape {n.shape}")
    pair = [control, treated]
    told = (n[:, pair] >= LEAST_UNITS).all(axis=1)
    some, of, size = x[told][:, pair], n[told][:, pair], n[told].sum(axis=1)
    if told.sum() < LEAST_BATCHES:
        return Unknown("too_few_rows", METHOD, "share", int(of.sum()))
    # Adding one conversion and one miss keeps a batch without conversions from looking certain.
    rate = (some + 1) / (of + 2)
    each = (rate * (1 - rate) / of).sum(axis=1)
    gaps = some[:, 1] / of[:, 1] - some[:, 0] / of[:, 0]
    if not some.sum():
        return Unknown("no_spread", METHOD, "share", int(of.sum()))
    total, sum_, spread = float(size.sum()), float(size @ gaps), float((size**2) @ each)
    rho = precision(float(size[0] ** 2 * each[0]) * tight_at, 1 - level)
    wide = float(mixture_bound(spread, alpha=1 - level, rho=rho)) / total
    value = sum_ / total
    effect = Estimate(value, value - wide, value + wide, level, "share", METHOD, int(of.sum()))
    return Contrast(effect, math.sqrt(spread) / total, mixture_p(sum_, spread, rho=rho))
