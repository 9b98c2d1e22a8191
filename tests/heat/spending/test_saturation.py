"""Whether the last money still brings what the first did: curves with a known bend."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.spending.saturation import saturation


def _curve(costs, gamma, worth=1000.0):
    so_far = np.concatenate([[0.0], np.cumsum(costs)]) / np.sum(costs)
    return worth * np.diff(so_far**gamma)


@pytest.mark.parametrize("gamma", [0.3, 0.5, 0.7, 1.0, 1.2])
def test_a_curve_without_error_gives_its_own_bend(gamma):
    costs = np.array([1e5, 2e5, 5e4, 3e5, 1e5])
    told = saturation(costs, _curve(costs, gamma), np.full(5, 1.0))
    assert isinstance(told.elasticity, Estimate)
    assert told.elasticity.value == pytest.approx(gamma, abs=0.006)
    first, last = _curve(costs, gamma)[[0, -1]] / costs[[0, -1]]
    assert told.saturated.value == pytest.approx(1 - last / first, abs=0.02)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(4)
    costs, sd = np.array([1.0, 2.0, 1.0, 3.0, 2.0, 1.0]), np.full(6, 12.0)
    held = 0
    for _ in range(400):
        told = saturation(costs, _curve(costs, 0.6) + rng.normal(0, sd), sd)
        held += told.elasticity.low <= 0.6 <= told.elasticity.high
    assert 0.86 <= held / 400 <= 0.97


@given(st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_units_of_money_and_of_counts_do_not_matter(money, counts):
    costs, effects = np.array([1.0, 2.0, 2.0, 1.0]), np.array([40.0, 30.0, 22.0, 9.0])
    one = saturation(costs, effects, np.full(4, 5.0))
    two = saturation(costs * money, effects * counts, np.full(4, 5.0) * counts)
    assert one.saturated.value == pytest.approx(two.saturated.value, abs=1e-6)
    assert one.saturated.low == pytest.approx(two.saturated.low, abs=1e-6)


def test_too_few_stretches_or_none_that_worked_are_refused():
    assert saturation([1, 2], [3, 4], [1, 1]).saturated == Unknown(
        "too_few_stretches", "power response to cumulative spend, profile likelihood", "share", 2, 3
    )
    assert saturation([1, 2, 3], [-1, -1, -1], [1, 1, 1]).elasticity.reason == "no_effect"
    with pytest.raises(ValueError, match="above zero"):
        saturation([0, 1, 1], [1, 1, 1], [1, 1, 1])
