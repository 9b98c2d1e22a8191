import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.forecasting.baselines import damped_mean, last_mean, seasonal_naive


def test_a_power_of_age_is_forecast_by_the_same_power_but_for_the_width_of_its_window():
    counts = 1e6 * np.arange(1.0, 401.0) ** -0.5
    truth = 1e6 * np.arange(401.0, 431.0) ** -0.5
    assert damped_mean(counts, horizon=30)[0] == pytest.approx(truth, rel=2e-3)


def test_without_damping_it_is_the_last_mean():
    counts = np.random.default_rng(0).poisson(9.0, (3, 20)).astype(float)
    assert np.array_equal(damped_mean(counts, horizon=4, damping=0.0), last_mean(counts, horizon=4))


def test_a_periodic_series_repeats():
    counts = np.tile([5.0, 1.0, 9.0], 4)
    assert seasonal_naive(counts, horizon=4, period=3).tolist() == [[5.0, 1.0, 9.0, 5.0]]


def test_a_missing_step_is_not_a_zero():
    assert last_mean([4.0, np.nan, 8.0], horizon=1).tolist() == [[6.0]]
    assert last_mean([4.0, np.nan, np.nan], horizon=1, window=2).tolist() == [[4.0]]
    assert seasonal_naive([4.0, np.nan], horizon=2, period=2).tolist() == [[4.0, 4.0]]


def test_nothing_observed_is_refused():
    with pytest.raises(NotEnoughDataError, match="got 0"):
        last_mean([np.nan, np.nan], horizon=1)
    with pytest.raises(NotEnoughDataError, match="needs at least 7 steps, got 3"):
        seasonal_naive([1.0, 2.0, 3.0], horizon=1)
