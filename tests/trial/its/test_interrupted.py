import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.errors import NotEnoughDataError
from longtake.trial.its.frozen import freeze
from longtake.trial.its.interrupted import change, placebo_in_time
from trial.its_worlds import carried, heat


@given(st.integers(0, 300), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
@settings(max_examples=25)
def test_interval_and_p_never_contradict_each_other(seed, level):
    series = heat(seed)
    series[60:] *= 1 + (seed % 7) / 20
    found = change(freeze(series[:60], after=20), series[60:], unit="x", level=level)
    assert found.effect.low <= found.effect.value <= found.effect.high
    assert (found.p < 1 - level) is (not found.effect.low <= 0 <= found.effect.high)
    assert (found.total.low > 0) is (found.effect.low > 0)


@pytest.mark.parametrize("make", ["decay", "carried"])
def test_size_power_and_coverage_over_worlds(make):
    false = held = hit = 0
    printed = []
    for seed in range(70):
        series = heat(seed)
        if make == "carried":
            series = 100 * np.exp(0.2 * carried(np.random.default_rng(seed), 80, 0.6))
        frozen = freeze(series[:60], after=20)
        printed.append(frozen.power(0.3))
        false += change(frozen, series[60:], unit="x").p < 0.05
        lifted = change(frozen, 1.3 * series[60:], unit="x")
        hit += lifted.effect.low > 0
        held += lifted.effect.low <= 0.3 <= lifted.effect.high
    assert false / 70 < 0.05 + 2 * np.sqrt(0.05 * 0.95 / 70)
    assert 0.83 < held / 70 < 0.98
    assert np.mean(printed) == pytest.approx(hit / 70, abs=0.1)


def test_what_adds_is_measured_by_adding():
    rng = np.random.default_rng(1)
    series = rng.normal(0, 1, 80)
    found = change(
        freeze(series[:60], after=20, scale="level", cycle=0), np.abs(series[60:]) + 5, unit="points"
    )
    assert found.effect.unit == "points a step"
    assert found.total.value == pytest.approx(found.effect.value * 20)
    assert found.effect.low > 3


@pytest.mark.parametrize("series", [[5.0] * 40, [0.0] * 40, [*[1e9] * 20, *[0.0] * 20], list(range(40))])
def test_strange_series_are_answered_without_failing(series):
    found = change(freeze(series, after=7), [3.0] * 7, unit="x")
    assert np.isfinite(found.p)


def test_the_own_past_is_judged_without_overlap():
    found = placebo_in_time(heat(4, steps=100), after=10, level=0.9)
    assert found.starts == (30, 40, 50, 60, 70, 80, 90)
    assert found.false == sum(p < 0.1 for p in found.p)
    with pytest.raises(NotEnoughDataError, match="steps"):
        placebo_in_time(heat(4)[:30], after=10)


def test_the_unit_of_counting_does_not_matter():
    one = change(freeze(heat(3)[:60], after=20), heat(3)[60:], unit="x")
    other = change(freeze(heat(3)[:60] * 10, after=20), heat(3)[60:] * 10, unit="x")
    assert other.effect.value == pytest.approx(one.effect.value)
    assert other.total.high == pytest.approx(one.total.high * 10)
