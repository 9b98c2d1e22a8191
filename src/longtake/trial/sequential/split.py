"""Evidence from which arm each conversion came, valid at any time while the base rate does what it likes."""

from __future__ import annotations

import math

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import logsumexp

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.trial.sequential.lots import log_expected
from longtake.trial.sequential.mixture import CENTRE, SPREAD, always_valid_p

Floats = NDArray[np.float64]

METHOD = "conversion split, always valid under a drifting base rate"
NODES = 12
FARTHEST = 12.0


def split_evidence(
    control_conversions: ArrayLike,
    control_units: ArrayLike,
    treated_conversions: ArrayLike,
    treated_units: ArrayLike,
    *,
    information: float,
    sides: int = 2,
    null: float = 0.0,
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
        null: Log odds ratio that the evidence is against, 0 for arms that are alike.

    Returns:
        Shape (..., looks); the evidence may be read at every look.

    Raises:
        ValueError: Shapes differ, conversions exceed units, or the information is not positive.

    Examples:
        >>> log_e = split_evidence([5, 5], [100, 100], [15, 20], [100, 100], information=10.0)
        >>> bool(log_e[1] > np.log(20))
        True

    References:
        Fisher, 1935, The logic of inductive inference, doi:10.2307/2342435, for the likelihood given the
        margins. Ramdas, Grünwald, Vovk, Shafer, 2023, Game-theoretic statistics and safe anytime-valid
        inference, doi:10.1214/23-STS894.
    """
    x0, n0, x1, n1 = (
        _whole(one) for one in (control_conversions, control_units, treated_conversions, treated_units)
    )
    if not x0.shape == n0.shape == x1.shape == n1.shape or x0.ndim < 1 or not information > 0:
        raise ValueError(f"shapes {x0.shape}, {n0.shape}, {x1.shape}, {n1.shape}; information {information}")
    if not ((x0 >= 0) & (x0 <= n0) & (x1 >= 0) & (x1 <= n1)).all():
        raise ValueError("conversions are not within 0 and the units")
    ratios, weights = _nodes(information, sides)
    rows = np.stack([n0.ravel(), n1.ravel(), (x0 + x1).ravel()], axis=1)
    kinds, which = np.unique(rows, axis=0, return_inverse=True)
    at = np.concatenate(([null], null + ratios))
    spending = np.stack([log_expected(a, b, x, at) for a, b, x in kinds.tolist()])
    expected = spending[:, 1:] - spending[:, :1]
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
    """Return by how much the treated odds of converting are higher, with p and interval good at any look.

    Exact at any sample size, whatever the base rate does between looks and however the split was changed
    between them, as long as units of one look were assigned by lot.

    Args:
        control: New conversions and new units since the look before, each of shape (looks,).
        treated: The same of the treated arm.
        information: Planned information, as of :func:`split_information`.
        level: Coverage at all looks together, in (0, 1).

    Returns:
        The odds ratio less one (the relative difference of rates, when rates are small); its p-value and
        interval are those of this look and may be read at every look. An arm that has all conversions leaves
        one end of the interval without bound. Unknown("too_few_rows") without conversions at looks at which
        both arms had units.

    Raises:
        ValueError: As :func:`split_evidence`, or the level is not in (0, 1).

    Examples:
        >>> looks = [100] * 10
        >>> found = split_test(([5] * 10, looks), ([10] * 10, looks), information=20.0)
        >>> round(found.effect.value, 2), found.clear, found.p < 0.05
        (1.1, True, True)
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    x0, n0, x1, n1 = (_whole(one) for one in (*control, *treated))
    log_e = split_evidence(x0, n0, x1, n1, information=information)
    n = int(n0.sum() + n1.sum())
    told = (n0 > 0) & (n1 > 0) & (x0 + x1 > 0) & (x0 + x1 < n0 + n1)
    kinds, looks = np.unique(
        np.stack([n0[told], n1[told], (x0 + x1)[told]], axis=1), axis=0, return_counts=True
    )
    gained = int(x1[told].sum())
    most = int(looks @ np.minimum(kinds[:, 2], kinds[:, 1]))
    least = int(looks @ np.maximum(0, kinds[:, 2] - kinds[:, 0]))
    if least == most:
        return Unknown("too_few_rows", METHOD, "share", n)
    # Where one arm has all there are, the likeliest odds have no bound: stop half a conversion before it.
    aim = min(max(gained, least + 0.5), most - 0.5)
    step, weights = _nodes(information, 2)

    def spent(ratios: Floats) -> Floats:
        each = zip(kinds.tolist(), looks.tolist(), strict=True)
        return np.asarray(sum(times * log_expected(a, b, x, ratios) for (a, b, x), times in each))

    def evidence(ratio: float) -> float:
        against = spent(np.concatenate(([ratio], ratio + step)))
        return float(logsumexp(gained * step - against[1:] + against[0], b=weights))

    def slope(ratio: float) -> float:
        near = spent(np.array([ratio - 1e-4, ratio + 1e-4]))
        return aim - float(near[1] - near[0]) / 2e-4

    wanted = math.log(1 / (1 - level))
    value = float(brentq(slope, -FARTHEST, FARTHEST, xtol=1e-9))
    ends = [
        float(brentq(lambda r: evidence(r) - wanted, value, far, xtol=1e-9))
        if evidence(far) > wanted
        else far
        for far in (-FARTHEST, FARTHEST)
    ]
    low = math.expm1(ends[0]) if ends[0] > -FARTHEST else -1.0
    high = math.expm1(ends[1]) if ends[1] < FARTHEST else math.inf
    curve = spent(np.array([value - 1e-2, value, value + 1e-2]))
    error = math.exp(value) / math.sqrt(max(float(curve[0] - 2 * curve[1] + curve[2]) / 1e-4, 1e-12))
    effect = Estimate(math.expm1(value), low, high, level, "share", METHOD, n)
    return Contrast(effect, error, float(always_valid_p(log_e[-1:])[0]))


def _whole(counts: ArrayLike) -> NDArray[np.int64]:
    """Return counts as whole numbers."""
    given = np.asarray(counts, dtype=np.float64)
    if not (np.isfinite(given) & (given == np.rint(given))).all():
        raise ValueError("conversions and units are whole numbers")
    return given.astype(np.int64)


def _nodes(information: float, sides: int) -> tuple[Floats, Floats]:
    """Return log odds ratios and their weights: the planned normal mixture at Gauss's nodes."""
    at, weight = hermegauss(NODES)
    drift = CENTRE + math.sqrt(SPREAD) * at
    ratios = drift / math.sqrt(information)
    weight = weight / weight.sum()
    if sides == 1:
        return ratios, weight
    return np.concatenate((ratios, -ratios)), np.concatenate((weight, weight)) / 2
