"""A difference of shares is held to the table of its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.measures.difference import difference

# Newcombe 1998, table II, method 10.
TABLE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
]


@pytest.mark.parametrize(("after", "before", "low", "high"), TABLE)
def test_the_published_intervals(after, before, low, high):
    found = difference(after, before, level=0.95)
    assert isinstance(found, Estimate)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_turned_round_it_changes_its_sign(n, m, data):
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    one, other = difference((a, n), (b, m)), difference((b, m), (a, n))
    assert isinstance(one, Estimate)
    assert isinstance(other, Estimate)
    assert (one.value, one.low, one.high) == pytest.approx((-other.value, -other.high, -other.low))
    assert one.low <= one.value <= one.high


def test_without_rows_nothing_is_known_and_a_part_is_within_its_whole():
    found = difference((0, 0), (1, 2))
    assert isinstance(found, Unknown)
    assert found.reason == "no_rows"
    with pytest.raises(ValueError, match="whole"):
        difference((3, 2), (1, 2))
