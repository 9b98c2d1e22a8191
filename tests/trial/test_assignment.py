"""The same unit, the same arm; shares as promised; nobody in an arm of weight zero."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, chisquare

from longtake.trial.assignment import assign, assign_all, deal

ARMS = {"a": 1.0, "b": 1.0, "c": 2.0}


def test_shares_are_kept():
    dealt = Counter(assign(f"viewer-{i}", salt="trial-7", weights=ARMS) for i in range(20_000))
    assert chisquare([dealt[arm] for arm in "abc"], [5000, 5000, 10_000]).pvalue > 0.001


def test_another_salt_deals_independently():
    one = assign_all([str(i) for i in range(4000)], salt="x", weights={"a": 1, "b": 1})
    two = assign_all([str(i) for i in range(4000)], salt="y", weights={"a": 1, "b": 1})
    same = sum(one[unit] == two[unit] for unit in one)
    assert binom.cdf(same, 4000, 0.5) > 0.0005
    assert binom.sf(same, 4000, 0.5) > 0.0005


@given(st.text(), st.text(), st.permutations(list(ARMS)))
def test_the_order_of_arms_does_not_matter(unit, salt, order):
    assert assign(unit, salt=salt, weights={arm: ARMS[arm] for arm in order}) == assign(
        unit, salt=salt, weights=ARMS
    )


@given(st.text(), st.sampled_from(["a", "b", "c"]))
def test_an_arm_of_weight_zero_gets_nobody(unit, empty):
    assert assign(unit, salt="s", weights={**ARMS, empty: 0.0}) != empty


@given(st.integers(1, 60), st.text())
def test_a_fixed_list_is_cut_as_evenly_as_it_can_be(n, salt):
    dealt = deal([f"u{i}" for i in range(n)], salt=salt, weights=ARMS)
    counts = Counter(dealt.values())
    assert len(dealt) == n
    assert all(abs(counts[arm] - n * weight / 4) < 1 for arm, weight in ARMS.items())


def test_a_fixed_list_is_dealt_whatever_its_order():
    units = [f"u{i}" for i in range(17)]
    assert deal(units, salt="s", weights=ARMS) == deal(units[::-1], salt="s", weights=ARMS)


@pytest.mark.parametrize("weights", [{}, {"a": -1.0}, {"a": 0.0}, {"a": float("nan")}, {"a": float("inf")}])
def test_what_is_no_share_is_refused(weights):
    with pytest.raises(ValueError, match="shares"):
        assign("u", salt="s", weights=weights)


def test_no_unit_twice_on_a_fixed_list():
    with pytest.raises(ValueError, match="twice"):
        deal(["u", "u"], salt="s", weights=ARMS)
