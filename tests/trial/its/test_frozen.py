import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.trial.its.frozen import freeze
from longtake.trial.its.interrupted import change
from longtake.trial.its.start import AfterDrop, AfterWorst
from trial.its_worlds import heat


def test_the_forecast_does_not_see_the_steps_after_the_start_and_can_be_sealed():
    series = heat(3)
    one = freeze(series[:60], after=20)
    assert one.seal == freeze(series[:60].copy(), after=20).seal
    assert one.seal != freeze(series[:60], after=19).seal
    assert np.array_equal(one.path, freeze(series[:60], after=20).path)


def test_the_smallest_lift_has_the_power_asked_for():
    frozen = freeze(heat(5)[:60], after=14)
    assert frozen.power(frozen.smallest_lift(power=0.8)) == pytest.approx(0.8, abs=1e-6)
    assert frozen.power(0.0) == pytest.approx(0.05, abs=1e-6)
    assert frozen.quantile(0.975) > frozen.quantile(0.5)


def test_days_nobody_counted_before_the_start_are_left_out():
    series = heat(2)
    holes = series.copy()
    holes[[5, 17, 18, 40]] = np.nan
    one, other = freeze(series[:60], after=20), freeze(holes[:60], after=20)
    assert other.mean == pytest.approx(one.mean, abs=0.1)
    with pytest.raises(NotEnoughDataError, match="steps after the start"):
        change(one, [*series[60:79], np.nan], unit="x")


def test_says_what_is_missing():
    with pytest.raises(NotEnoughDataError, match="at least 14 steps before the start"):
        freeze([1.0] * 10, after=5)
    with pytest.raises(ValueError, match="below zero"):
        freeze([-1.0] * 30, after=5)
    with pytest.raises(ValueError, match="is not between"):
        freeze([1.0] * 30, after=5, rule=AfterWorst(3, 40, 60))
    steady = 100 + np.random.default_rng(0).normal(0, 0.5, 60)
    with pytest.raises(NotEnoughDataError, match="placebo starts"):
        freeze(steady, after=5, rule=AfterDrop(3, 0.5, 7, 20, 80), length=100)
