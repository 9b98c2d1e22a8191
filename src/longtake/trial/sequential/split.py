"""Evidence from which arm each conversion came, valid at any time while the base rate does what it likes."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, logsumexp

from longtake.domain.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.trial.sequential.bernoulli import bernoulli_ends
from longtake.trial.sequential.mixture import CENTRE, SPREAD, always_valid_p

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

METHOD = "conversion split, always valid under a drifting base rate"
NODES = 12
EXACT_UP_TO = 400


def split_evidence(
    control_conversions: ArrayLike,
    control_units: ArrayLike,
    treated_conversions: ArrayLike,
    treated_units: ArrayLike,
    *,
    information: float,
    sides: int = 2,
) -> Floats:
    """Return the log of the evidence, look by look, that the arms convert at different rates.

    Between two looks, if the arms are alike, the conversions fall on the units of both arms like lots drawn
    without putting back, whatever the rate was at the time. The evidence is the likelihood of where they fell
    under a rate ratio over that under none, multiplied over looks and mixed over ratios around the planned
    one. Rates may drift, double or halve between looks; the chance that the evidence ever passes
    ``1 / alpha`` stays below alpha at any sample size.

    Args:
        control_conversions: New conversions since the look before, shape (..., looks).
        control_units: New units, at least the conversions, the same shape.
        treated_conversions: The same of the treated arm.
        treated_units: The same of the treated arm.
        information: Planned information, as of :func:`split_information`; it decides where the evidence grows
            fastest and not whether it is valid.
        sides: 2 against any difference, 1 against a gain.

    Returns:
        Shape (..., looks); the evidence may be read at every look.

    Raises:
        ValueError: Shapes differ, conversions exceed units, or the information is not positive.

    Examples:
        >>> log_e = split_evidence([5, 5], [100, 100], [15, 20], [100, 100], information=10.0)
        >>> bool(log_e[1] > np.log(20))
        True

    References:
        Fisher, 1935, The logic of inductive inference, doi:10.2307/2342435, for the likelihood given the margins.
        Hoeffding, 1963, Probability inequalities for sums of bounded random variables,
        doi:10.1080/01621459.1963.10500830, section 6, for large counts.
        Ramdas, Grünwald, Vovk, Shafer, 2023, Game-theoretic statistics and safe anytime-valid inference,
        doi:10.1214/23-STS894.
    """
    x0, n0, x1, n1 = (
        np.asarray(one, dtype=np.int64)
        for one in (control_conversions, control_units, treated_conversions, treated_units)
    )
    if not x0.shape == n0.shape == x1.shape == n1.shape or x0.ndim < 1 or not information > 0:
        raise ValueError(f"shapes {x0.shape}, {n0.shape}, {x1.shape}, {n1.shape}; information {information}")
    if not ((x0 >= 0) & (x0 <= n0) & (x1 >= 0) & (x1 <= n1)).all():
        raise ValueError("conversions are not within 0 and the units")
    ratios, weights = _nodes(information, sides)
    rows = np.stack([n0.ravel(), n1.ravel(), (x0 + x1).ravel()], axis=1)
    kinds, which = np.unique(rows, axis=0, return_inverse=True)
    expected = np.stack([_log_expected(tuple(kind), ratios) for kind in kinds.tolist()])
    gained = np.cumsum(x1, axis=-1)[..., None] * ratios
    spent = np.cumsum(expected[which.reshape(x0.shape)], axis=-2)
    return np.asarray(logsumexp(gained - spent, axis=-1, b=weights))


def split_information(units: float, *, share: float, treated_share: float = 0.5) -> float:
    """Return the information that units of both arms carry on the log odds ratio.

    Args:
        units: Units of both arms, above zero.
        share: Share that converts, in (0, 1).
        treated_share: Share of units in the treated arm, in (0, 1).

    Examples:
        >>> split_information(40000, share=0.05)
        475.0
    """
    if not units > 0 or not 0 < share < 1 or not 0 < treated_share < 1:
        raise ValueError(f"units {units}, share {share}, treated share {treated_share}")
    return units * share * (1 - share) * treated_share * (1 - treated_share)


def split_test(
    control: tuple[ArrayLike, ArrayLike],
    treated: tuple[ArrayLike, ArrayLike],
    *,
    information: float,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return how many times as often the treated arm converts, less one, with p and interval good at any look.

    Args:
        control: New conversions and new units since the look before, each of shape (looks,).
        treated: The same of the treated arm. Units must have been split in the same proportion at all looks.
        information: Planned information, as of :func:`split_information`.
        level: Coverage at all looks together, in (0, 1).

    Returns:
        The relative difference of rates, which may be one while both rates drift together; the interval is of
        :func:`~longtake.trial.sequential.bernoulli.bernoulli_ends` for the treated share of conversions.
        Unknown("too_few_rows") without conversions in either arm, Unknown("allocation_changed") when the
        proportion changed, for then a drifting rate looks like an effect.

    Raises:
        ValueError: As :func:`split_evidence`.

    Examples:
        >>> looks = [100] * 10
        >>> found = split_test(([5] * 10, looks), ([10] * 10, looks), information=20.0)
        >>> found.effect.value, found.p < 0.05
        (1.0, True)
    """
    x0, n0, x1, n1 = (np.asarray(one, dtype=np.int64) for one in (*control, *treated))
    log_e = split_evidence(x0, n0, x1, n1, information=information)
    conversions, n = int(x0.sum() + x1.sum()), int(n0.sum() + n1.sum())
    if not x0.sum() or not x1.sum():
        return Unknown("too_few_rows", METHOD, "share", n)
    share = n1.sum() / n
    if (np.abs(n1 - share * (n0 + n1)) > 5 * np.sqrt(share * (1 - share) * (n0 + n1)) + 1).any():
        return Unknown("allocation_changed", METHOD, "share", n)
    odds = n0.sum() / n1.sum()
    low, high = bernoulli_ends(int(x1.sum()), conversions, alpha=1 - level, tight_at=max(conversions, 1))
    value = x1.sum() / x0.sum() * odds - 1
    error = (value + 1) * math.sqrt(1 / x0.sum() + 1 / x1.sum())
    top = high / (1 - high) * odds - 1 if high < 1 else math.inf
    effect = Estimate(float(value), float(low / (1 - low) * odds - 1), float(top), level, "share", METHOD, n)
    return Contrast(effect, float(error), float(always_valid_p(log_e)[-1]))


