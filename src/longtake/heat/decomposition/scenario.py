"""What would be expected with some of what came from outside, and with none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.decomposition.plausible import Plausible
from longtake.heat.renewal.fit import Setting
from longtake.heat.renewal.kernel import forgetting
from longtake.heat.renewal.recursion import respond

Floats = NDArray[np.float64]

# With R above one a count's offspring grow without end.
MOST = 1e12


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Expected counts over a window by what set them off, offspring included; d draws.

    Attributes:
        background: Shape (d,).
        events: Shape (d, j).
        before: What the time before the first step had left behind, shape (d,).
    """

    background: Floats
    events: Floats
    before: Floats

    @property
    def all(self) -> Floats:
        """Every count that is expected, shape (d,)."""
        return np.asarray(self.background + self.before + self.events.sum(axis=1))


def totals(near: Plausible, setup: Setting, window: NDArray[np.bool_] | Floats) -> Totals:
    """Return the totals over the steps of a window, weights of shape (t,)."""
    more = influence(window, setup.breeding, near.weights.T, setup.keep)
    worth = more * setup.season[:, None]
    left = forgetting(setup.keep, setup.season.size) @ (more * setup.breeding[:, None])
    return Totals(
        near.background * worth.sum(axis=0),
        near.effects * (setup.pushes @ worth).T,
        np.einsum("dk,kd->d", near.before, left),
    )


def courses(near: Plausible, setup: Setting, named: int) -> tuple[Floats, Floats]:
    """Return what the middle draw expects step by step, by what set it off, offspring included.

    Args:
        near: The draws.
        setup: The setting.
        named: Events that are named; those after them count as the rest.

    Returns:
        Expected counts without the named events, shape (t,), and those of each of them, shape (named, t).
    """
    rest = near.background[0] + near.effects[0, named:] @ setup.pushes[named:]
    rest = rest * setup.season + near.before[0] @ forgetting(setup.keep, setup.season.size) * setup.breeding
    events = near.effects[0, :named, None] * setup.pushes[:named] * setup.season
    told = respond(np.vstack([rest, events]).T, setup.breeding, near.weights[0], setup.keep).T
    return told[0], told[1:]


def influence(window: NDArray[np.bool_] | Floats, breeding: Floats, weights: Floats, keep: Floats) -> Floats:
    """Return how many counts inside the window one more count from outside leads to, itself included.

    Args:
        window: Weight of each step, shape (t,).
        breeding: What offspring are multiplied by in each step, shape (t,).
        weights: alpha of n processes, shape (k, n).
        keep: Shape (k,).

    Returns:
        Shape (t, n).

    Examples:
        One count breeds half a count in the next step, which breeds a quarter in the one after:

        >>> influence(np.ones(3), np.ones(3), np.array([[0.5]]), np.array([0.0])).ravel().tolist()
        [1.75, 1.5, 1.0]
    """
    steps = breeding.size
    counted = np.asarray(window, dtype=np.float64).tolist()
    cycle = breeding.tolist()
    out = np.empty((steps, weights.shape[1]))
    later = np.zeros_like(weights)
    scratch = np.empty_like(weights)
    fed, kept = 1.0 - keep, keep[:, None]
    for t in range(steps - 1, -1, -1):
        worth = out[t]
        np.dot(fed, later, out=worth)
        worth += counted[t]
        np.minimum(worth, MOST, out=worth)
        later *= kept
        np.multiply(weights, worth, out=scratch)
        scratch *= cycle[t]
        later += scratch
    return out
