import pytest

from longtake.trial.geo.placebo import placebo_in_space
from trial.geo_worlds import cities, panel


def test_a_city_with_an_effect_is_first_among_placebos():
    table = cities()
    table[[3, 7], 56:] *= 1.5
    found = placebo_in_space(panel(table))
    assert found.p == found.least_p == pytest.approx(1 / 19)
    assert placebo_in_space(panel(cities(4))).p > 0.05
