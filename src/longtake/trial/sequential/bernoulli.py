"""Confidence sequences of a share, by a beta-binomial mixture."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, xlog1py, xlogy

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.trial.sequential.mixture import precision

Floats = NDArray[np.float64]

METHOD = "Bernoulli confidence sequence, beta-binomial mixture (Howard 2021)"
HALVINGS = 60


def log_beta_binomial(successes: ArrayLike, trials: ArrayLike, p: ArrayLike, *, tight_at: float) -> Floats:
    """Return the log of the evidence against a share p, mixed over shares around it.

    Args:
        successes: Successes so far, any shape; need not be whole.
        trials: Trials so far, at least the successes.
        p: The share in question, in (0, 1), of a shape that fits.
        tight_at: Trials at which the bound at level .95 is tightest, above zero.

    Examples:
        >>> round(float(log_beta_binomial(0, 0, 0.3, tight_at=50)), 12)
        0.0

    References:
        Howard, Ramdas, McAuliffe, Sekhon, 2021, Time-uniform, nonparametric, nonasymptotic confidence
        sequences, doi:10.1214/20-AOS1991, proposition 7.
    """
    x, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    share = np.asarray(p, dtype=np.float64)
    each = share * (1 - share)
    r = np.maximum(precision(tight_at, 0.05) - 1, 1e-3) * each
    a, b = r / (1 - share), r / share
    return np.asarray(betaln(a + x, b + n - x) - betaln(a, b) - xlogy(x, share) - xlog1py(n - x, -share))


def bernoulli_ends(
    successes: ArrayLike, trials: ArrayLike, *, alpha: float, tight_at: float
) -> tuple[Floats, Floats]:
    """Return both ends of the confidence sequence of a share.

    Args:
        successes: Successes so far, any shape.
        trials: Trials so far, at least the successes; without trials the ends are 0 and 1.
        alpha: Chance that the share is ever outside, in (0, 1).
        tight_at: Trials at which it is tightest, above zero.

    Raises:
        ValueError: Successes are not within 0 and the trials, or alpha is not in (0, 1).

    Examples:
        >>> low, high = bernoulli_ends(100, 200, alpha=0.05, tight_at=1)
        >>> round(float(low), 4), round(float(high), 4)
        (0.3289, 0.6711)
    """
    x, n = np.broadcast_arrays(np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64))
    if not ((x >= 0) & (x <= n)).all() or not 0 < alpha < 1:
        raise ValueError(f"successes within 0 and trials, alpha {alpha} in (0, 1)")
    seen = np.where(n > 0, x / np.maximum(n, 1e-300), 0.5)
    wanted = math.log(1 / alpha)
    ends = []
    for outer in (0.0, 1.0):
        far, near = np.full(n.shape, outer), seen.copy()
        for _ in range(HALVINGS):
            middle = (far + near) / 2
            inside = np.clip(middle, 1e-300, 1 - 1e-16)
            refused = log_beta_binomial(x, n, inside, tight_at=tight_at) >= wanted
            far, near = np.where(refused, middle, far), np.where(refused, near, middle)
        ends.append(np.where((n == 0) | (seen == outer), outer, (far + near) / 2))
    return np.minimum(ends[0], np.where(n > 0, seen, 0.0)), np.maximum(ends[1], np.where(n > 0, seen, 1.0))


def bernoulli_sequence(
    successes: int, trials: int, *, tight_at: float = 500.0, level: float = 0.95
) -> Quantity:
    """Return a share with an interval that holds at every look.

    Args:
        successes: Successes so far, 0 to ``trials``.
        trials: Trials so far.
        tight_at: Trials at which it is tightest, above zero.
        level: Coverage at all looks together, in (0, 1).

    Returns:
        The share; Unknown("no_rows") without trials.

    Raises:
        ValueError: Successes are not within 0 and the trials, or the level is not in (0, 1).

    Examples:
        >>> e = bernoulli_sequence(100, 200, tight_at=1)
        >>> round(e.low, 4), e.value
        (0.3289, 0.5)
    """
    if trials == 0:
        return Unknown("no_rows", METHOD, "share", 0, 1)
    low, high = bernoulli_ends(successes, trials, alpha=1 - level, tight_at=tight_at)
    return Estimate(successes / trials, float(low), float(high), level, "share", METHOD, trials)
