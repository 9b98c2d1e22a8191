"""Series with known truth."""

import numpy as np


def carried(rng, steps, rho):
    """Return errors of variance one that carry over a share rho."""
    out = rng.normal(size=steps)
    for step in range(1, steps):
        out[step] = rho * out[step - 1] + np.sqrt(1 - rho**2) * out[step]
    return out


def heat(seed, steps=80):
    """Return counts that fall to a floor, with a weekly cycle."""
    day = np.arange(steps)
    mean = 1000 * (np.exp(-day / 8) + 0.1) * np.where(day % 7 >= 5, 1.4, 1.0)
    return mean * np.exp(0.15 * carried(np.random.default_rng(seed), steps, 0.4))
