import pytest

from longtake.domain.estimate import Estimate
from longtake.trial.geo.spillover import spillover_bound
from longtake.trial.geo.synthetic import synthetic_control
from trial.geo_worlds import cities, panel


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
