import numpy as np
import pytest

from longtake.domain.timed.series import CENSORED, MISSING, OBSERVED
from longtake.simulate.fading import THRESHOLD, fading


def test_thresholds_swing_sevenfold():
    assert THRESHOLD.max() / THRESHOLD.min() == pytest.approx(7.0, rel=0.02)


def test_without_scatter_the_level_halves_as_told():
    world = fading(np.random.default_rng(1), half_life_hours=5.0, scatter=0.0, missing=0.0, height=1e6)
    values = world.series.values
    assert (world.series.state == OBSERVED).all()
    assert values[world.peak + 5] / values[world.peak] == pytest.approx(0.5)


def test_states_and_bounds_go_together():
    world = fading(np.random.default_rng(2), half_life_hours=24.0, hours=400)
    state = world.series.state
    assert np.isnan(world.series.values[state != OBSERVED]).all()
    assert np.isfinite(world.series.bound[state == CENSORED]).all()
    assert (state == MISSING).mean() == pytest.approx(0.19, abs=0.06)


def test_refuses_impossible_worlds():
    with pytest.raises(ValueError, match="half-life"):
        fading(np.random.default_rng(0), half_life_hours=0.0)
