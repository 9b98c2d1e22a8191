import numpy as np
import pytest

from longtake.trial.geo.conformal import Conformal
from longtake.trial.geo.panel import Panel
from trial.geo_worlds import NAMES, cities, panel


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
