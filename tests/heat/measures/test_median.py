from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.measures.median import median


@pytest.mark.parametrize("n", [5, 12, 60])
def test_the_interval_covers_at_least_its_level(n):
    rng = np.random.default_rng(n)
    found = [median(rng.exponential(1.0, n), unit="hours") for _ in range(1000)]
    assert np.mean([e.low <= math.log(2) <= e.high for e in found]) >= 0.88


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=40), st.randoms())
def test_order_does_not_matter_and_the_value_is_inside(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    found = median(values, unit="hours")
    assert isinstance(found, Estimate)
    assert found == median(shuffled, unit="hours")
    assert found.value == float(np.median(values))
    assert found.low <= found.value <= found.high


def test_four_values_are_too_few():
    assert median([1, 2, 3, 4], unit="hours") == Unknown(
        "too_few_rows", "median, order-statistic interval (Thompson 1936)", "hours", 4, 5
    )


def test_a_level_that_the_values_cannot_carry_is_unknown():
    found = median([1, 2, 3, 4, 5], unit="hours", level=0.999)
    assert isinstance(found, Unknown)
    assert found.needed == 11
