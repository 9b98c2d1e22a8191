import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.timed.series import CENSORED, MISSING, OBSERVED, Series
from longtake.heat.decay.halflife import LIST_ALIKE, count_half_life, decay, half_life
from longtake.simulate.fading import fading

AT = datetime(2026, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hourly(values):
    v = np.array(values, dtype=float)
    return Series(AT, HOUR, v, (~np.isnan(v)).astype(np.int8), np.full(len(v), np.nan))


@pytest.mark.parametrize("hours", [1.0, 6.0, 48.0])
@pytest.mark.parametrize("measure", [half_life, count_half_life])
def test_recovers_the_rate_that_made_the_series(hours, measure):
    found = measure(hourly([1e5 * 2 ** (-t / hours) for t in range(12)]))
    assert found.value == pytest.approx(hours, rel=1e-6)
    assert found.unit == "hours"


def test_missing_hours_and_bounds_above_the_line_change_nothing():
    v = np.array([1000 * 2 ** (-t / 3) for t in range(12)])
    state = np.full(12, OBSERVED, dtype=np.int8)
    state[[3, 4]] = MISSING
    state[9:] = CENSORED
    bound = np.where(state == CENSORED, 400.0, np.nan)
    s = Series(AT, HOUR, np.where(state == OBSERVED, v, np.nan), state, bound)
    assert half_life(s).value == pytest.approx(3.0)


def test_a_floor_and_a_daily_cycle_are_taken_off():
    cycle = 1 + 0.8 * np.sin(np.arange(48) * math.pi / 12)
    v = 50 + 1e5 * 2 ** (-np.arange(48) / 6) * cycle
    assert half_life(hourly(v), profile=cycle, floor=50.0).value == pytest.approx(6.0, rel=1e-3)


def test_the_scale_of_the_values_does_not_matter():
    w = fading(np.random.default_rng(4), half_life_hours=6.0)
    s = w.series
    big = Series(s.start, s.step, s.values * 1e4, s.state, s.bound * 1e4)
    a, b = half_life(s), half_life(big)
    assert (a.value, a.low, a.high) == pytest.approx((b.value, b.low, b.high), rel=1e-6)


def test_what_does_not_fall_has_no_half_life():
    assert half_life(hourly([50, 100, 90, 101, 95, 98, 97, 100])).reason == "not_falling"
    assert half_life(hourly([1, 100, 90, 80])).reason == "too_few_rows"
    assert half_life(hourly([np.nan])).reason == "no_rows"
    assert count_half_life(hourly([0, 0, 0])).reason == "no_rows"
    assert count_half_life(hourly([3, 2, 1, 0, 0])).reason == "too_few_rows"
    with pytest.raises(ValueError, match="profile"):
        half_life(hourly([1, 2]), profile=np.ones(3))
    with pytest.raises(ValueError, match="level"):
        half_life(hourly([1, 2]), level=1.0)


def test_a_fit_can_be_drawn():
    found = decay(hourly([10.0] + [100 * 2 ** (-t / 2) for t in range(8)]))
    assert found.peak_at == AT + HOUR
    assert found.stop_at == AT + 9 * HOUR
    assert found.fitted == pytest.approx([100 * 2 ** (-t / 2) for t in range(1, 8)])


def test_a_known_release_sets_the_peak():
    v = [100 * 2 ** (-t / 2) for t in range(8)]
    assert decay(hourly(v), peak=AT + 2 * HOUR).peak_at == AT + 2 * HOUR


def coverage(hours, worlds, *, told=0.0, **how):
    found = []
    for seed in range(worlds):
        w = fading(np.random.default_rng([int(hours), seed]), half_life_hours=hours, **how)
        e = half_life(w.series, profile=w.profile, alike=told)
        if isinstance(e, Estimate):
            found.append((e.low <= hours <= e.high, e.value))
        else:
            assert isinstance(e, Unknown)
    return np.mean([hit for hit, _ in found]), np.median([value for _, value in found]), len(found)


def test_half_life_recovery_small():
    covered, middle, n = coverage(6.0, 60)
    assert n == 60
    assert covered >= 0.8
    assert middle == pytest.approx(6.0, rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("hours", [2.0, 6.0, 24.0, 72.0])
@pytest.mark.parametrize("how", [{}, {"cycle": 3.0}], ids=["flat", "daily cycle"])
def test_nominal_ninety_percent_covers(hours, how):
    covered, middle, n = coverage(hours, 400, **how)
    assert n >= 200
    assert 0.85 <= covered <= 0.95
    assert middle == pytest.approx(hours, rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("hours", [6.0, 24.0, 72.0])
def test_hours_that_are_alike_are_covered_once_told(hours):
    covered, _, _ = coverage(hours, 400, told=LIST_ALIKE, alike=0.6)
    assert 0.85 <= covered <= 0.96
