"""Where conversions fall when they are drawn like lots: Fisher's hypergeometric law by odds ratio."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

REACH = 12.0


def log_expected(n0: int, n1: int, conversions: int, ratios: Floats) -> Floats:
    """Return log E exp(ratio * X) of the treated conversions X when the arms are alike.

    The sum runs over counts within twelve spreads of the likeliest under each ratio, which leaves out less
    than the last digit holds.

    Args:
        n0: Control units.
        n1: Treated units.
        conversions: Conversions of both arms, 0 to ``n0 + n1``.
        ratios: Log odds ratios, shape (j,).

    Returns:
        Shape (j,).

    Examples:
        >>> import numpy as np
        >>> log_expected(1, 1, 1, np.log([3.0])).round(6).tolist() == np.log([2.0]).round(6).tolist()
        True

    References:
        Fisher, 1935, The logic of inductive inference, doi:10.2307/2342435.
    """
    least, most = max(0, conversions - n0), min(conversions, n1)
    if least == most:
        return np.asarray(least * ratios, dtype=np.float64)
    reach = math.ceil(REACH * math.sqrt(min(conversions, n0 + n1 - conversions) + 1))
    if most - least <= 4 * reach:
        k, chance = _all(n0, n1, conversions, least, most)
        return _log_sum(chance + k * ratios[:, None])
    near = np.rint(likeliest(n0, n1, conversions, ratios))[:, None]
    k = near + np.arange(-reach, reach + 1)
    held = np.clip(k, least, most)
    chance = np.where((k >= least) & (k <= most), _chance(n0, n1, conversions, held), -np.inf)
    return _log_sum(chance + held * ratios[:, None])


def likeliest(n0: int, n1: int, conversions: int, ratios: Floats) -> Floats:
    """Return the treated conversions that are likeliest under each log odds ratio, not rounded.

    Examples:
        >>> import numpy as np
        >>> likeliest(100, 100, 20, np.zeros(1)).tolist()
        [10.0]
    """
    odds = np.exp(ratios)
    b = n0 - conversions + odds * (n1 + conversions)
    c = odds * n1 * conversions
    return np.asarray(2 * c / (b + np.sqrt(b * b + 4 * (1 - odds) * c)))


@lru_cache(maxsize=4096)
def _all(n0: int, n1: int, conversions: int, least: int, most: int) -> tuple[Floats, Floats]:
    """Return every count that can be, and its log chance: a search for an interval asks again and again."""
    k = np.arange(least, most + 1, dtype=np.float64)
    return k, _chance(n0, n1, conversions, k)


def _chance(n0: int, n1: int, conversions: int, k: Floats) -> Floats:
    return _log_choose(n1, k) + _log_choose(n0, conversions - k) - _log_choose(n0 + n1, conversions)


def _log_sum(logs: Floats) -> Floats:
    """Return log sum exp of each row; a third of the time SciPy's takes on rows this short."""
    top = logs.max(axis=1, keepdims=True)
    return np.asarray(top[:, 0] + np.log(np.exp(logs - top).sum(axis=1)))


def _log_choose(n: int, k: Floats | int) -> Floats:
    """Return the log of the number of ways to choose k of n."""
    some = np.asarray(k, dtype=np.float64)
    return np.asarray(gammaln(n + 1) - gammaln(some + 1) - gammaln(n - some + 1))
