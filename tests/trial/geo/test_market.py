import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.trial.geo.market import assess_market, search_markets


def markets(noise=0.02, seed=0):
    rng = np.random.default_rng(seed)
    waves = np.stack([np.sin(np.arange(80) / 5), np.cumsum(rng.normal(0, 0.1, 80))])
    return 100 * np.exp(rng.uniform(0, 0.3, (12, 2)) @ waves + rng.normal(0, noise, (12, 80)))


def test_quieter_cities_show_smaller_lifts():
    table = markets()
    table[0] *= np.exp(np.random.default_rng(9).normal(0, 0.3, 80))
    names = list("abcdefghijkl")
    loud = assess_market(table, names=names, cities=["a"], days=10)
    quiet = assess_market(table, names=names, cities=["b"], days=10)
    assert quiet.smallest_lift.value < loud.power.index(max(loud.power)) / 100
    assert list(quiet.power) == sorted(quiet.power)
    found = search_markets(table, names=names, sizes=[1, 2], days=10, windows=6)
    assert found[-1].cities[0] == "a" or found[0].cities != ("a",)
    assert len({one.cities for one in found}) == len(found)


def test_a_market_needs_a_past():
    with pytest.raises(NotEnoughDataError, match="days before the trial"):
        assess_market(markets()[:, :30], names=list("abcdefghijkl"), cities=["a"], days=10)
    with pytest.raises(ValueError, match="sizes"):
        search_markets(markets(), names=list("abcdefghijkl"), sizes=[11], days=10)
