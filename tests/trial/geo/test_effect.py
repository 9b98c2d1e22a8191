import numpy as np
import pytest

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.trial.geo.conformal import Conformal
from longtake.trial.geo.effect import city_effect
from longtake.trial.geo.panel import Panel
from longtake.trial.geo.placebo import placebo_in_space
from longtake.trial.geo.spillover import spillover_bound
from longtake.trial.geo.synthetic import synthetic_control

NAMES = [f"city {one:02d}" for one in range(20)]


def cities(seed=0, days=70, noise=0.03):
    """Return cities (20, days) that share two waves and a weekly cycle in their own proportions."""
    rng = np.random.default_rng(seed)
    day = np.arange(days)
    waves = np.stack([np.sin(day / 9), np.cumsum(rng.normal(0, 0.15, days)), np.sin(day * 2 * np.pi / 7)])
    shares = rng.uniform(0, 0.3, (20, 3))
    size = rng.lognormal(6, 0.8, 20)
    return size[:, None] * np.exp(shares @ waves + rng.normal(0, noise, (20, days)))


def panel(table, start=56, treated=("city 03", "city 07"), **how):
    return Panel.of(table, names=NAMES, treated=treated, start=start, **how)


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


def test_permuting_single_days_takes_neighbours_for_unrelated():
    day = np.arange(60)
    table = 100 + np.random.default_rng(1).normal(0, 1, (20, 60))
    table[0] += 8 * np.sin(2 * np.pi * day / 30)
    one = Panel.of(table, names=NAMES, treated=[NAMES[0]], start=50)
    assert Conformal.of(one, statistic="iid").p_value() < 0.15
    assert Conformal.of(one, statistic="block").p_value() > 0.2


def test_the_smallest_share_is_one_over_the_days():
    table = cities()
    table[[3, 7], 56:] *= 3
    assert Conformal.of(panel(table)).p_value() == pytest.approx(1 / 70)


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


def test_donors_with_gaps_are_set_aside_and_days_without_the_treated_left_out():
    table = cities()
    table[5, 10] = np.nan
    table[9] = 0
    table[3, 4] = np.nan
    one = panel(table)
    assert one.aside == ("city 05", "city 09")
    assert (one.start, one.days) == (55, 69)


def test_refuses_what_cannot_be_a_panel():
    with pytest.raises(NotEnoughDataError, match="donor cities"):
        panel(cities(), without=[name for name in NAMES if name not in {"city 03", "city 07", "city 00"}])
    with pytest.raises(ValueError, match="unknown"):
        panel(cities(), treated=["Atlantis"])
    with pytest.raises(NotEnoughDataError, match="days before"):
        panel(cities(), start=4)


def test_a_city_with_an_effect_is_first_among_placebos():
    table = cities()
    table[[3, 7], 56:] *= 1.5
    found = placebo_in_space(panel(table))
    assert found.p == found.least_p == pytest.approx(1 / 19)
    assert placebo_in_space(panel(cities(4))).p > 0.05


@pytest.mark.parametrize("units", ["share", "level"])
def test_what_reached_the_donors_is_made_good_by_the_bound(units):
    table = cities(2, noise=0.0)
    table[3] = 3 * (table[4] / table[4, :56].mean() + table[11] / table[11, :56].mean())
    if units == "level":
        table[3] = (table[4] + table[11]) / 2
    lift = 0.3
    for place, share in ((3, 1.0), (4, 0.4), (11, 0.4)):
        table[place, 56:] += share * lift * table[place, :56].mean()
    one = panel(table, treated=["city 03"])
    fit = synthetic_control(one, units=units)
    truth = lift * table[3, :56].mean()
    told = Estimate(fit.effect, fit.effect - 0.1, fit.effect + 0.1, 0.9, "x", "by hand", 70)
    shares = {"city 04": 0.4, "city 11": 0.4}
    bound = spillover_bound(told, one, fit, shares=shares, units=units)
    assert fit.effect == pytest.approx(truth * 0.6, rel=1e-3)
    assert bound.reached == pytest.approx(0.4, rel=1e-3)
    assert bound.effect.low == told.low
    assert bound.effect.high == pytest.approx((told.high) / 0.6, rel=1e-3)
    assert told.high < truth < bound.effect.high
    clean = panel(table, treated=["city 03"], without=["city 04", "city 11"])
    assert bound.without == pytest.approx(synthetic_control(clean, units=units).effect)
    assert spillover_bound(told, one, fit, shares=shares, displaced=True, units=units).effect.low < told.low
    with pytest.raises(ValueError, match="no donors"):
        spillover_bound(told, one, fit, shares={"city 03": 0.1})
