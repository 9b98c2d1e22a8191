import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.statistic import Moments
from longtake.errors import NotEnoughDataError

values = st.lists(st.integers(-10_000, 10_000), max_size=30)


@given(values, values, values)
def test_parts_add_up_to_the_whole_in_any_grouping(a, b, c):
    assert (Moments.of(a) + Moments.of(b)) + Moments.of(c) == Moments.of(c + b + a)


@given(st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=30))
def test_mean_and_variance_agree_with_the_standard_library(some):
    moments = Moments.of(some)
    assert moments.mean == pytest.approx(statistics.fmean(some))
    assert moments.variance == pytest.approx(statistics.variance(some), abs=1e-9)


def test_scale_keeps_decimals_exact():
    ten = sum((Moments.of([0.1], scale=1000) for _ in range(9)), Moments.of([0.1], scale=1000))
    assert ten == Moments(10, 1000, 100_000, 1000)
    assert ten.mean == 0.1


def test_refuses_what_no_set_of_values_has():
    with pytest.raises(ValueError, match="no set of values"):
        Moments(2, 10, 1)
    with pytest.raises(ValueError, match="do not add"):
        Moments.of([1]) + Moments.of([1], scale=10)
    with pytest.raises(NotEnoughDataError):
        _ = Moments.of([1]).variance
    with pytest.raises(NotEnoughDataError):
        _ = Moments.of([]).mean
