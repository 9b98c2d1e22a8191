import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from longtake.domain.estimate import Unknown
from longtake.heat.measures.share import share


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_agrees_with_scipy(pair):
    part, whole = pair
    other = binomtest(part, whole).proportion_ci(0.9, method="wilson")
    e = share(part, whole)
    assert (e.low, e.high) == pytest.approx((other.low, other.high), abs=1e-12)


def test_nothing_of_nothing_is_unknown():
    assert isinstance(share(0, 0), Unknown)
    with pytest.raises(ValueError, match="part"):
        share(2, 1)
