"""Draw series from a fitted renewal model, many side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.fit import Fit, Setting
from longtake.heat.renewal.kernel import forgetting

Floats = NDArray[np.float64]

# A drawn count may not run away from what was seen: R near one has paths without end.
MOST = 1e9
UNSURE = 0.3


def draw(rng: np.random.Generator, fitted: Fit, given: Setting, *, draws: int) -> Floats:
    """Return ``draws`` series from the model of one fit, each feeding on its own past.

    Args:
        rng: Source of chance.
        fitted: A fit with b = 1.
        given: Season, events and kernel it was made with.
        draws: Number of series.

    Returns:
        Counts, shape (draws, t).

    References:
        Davison and Hinkley, 1997, Bootstrap methods and their application,
        doi:10.1017/CBO9780511802843, section 8.2.
    """
    steps = given.season.size
    keep, weights = given.keep, fitted.weights[0]
    source = given.season * (fitted.background[0] + fitted.effects[0] @ given.pushes)
    # Where the past stood is known no better than this.
    inherited = fitted.before[0][:, None] * np.exp(UNSURE * rng.standard_normal((keep.size, draws)))
    brought = given.breeding[:, None] * (forgetting(keep, steps).T @ inherited)
    size = 1.0 / float(fitted.scatter[0])
    luck = rng.gamma(size, 1.0 / size, (steps, draws))
    # Columns are averages, so that one matrix product gives the mean of all draws.
    level = np.zeros((keep.size, draws))
    out = np.empty((steps, draws))
    fed, kept = (1.0 - keep)[:, None], keep[:, None]
    poisson, breeding = rng.poisson, given.breeding.tolist()
    for t in range(steps):
        mean = source[t] + brought[t] + breeding[t] * (weights @ level)
        counts = poisson(np.minimum(mean * luck[t], MOST))
        out[t] = counts
        level = kept * level + fed * counts
    return out.T
