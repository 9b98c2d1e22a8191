"""Counts that breed counts across audience circles and platforms, every part known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.simulate.cascade import DAY_HOURS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KERNEL = ((2.0, 0.45), (12.0, 0.35), (48.0, 0.2))
STAYS = 0.85
SCATTER = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Counts by hour, circle and platform, shape (hours, circles, platforms).

    Attributes:
        bought: Those that paid acts brought directly.
        unasked: Those that came by themselves: the release, free acts, the background.
        bred: Those that earlier ones bred.
        reproduction: Further counts one count breeds, hour by hour, over all circles, shape (hours,).
    """

    bought: Ints
    unasked: Ints
    bred: Ints
    reproduction: Floats

    @property
    def counts(self) -> Ints:
        """All of them."""
        return self.bought + self.unasked + self.bred


def passing(circles: int, crossing: float, lost: float) -> Floats:
    """Return which share of what a circle breeds falls into which, shape (to, from).

    Circles stand in a chain: of what leaves one, three of four parts go to its neighbours.

    Args:
        circles: How many, at least 1.
        crossing: Share that leaves a healthy circle, in [0, 1].
        lost: Share of those leaving that nobody takes up, in [0, 1].

    Examples:
        >>> passing(2, 0.25, 0.0).tolist()
        [[0.75, 0.25], [0.25, 0.75]]
        >>> passing(2, 0.25, 1.0).tolist()
        [[0.75, 0.0], [0.0, 0.75]]
    """
    if circles == 1:
        return np.ones((1, 1))
    away = np.abs(np.subtract.outer(np.arange(circles), np.arange(circles)))
    pull = np.where(away == 1, 0.75, np.where(away > 1, 0.25, 0.0))
    pull = pull / pull.sum(axis=0)
    return np.asarray(np.eye(circles) * (1 - crossing) + pull * crossing * (1 - lost))


def spread(
    rng: np.random.Generator,
    *,
    paid: Floats,
    free: Floats,
    reproduction: Floats,
    supply: Floats,
    pass_on: Floats,
    mix: Floats,
    total: float,
) -> Spread:
    """Return a renewal process in which circles and platforms breed counts in each other.

    ``mean_t = s_t * (paid_t + free_t + R_t * pass_on @ memory @ moves)`` with exponential memories of the
    counts as in :func:`longtake.simulate.cascade.cascade`; counts are negative binomial.

    Args:
        rng: Source of chance.
        paid: What paid acts bring directly, any unit, shape (hours, circles, platforms).
        free: What comes unasked, the same unit and shape.
        reproduction: R hour by hour before losses between circles, shape (hours,), at least 0.
        supply: Factor on all activity beside the daily cycle, shape (hours,), above zero; R is per count at
            equal supply, so that a quieter world does not lower it.
        pass_on: Shares of :func:`passing`.
        mix: Share of each platform, shape (platforms,).
        total: Counts expected in all; pushes are scaled to it.

    Raises:
        ValueError: Nothing is pushed, or the expected counts run away.

    References:
        Hawkes, 1971, Spectra of some self-exciting and mutually exciting point processes,
        doi:10.1093/biomet/58.1.83.
    """
    hours = paid.shape[0]
    season = DAY_HOURS[np.arange(hours) % 24] * supply
    moves = STAYS * np.eye(mix.size) + (1 - STAYS) * np.broadcast_to(mix, (mix.size, mix.size))
    weights = np.array([weight for _, weight in KERNEL])[:, None, None]
    keep = np.exp(-1.0 / np.array([tau for tau, _ in KERNEL]))[:, None, None]
    calm = np.zeros((3, *paid.shape[1:]))
    expected = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(hours):
            level = paid[t] + free[t] + reproduction[t] * (pass_on @ (weights * calm).sum(axis=0) @ moves)
            expected += season[t] * float(level.sum())
            calm = keep * calm + (1 - keep) * level
    if not 0 < expected < 1e12 * total:
        raise ValueError(f"expected counts {expected}: nothing is pushed, or they run away")
    scale = total / expected
    shape = paid.shape
    bought, unasked, bred = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    luck = rng.gamma(1 / SCATTER, SCATTER, shape)
    memory = np.zeros((3, *shape[1:]))
    for t in range(hours):
        own, pushed = free[t] * scale * season[t], paid[t] * scale * season[t]
        born = season[t] * reproduction[t] * (pass_on @ (weights * memory).sum(axis=0) @ moves)
        means = np.stack([pushed, own, born]) * luck[t]
        bought[t], unasked[t], bred[t] = rng.poisson(np.minimum(means, 1e7))
        memory = keep * memory + (1 - keep) * (bought[t] + unasked[t] + bred[t]) / season[t]
    return Spread(bought, unasked, bred, reproduction * float(pass_on.sum(axis=0).mean()))
