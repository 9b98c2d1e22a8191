"""Normal mixtures: evidence against a mean of zero that may be read at any time.

All functions take arrays and return logarithms; ``s`` is a running sum and ``v`` its variance so far.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.float64]

# Prior of a planned effect, in standard errors at the planned end. On Brownian motion this centre and spread
# find an effect of 80 % fixed power with .62 and one of twice that with .998 by .29 of the plan; the mixture
# around zero, tuned to the same end, finds .54 and .997 by .32.
CENTRE, SPREAD = 3.2, 1.0


def precision(v: float, alpha: float, *, sides: int = 2) -> float:
    """Return the precision of the mixing normal that makes the bound tightest at variance ``v``, roughly.

    Args:
        v: Variance of the sum at which to be tight, above zero.
        alpha: Chance of a false alarm, in (0, 1); in (0, .5) with one side.
        sides: 1 or 2.

    Raises:
        ValueError: A value is out of its range.

    Examples:
        >>> round(precision(100, 0.05), 5)
        12.60056

    References:
        Howard, Ramdas, McAuliffe, Sekhon, 2021, Time-uniform, nonparametric, nonasymptotic confidence
        sequences, doi:10.1214/20-AOS1991, section 3.5.
    """
    each = alpha * (2 if sides == 1 else 1)
    if not v > 0 or not 0 < each < 1 or sides not in (1, 2):
        raise ValueError(f"v {v}, alpha {alpha}, sides {sides}")
    return v / (2 * math.log(1 / each) + math.log(1 + 2 * math.log(1 / each)))


def log_mixture(s: ArrayLike, v: ArrayLike, *, rho: float, sides: int = 2) -> Floats:
    """Return the log of the evidence against a mean of zero, mixed over means around zero.

    Args:
        s: Sums, any shape.
        v: Their variances, at least 0, of a shape that fits.
        rho: Precision of the mixing normal, above zero.
        sides: 2 against any mean, 1 against means above zero.

    Examples:
        >>> rho = precision(100, 0.05)
        >>> round(float(log_mixture(10, 100, rho=rho)), 6)
        -0.651005

    References:
        Robbins, 1970, Statistical methods related to the law of the iterated logarithm,
        doi:10.1214/aoms/1177696786.
    """
    total = np.asarray(v, dtype=np.float64) + rho
    sums = np.asarray(s, dtype=np.float64)
    out = 0.5 * np.log(rho / total) + sums**2 / (2 * total)
    if sides == 1:
        out = out + math.log(2) + log_ndtr(sums / np.sqrt(total))
    return np.asarray(out)


def mixture_bound(v: ArrayLike, *, alpha: float, rho: float, sides: int = 2) -> Floats:
    """Return what the absolute sum (2 sides) or the sum (1) passes, ever, with a chance of at most alpha.

    With one side it is a closed form just above the exact bound.

    Args:
        v: Variances of the sum, at least 0.
        alpha: Chance, in (0, 1).
        rho: Precision of the mixing normal, above zero.
        sides: 1 or 2.

    Examples:
        >>> round(float(mixture_bound(100, alpha=0.05, rho=precision(100, 0.05))), 5)
        30.35209
    """
    total = np.asarray(v, dtype=np.float64) + rho
    if sides == 1:
        return np.asarray(np.sqrt(2 * total * np.log1p(np.sqrt(total / rho) / (2 * alpha))))
    return np.asarray(np.sqrt(total * (np.log(total / rho) + 2 * math.log(1 / alpha))))


def mixture_p(s: float, v: float, *, rho: float, sides: int = 2) -> float:
    """Return the alpha at which :func:`mixture_bound` is just reached, at most 1.

    Args:
        s: Sum so far.
        v: Its variance, at least 0.
        rho: Precision of the mixing normal, above zero.
        sides: 1 or 2.

    Examples:
        >>> round(mixture_p(30.35209, 100, rho=precision(100, 0.05)), 6)
        0.05
    """
    total = v + rho
    raised = s * s / (2 * total)
    if sides == 1:
        return 1.0 if s <= 0 else min(1.0, math.sqrt(total / rho) / 2 / math.expm1(min(raised, 700.0)))
    return math.exp(min(0.0, 0.5 * math.log(total / rho) - raised))


def log_planned(
    s: ArrayLike, v: ArrayLike, *, centre: float = CENTRE, spread: float = SPREAD, sides: int = 2
) -> Floats:
    """Return the log of the evidence against a mean of zero, mixed over means around a planned one.

    The mixing law is ``N(centre, spread)``, or half of it on either side of zero. Whatever centre and spread
    are, the chance that the evidence ever passes ``1 / alpha`` is at most alpha; they only decide where it
    grows fastest.

    Args:
        s: Sums in units in which the planned variance is 1, any shape.
        v: Their variances in the same units: the share of the planned information that is in.
        centre: Mean of the mixing normal, in standard errors at the planned end.
        spread: Its variance, at least 0.
        sides: 2 against any mean, 1 against means above zero.

    Examples:
        >>> float(log_planned(0.0, 0.0))
        0.0
        >>> round(float(log_planned(2.0, 1.0, centre=2.0, spread=0.0, sides=1)), 6)
        2.0
    """
    sums, seen = np.asarray(s, dtype=np.float64), np.asarray(v, dtype=np.float64)
    wide = 1 + spread * seen

    def toward(mean: float) -> Floats:
        return np.asarray((spread * sums**2 + 2 * mean * sums - mean**2 * seen) / (2 * wide))

    grown = toward(centre) if sides == 1 else np.logaddexp(toward(centre), toward(-centre)) - math.log(2)
    return np.asarray(grown - 0.5 * np.log(wide))


def always_valid_p(log_evidence: ArrayLike) -> Floats:
    """Return p-values that hold at every look: one over the highest evidence so far, along the last axis.

    Examples:
        >>> always_valid_p(np.log([0.5, 4.0, 2.0])).tolist()
        [1.0, 0.25, 0.25]

    References:
        Ville, 1939, Étude critique de la notion de collectif, Gauthier-Villars.
        Johari, Koomen, Pekelis, Walsh, 2022, Always valid inference, doi:10.1287/opre.2021.2135.
    """
    highest = np.maximum.accumulate(np.asarray(log_evidence, dtype=np.float64), axis=-1)
    return np.asarray(np.exp(-np.maximum(highest, 0.0)))
