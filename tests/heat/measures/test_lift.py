"""The ratio of counts around a moment: closed form, coverage where the truth is known, refusals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate
from longtake.heat.measures.lift import lift

Z90 = 1.6448536269514722


def test_counts_that_do_not_scatter_have_the_interval_of_poisson_counts():
    found = lift([10] * 24, [20] * 24)
    wide = math.exp(Z90 * math.sqrt(1 / 240 + 1 / 480))
    assert (found.value, found.n) == (2.0, 720)
    assert (found.low, found.high) == pytest.approx((2 / wide, 2 * wide))


def test_scatter_widens_the_interval_by_its_root():
    before, after = [0, 20] * 12, [0, 40] * 12
    phi = (24 * 10**2 / 10 + 24 * 20**2 / 20) / 46
    found = lift(before, after)
    assert math.log(found.high / found.value) == pytest.approx(Z90 * math.sqrt(phi * (1 / 240 + 1 / 480)))


@pytest.mark.parametrize("scatter", [0.0, 0.5])
def test_the_interval_holds_the_planted_ratio_about_as_often_as_it_says(scatter):
    drawn, held, worlds = np.random.default_rng(7), 0, 800
    for _ in range(worlds):
        means = [np.full(24, 12.0), np.full(24, 18.0)]
        if scatter:
            means = [mean * drawn.gamma(1 / scatter, scatter, 24) for mean in means]
        found = lift(*(drawn.poisson(mean) for mean in means))
        held += found.low <= 1.5 <= found.high
    # Three binomial standard errors of .9 over 800 worlds are .032; the normal interval is a little short.
    assert 0.855 <= held / worlds <= 0.94


@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=30),
    st.lists(st.integers(0, 60), min_size=2, max_size=30),
)
def test_turned_round_it_is_the_inverse(before, after):
    one, other = lift(before, after), lift(after, before)
    if isinstance(one, Estimate) and isinstance(other, Estimate):
        assert one.value == pytest.approx(1 / other.value)
        assert one.high == pytest.approx(1 / other.low)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([0, 0], [30, 30], "nothing_before"),
        ([2, 2], [2, 2], "too_few_rows"),
        ([30, 30], [0, 0], "too_few_rows"),
    ],
)
def test_what_cannot_be_said_is_not_said(before, after, reason):
    assert lift(before, after).reason == reason


@pytest.mark.parametrize(
    ("before", "after", "level"), [([1], [1, 1], 0.9), ([-1, 2], [1, 1], 0.9), ([1, 1], [1, 1], 1.0)]
)
def test_spans_that_are_none_are_refused(before, after, level):
    with pytest.raises(ValueError, match="level"):
        lift(before, after, level=level)