def _nodes(information: float, sides: int) -> tuple[Floats, Floats]:
    """Return log odds ratios and their weights: the planned normal mixture at Gauss's nodes."""
    at, weight = hermegauss(NODES)
    drift = CENTRE + math.sqrt(SPREAD) * at
    ratios = drift / math.sqrt(information)
    weight = weight / weight.sum()
    if sides == 1:
        return ratios, weight
    return np.concatenate((ratios, -ratios)), np.concatenate((weight, weight)) / 2


def _log_expected(kind: tuple[int, ...], ratios: Floats) -> Floats:
    """Return log E exp(ratio * X) for the treated conversions X of one look under no difference.

    Hypergeometric given the conversions of both arms; beyond EXACT_UP_TO conversions the binomial, which is
    never smaller (Hoeffding), so that the evidence is never too large.
    """
    n0, n1, conversions = kind
    if conversions == 0:
        return np.zeros_like(ratios)
    few = min(conversions, n0 + n1 - conversions)
    if few > EXACT_UP_TO:
        share = n1 / (n0 + n1)
        return np.asarray(conversions * np.logaddexp(math.log1p(-share), math.log(share) + ratios))
    return np.asarray(
        logsumexp(_log_lots(n0, n1, conversions) + _counts(n0, n1, conversions) * ratios[:, None], axis=1)
    )


def _counts(n0: int, n1: int, conversions: int) -> Counts:
    """Return the treated conversions there may be."""
    return np.arange(max(0, conversions - n0), min(conversions, n1) + 1)


@lru_cache(maxsize=4096)
def _log_lots(n0: int, n1: int, conversions: int) -> Floats:
    """Return the log chances of each count of treated conversions under no difference."""
    k = _counts(n0, n1, conversions)

    def log_choose(n: int, some: Counts | int) -> Floats:
        return np.asarray(-np.log1p(n) - betaln(n - some + 1, np.asarray(some) + 1))

    return np.asarray(log_choose(n1, k) + log_choose(n0, conversions - k) - log_choose(n0 + n1, conversions))
