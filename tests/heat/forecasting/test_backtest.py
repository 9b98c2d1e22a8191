import numpy as np
import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.forecasting.backtest import backtest


def test_a_steady_noisy_series_is_held_and_beats_a_mean_that_falls():
    counts = np.random.default_rng(0).poisson(400.0, 200).astype(float)
    found = backtest(counts, step_hours=24.0, horizon=14, every=14)
    assert isinstance(found.coverage, Estimate)
    assert found.coverage.value >= 0.7
    assert isinstance(found.skill, Estimate)
    assert found.skill.value > 0.0
    assert found.origins == tuple(range(110, 187, 14))


def test_no_forecast_knows_what_came_after_it():
    rng = np.random.default_rng(1)
    counts = rng.poisson(400.0, 120).astype(float)
    whole = backtest(counts, step_hours=24.0, horizon=10, window=60, every=10)
    early = backtest(counts[:90], step_hours=24.0, horizon=10, window=30, every=10)
    assert whole.origins[:3] == early.origins
    assert whole.asked[0] == early.asked[0] == 0.8


def test_a_series_that_always_misses_asks_for_more():
    counts = np.where(np.arange(150) % 20 < 10, 10.0, 4000.0)
    found = backtest(counts, step_hours=24.0, horizon=10, every=10, adaptive=True)
    held = found.coverage
    assert isinstance(held, Estimate)
    assert (found.asked[-1] > 0.8) == (held.value < 0.8)


def test_a_short_series_has_no_past_to_be_tested_on():
    found = backtest(np.ones(20), step_hours=24.0, horizon=10)
    assert isinstance(found.coverage, Unknown)
    assert found.coverage.needed == 24
    with pytest.raises(ValueError, match="horizon 0"):
        backtest(np.ones(20), step_hours=24.0, horizon=0)
