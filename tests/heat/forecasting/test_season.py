import numpy as np
import pytest

from longtake.heat.forecasting.season import season

WEEK = np.array([100.0, 100.0, 100.0, 100.0, 150.0, 200.0, 180.0])


def test_a_clean_pattern_is_kept_whole():
    past, ahead = season(np.tile(WEEK, 9)[None], period=7, horizon=10)
    truth = np.exp(np.log(WEEK + 0.5) - np.log(WEEK + 0.5).mean())
    assert ahead[0] == pytest.approx(np.tile(truth, 2)[:10], rel=1e-6)
    assert past[0, -7:] == pytest.approx(truth, rel=1e-6)


def test_chance_is_mostly_taken_for_chance():
    counts = np.random.default_rng(0).poisson(30.0, (200, 56)).astype(float)
    _, ahead = season(counts, period=7, horizon=7)
    assert np.abs(np.log(ahead)).mean() < 0.02


def test_a_cycle_needs_two_of_it():
    assert (season(np.tile(WEEK, 2)[None, :13], period=7, horizon=3)[1] == 1.0).all()


def test_factors_average_to_one_over_a_cycle():
    counts = np.random.default_rng(1).gamma(2.0, 50.0, (20, 70))
    _, ahead = season(counts, period=7, horizon=7)
    assert np.log(ahead).mean(axis=1) == pytest.approx(np.zeros(20), abs=1e-12)
