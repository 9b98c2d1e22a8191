import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.errors import NotEnoughDataError
from longtake.trial.its.frozen import freeze
from longtake.trial.its.interrupted import change, placebo_in_time
from longtake.trial.its.mixture import Bank, model
from longtake.trial.its.shapes import Course, courses, persistence
from longtake.trial.its.start import AfterDrop, AfterWorst, OnDay


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


def test_one_model_alone_is_least_squares_with_a_t_distribution():
    rng = np.random.default_rng(0)
    day = np.arange(30.0)
    series = 3 + 0.2 * day[:24] + rng.normal(size=24)
    columns = np.column_stack([np.ones(30), day])
    found = Bank.of([Course("trend", columns, 1.0)], [np.eye(30)], 24).ahead(series[None])
    beta, rest = np.linalg.lstsq(columns[:24], series, rcond=None)[:2]
    mean_row = columns[24:].mean(axis=0)
    inverse = np.linalg.inv(columns[:24].T @ columns[:24])
    assert found.mean[0] == pytest.approx(mean_row @ beta)
    assert found.scales[0, 0] ** 2 == pytest.approx(rest[0] / 22 * (1 / 6 + mean_row @ inverse @ mean_row))
    assert found.freedom[0] == 22


def test_known_persistence_gives_the_textbook_forecast():
    past = np.array([0.0, 0.0, 0.0, 2.0])
    one = model(np.ones((6, 1)) * 1e-9, persistence(6, 0.5), 4)
    mean = one.coefficients[0] @ past * 1e-9
    assert one.path @ past == pytest.approx([mean + 0.5 * (2 - mean), mean + 0.25 * (2 - mean)])


@pytest.mark.parametrize("name", ["trend", "power", "decay"])
def test_a_course_without_noise_is_carried_on_as_it_is(name):
    day = np.arange(60.0)
    log = {"trend": -0.05 * day, "power": -1.2 * np.log(day + 7), "decay": np.log(np.exp(-day / 8) + 0.1)}[
        name
    ]
    frozen = freeze(1000 * np.exp(log[:40] + np.random.default_rng(1).normal(0, 1e-4, 40)), after=20)
    assert frozen.path == pytest.approx(1000 * np.exp(log[40:]), rel=0.02)


def test_priors_of_courses_sum_to_one_with_and_without_a_cycle():
    for cycle in (0, 7, 24):
        assert sum(one.prior for one in courses(100, 80, cycle=cycle)) == pytest.approx(1)


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
    for seed in range(120):
        series = heat(seed)
        if make == "carried":
            series = 100 * np.exp(0.2 * carried(np.random.default_rng(seed), 80, 0.6))
        frozen = freeze(series[:60], after=20)
        printed.append(frozen.power(0.3))
        false += change(frozen, series[60:], unit="x").p < 0.05
        lifted = change(frozen, 1.3 * series[60:], unit="x")
        hit += lifted.effect.low > 0
        held += lifted.effect.low <= 0.3 <= lifted.effect.high
    assert false / 120 < 0.05 + 2 * np.sqrt(0.05 * 0.95 / 120)
    assert 0.83 < held / 120 < 0.98
    assert np.mean(printed) == pytest.approx(hit / 120, abs=0.1)


def test_a_start_after_the_worst_days_is_not_taken_for_a_cure():
    rule, false, naive = AfterWorst(steps=5, first=40, last=86), 0, 0
    for seed in range(15):
        series = 100 * np.exp(0.3 * carried(np.random.default_rng(seed), 100, 0.6))
        start = int(rule.starts(series[None])[0])
        frozen = freeze(series[:start], after=14, rule=rule, length=100)
        assert frozen.rebound > 0
        found = change(frozen, series[start : start + 14], unit="x")
        assert (found.p < 1 - 0.9) is (not found.effect.low <= 0 <= found.effect.high)
        false += found.p < 0.05
        naive += series[start : start + 14].mean() > 1.15 * series[start - 5 : start].mean()
    assert false <= 3
    assert naive >= 12


def test_the_forecast_does_not_see_the_steps_after_the_start_and_can_be_sealed():
    series = heat(3)
    one = freeze(series[:60], after=20)
    assert one.seal == freeze(series[:60].copy(), after=20).seal
    assert one.seal != freeze(series[:60], after=19).seal
    assert np.array_equal(one.path, freeze(series[:60], after=20).path)


def test_the_unit_of_counting_does_not_matter():
    one = change(freeze(heat(3)[:60], after=20), heat(3)[60:], unit="x")
    other = change(freeze(heat(3)[:60] * 10, after=20), heat(3)[60:] * 10, unit="x")
    assert other.effect.value == pytest.approx(one.effect.value)
    assert other.total.high == pytest.approx(one.total.high * 10)


def test_the_smallest_lift_has_the_power_asked_for():
    frozen = freeze(heat(5)[:60], after=14)
    assert frozen.power(frozen.smallest_lift(power=0.8)) == pytest.approx(0.8, abs=1e-6)
    assert frozen.power(0.0) == pytest.approx(0.05, abs=1e-6)
    assert frozen.quantile(0.975) > frozen.quantile(0.5)


def test_what_adds_is_measured_by_adding():
    rng = np.random.default_rng(1)
    series = rng.normal(0, 1, 80)
    found = change(
        freeze(series[:60], after=20, scale="level", cycle=0), np.abs(series[60:]) + 5, unit="points"
    )
    assert found.effect.unit == "points a step"
    assert found.total.value == pytest.approx(found.effect.value * 20)
    assert found.effect.low > 3


def test_days_nobody_counted_before_the_start_are_left_out():
    series = heat(2)
    holes = series.copy()
    holes[[5, 17, 18, 40]] = np.nan
    one, other = freeze(series[:60], after=20), freeze(holes[:60], after=20)
    assert other.mean == pytest.approx(one.mean, abs=0.1)
    with pytest.raises(NotEnoughDataError, match="steps after the start"):
        change(one, [*series[60:79], np.nan], unit="x")


@pytest.mark.parametrize("series", [[5.0] * 40, [0.0] * 40, [*[1e9] * 20, *[0.0] * 20], list(range(40))])
def test_strange_series_are_answered_without_failing(series):
    found = change(freeze(series, after=7), [3.0] * 7, unit="x")
    assert np.isfinite(found.p)


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


def test_rules_of_the_start_by_hand():
    series = np.array([[9.0, 9, 9, 2, 1, 9, 9, 9, 9]])
    assert AfterWorst(2, 3, 8).starts(series).tolist() == [5]
    assert AfterDrop(2, 0.5, 2, 4, 8).starts(series).tolist() == [5]
    assert OnDay(4).starts(series).tolist() == [4]
    with pytest.raises(ValueError, match="first"):
        AfterWorst(5, 3, 8)
    with pytest.raises(ValueError, match="share"):
        AfterDrop(2, 1.5, 2, 4, 8)


def test_the_own_past_is_judged_without_overlap():
    found = placebo_in_time(heat(4, steps=100), after=10, level=0.9)
    assert found.starts == (30, 40, 50, 60, 70, 80, 90)
    assert found.false == sum(p < 0.1 for p in found.p)
    with pytest.raises(NotEnoughDataError, match="steps"):
        placebo_in_time(heat(4)[:30], after=10)
