"""Series with a known law, so that trees know steady and plainly falling ones too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.kernel import keeps, time_constants
from longtake.services.training.views.videos import DAYS, Videos

Floats = NDArray[np.float64]

SERIES, SEED = 600, 11


def worlds(folds: int, *, series: int = SERIES) -> Videos:
    """Return series of four laws in turn, with promotion.

    Steady; falling as a power of age; falling to a floor as an exponential; renewal model driven by
    promotion. In the first three promotion is there and does nothing. A third are without noise, the others
    Poisson.
    """
    rng = np.random.default_rng(SEED)
    age = np.arange(1.0, DAYS + 1)[None]
    place = np.arange(series)
    size = np.exp(rng.uniform(np.log(20.0), np.log(50000.0), series))[:, None]
    power = rng.uniform(0.1, 1.2, series)[:, None]
    tau, floor = rng.uniform(5.0, 60.0, series)[:, None], rng.uniform(0.05, 0.5, series)[:, None]
    laws = [
        np.broadcast_to(size, (series, DAYS)),
        size * age**-power,
        size * (floor + (1 - floor) * np.exp(-age / tau)),
    ]
    rare = rng.uniform(0.05, 1.0, series)[:, None]
    pushes = (rng.random((series, DAYS)) < rare) * rng.gamma(2.0, 0.5, (series, DAYS))
    mean = np.choose((place % 4)[:, None], [*laws, laws[0]])
    plain = (place // 4) % 3 == 0
    counts = np.where(plain[:, None], mean, rng.poisson(mean))
    driven = np.flatnonzero(place % 4 == 3)
    counts[driven] = _driven(rng, size[driven], pushes[driven])
    return Videos(counts.astype(np.float64), pushes, place // 4 % folds)


def _driven(rng: np.random.Generator, size: Floats, pushes: Floats) -> Floats:
    n, days = pushes.shape
    keep = keeps(time_constants(24.0))
    alpha = rng.dirichlet(np.ones(keep.size), n) * rng.uniform(0.1, 0.8, (n, 1))
    effect = size * rng.uniform(0.2, 2.0, (n, 1))
    level, out = np.repeat(size, keep.size, axis=1), np.empty((n, days))
    for day in range(days):
        mean = 0.1 * size[:, 0] + effect[:, 0] * pushes[:, day] + (alpha * level).sum(axis=1)
        out[:, day] = rng.poisson(mean)
        level = level * keep + (1 - keep) * out[:, day : day + 1]
    return out
