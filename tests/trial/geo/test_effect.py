import numpy as np
import pytest

from longtake.trial.geo.effect import city_effect
from trial.geo_worlds import cities, panel


def test_finds_the_lift_that_was_put_in():
    table = cities()
    table[[3, 7], 56:] *= 1.2
    found = city_effect(panel(table), unit="tickets", level=0.9)
    assert found.lift.low < 0.2 < found.lift.high
    assert found.lift.low > 0.1
    assert found.total.value == pytest.approx(found.effect.value * 2 * 14)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("level", [0.8, 0.9, 0.95])
def test_interval_point_and_p_never_contradict_each_other(seed, level):
    table = cities(seed, noise=0.1)
    table[[3, 7], 56:] *= 1 + 0.02 * seed
    found = city_effect(panel(table), unit="tickets", level=level, gate=9.0)
    assert found.effect.low <= found.effect.value <= found.effect.high
    assert (found.p < 1 - level) is (not found.effect.low <= 0 <= found.effect.high)


def test_size_and_coverage_over_worlds_without_effect():
    false, held = 0, 0
    for seed in range(120):
        found = city_effect(panel(cities(seed, noise=0.08)), unit="tickets", gate=9.0)
        false += found.p < 0.1
        held += found.effect.low <= 0 <= found.effect.high
    assert false + held == 120
    assert 2 <= false <= 22


def test_the_unit_of_counting_does_not_matter():
    table = cities()
    one, thousand = city_effect(panel(table), unit="x"), city_effect(panel(table * 1000), unit="x")
    assert thousand.effect.value == pytest.approx(one.effect.value * 1000)
    assert (thousand.lift.low, thousand.lift.high, thousand.p) == pytest.approx(
        (one.lift.low, one.lift.high, one.p), rel=1e-6
    )


def test_heat_that_fades_everywhere_hides_no_effect_and_makes_none():
    for lift in (0.0, 0.15):
        table = cities(5, noise=0.03)
        table[[3, 7], 56:] *= 1 + lift
        steady = city_effect(panel(table), unit="x")
        fading = city_effect(panel(table * (np.exp(-np.arange(70) / 8) + 0.02)), unit="x")
        assert fading.lift.value == pytest.approx(steady.lift.value, abs=0.02)
        assert (fading.lift.low > 0) is (steady.lift.low > 0) is (lift > 0)


def test_says_that_days_are_too_few_or_that_donors_do_not_follow():
    assert city_effect(panel(cities(), start=20), unit="x").effect.reason == "too_few_days"
    table = cities(noise=0.01)
    table[3] = 500 + 200 * np.sin(np.arange(70) * 0.25) + np.random.default_rng(1).normal(0, 5, 70)
    poor = city_effect(panel(table, treated=["city 03"]), unit="x")
    assert (poor.effect.reason, poor.p) == ("poor_fit", None)


def test_steady_cities_with_noise_of_their_own_are_still_compared():
    table = np.random.default_rng(2).poisson(50, (20, 70)).astype(float)
    table[[3, 7], 56:] += 25
    found = city_effect(panel(table), unit="tickets")
    assert found.effect.low < 25 < found.effect.high
    assert found.p < 0.05
