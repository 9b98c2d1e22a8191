import math

import numpy as np
import pytest

from longtake.heat.index.factor import Cells, factor


def world(seed=0, size=720, hide=0.2):
    """Return the level, the platforms' logarithms and which of them are seen."""
    rng = np.random.default_rng(seed)
    loading, noise = np.array([0.6, 0.8, 1.0, 1.2, 1.4]), np.array([0.02, 0.05, 0.1, 0.2, 0.4])
    level = np.cumsum(rng.normal(0, 0.15, size))
    value = rng.normal(5, 2, 5)[:, None] + loading[:, None] * level
    value = value + rng.normal(0, 1, (5, size)) * np.sqrt(noise)[:, None]
    return level, value, rng.random((5, size)) >= hide, loading, noise


def test_recovers_a_simulated_world():
    level, value, seen, loading, noise = world()
    found = factor(Cells(value, seen, np.zeros_like(seen)))
    assert found.loading == pytest.approx(loading, abs=0.06)
    assert found.noise == pytest.approx(noise, rel=0.2)
    assert np.sqrt(found.step) == pytest.approx(0.15, rel=0.15)
    off = (found.level.mean - found.level.mean.mean()) - (level - level.mean())
    assert off.std() < 0.12
    held = np.abs(off) < 1.2816 * np.sqrt(found.level.variance)
    assert 0.7 < held.mean() < 0.9


def test_a_single_platform_is_the_local_level_model():
    rng = np.random.default_rng(3)
    value = np.cumsum(rng.normal(0, 0.3, 400)) + rng.normal(0, 0.5, 400)
    found = factor(Cells(value[None], np.ones((1, 400), bool), np.zeros((1, 400), bool)), rounds=400)

    def likelihood(q, r):
        """Return the diffuse likelihood by prediction errors."""
        total, at, var = 0.0, value[0], r
        for seen in value[1:].tolist():
            var += q
            total -= 0.5 * (math.log(2 * math.pi * (var + r)) + (seen - at) ** 2 / (var + r))
            gain = var / (var + r)
            at, var = at + gain * (seen - at), (1 - gain) * var
        return total

    best = max(likelihood(q, r) for q in np.linspace(0.05, 0.15, 11) for r in np.linspace(0.15, 0.35, 11))
    assert found.log_likelihood == pytest.approx(likelihood(found.step, found.noise[0]), abs=1e-4)
    assert found.log_likelihood > best - 0.05


def test_bounds_bring_back_what_dropping_them_loses():
    level, value, _, loading, _ = world(4, hide=0.0)
    bound = np.quantile(value, 0.4, axis=1, keepdims=True)
    below = value < bound
    below[3:] = False
    known = factor(Cells(np.where(below, bound, value), ~below, below))
    assert known.loading == pytest.approx(loading, abs=0.08)
    off = (known.level.mean - known.level.mean.mean()) - (level - level.mean())
    assert off.std() < 0.15
