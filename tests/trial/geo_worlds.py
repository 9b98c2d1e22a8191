"""Cities with known truth."""

import numpy as np

from longtake.trial.geo.panel import Panel

NAMES = [f"city {one:02d}" for one in range(20)]


def cities(seed=0, days=70, noise=0.03):
    """Return cities (20, days) that share two waves and a weekly cycle in their own proportions."""
    rng = np.random.default_rng(seed)
    day = np.arange(days)
    waves = np.stack([np.sin(day / 9), np.cumsum(rng.normal(0, 0.15, days)), np.sin(day * 2 * np.pi / 7)])
    shares = rng.uniform(0, 0.3, (20, 3))
    size = rng.lognormal(6, 0.8, 20)
    return size[:, None] * np.exp(shares @ waves + rng.normal(0, noise, (20, days)))


def panel(table, start=56, treated=("city 03", "city 07"), **how):
    return Panel.of(table, names=NAMES, treated=treated, start=start, **how)
