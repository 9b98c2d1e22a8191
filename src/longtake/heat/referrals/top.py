"""How much the few who bring most account for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

METHOD = "share of the people brought by the fifth who brought most, people drawn again (Efron 1979)"
FIFTH = 0.2
LEAST_PEOPLE, LEAST_BROUGHT = 10, 5
DRAWS, SEED = 400, 20_262


@dataclass(frozen=True, slots=True)
class Top:
    """What the fifth who brought most account for.

    Attributes:
        share: Of all people brought.
        chance: The same where everybody brings alike (Poisson); None where the share is unknown.
    """

    share: Quantity
    chance: float | None


def top_share(brought: Ints, *, part: float = FIFTH, level: float = 0.9) -> Top:
    """Return the share of the people brought that the most bringing part of people accounts for.

    Where most bring nobody, a fifth brings nearly all even if everybody is alike; so what chance alone
    gives stands beside it.

    Args:
        brought: How many others each brought, of people followed long enough, shape (n,).
        part: Of the people, in (0, 1).
        level: Coverage of the interval, in (0, 1).

    Raises:
        ValueError: The part is not in (0, 1).

    Examples:
        >>> found = top_share(np.array([8, 2] + [0] * 8))
        >>> found.share.value
        1.0
        >>> top_share(np.array([1] * 10)).share.value
        0.2

    References:
        Efron, 1979, Bootstrap methods: another look at the jackknife, doi:10.1214/aos/1176344552.
    """
    if not 0 < part < 1:
        raise ValueError(f"part {part}")
    n, total = len(brought), int(brought.sum())
    if n < LEAST_PEOPLE:
        return Top(Unknown("too_few_people", METHOD, "share", n, LEAST_PEOPLE), None)
    if total < LEAST_BROUGHT:
        return Top(Unknown("too_few_brought", METHOD, "share", total, LEAST_BROUGHT), None)
    values, counts = np.unique(brought, return_counts=True)
    value = _held(values.astype(np.float64), counts[None, :].astype(np.float64), part)[0]
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(n, counts / n, size=DRAWS).astype(np.float64)
    spread = _held(values.astype(np.float64), drawn[drawn @ values > 0], part)
    low, high = np.quantile(spread, [0.5 - level / 2, 0.5 + level / 2])
    ends = min(float(low), value), max(float(high), value)
    share = Estimate(float(value), ends[0], ends[1], level, "share", METHOD, n)
    mean = total / n
    alike = np.arange(int(poisson.ppf(1 - 1e-9, mean)) + 2, dtype=np.float64)
    chance = _held(alike, poisson.pmf(alike, mean)[None, :], part)[0]
    return Top(share, float(chance))


def _held(values: Floats, people: Floats, part: float) -> Floats:
    """Return what the top part holds of everything, one for each row of people by value, rising."""
    down, sizes = values[::-1], people[:, ::-1]
    whole = sizes.sum(axis=1, keepdims=True)
    inside = np.diff(np.minimum(np.cumsum(sizes, axis=1), part * whole), axis=1, prepend=0.0)
    held = (inside @ down) / np.maximum(sizes @ down, math.ulp(1.0))
    return np.asarray(np.clip(held, 0.0, 1.0))
