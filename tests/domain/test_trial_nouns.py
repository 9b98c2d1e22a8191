from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.comparing.paired import PairedMoments
from longtake.domain.comparing.standing import CLAIMS, OBSERVATIONAL, STANDINGS, standing
from longtake.domain.estimate import Estimate
from longtake.domain.statistic import Moments
from longtake.errors import NotEnoughDataError

pairs = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=20)


@given(pairs, pairs)
def test_parts_add_up_and_covariance_is_numpys(one, two):
    def sums(rows):
        return PairedMoments.of([a for a, _ in rows], [b for _, b in rows])

    assert sums(one) + sums(two) == sums(one + two)
    whole = sums(one + two)
    assert whole.covariance == pytest.approx(np.cov(np.array(one + two).T)[0, 1])


def test_sums_of_no_pairs_are_refused():
    with pytest.raises(ValueError, match="product"):
        PairedMoments(Moments.of([1, 1]), Moments.of([1, 1]), 3)
    with pytest.raises(ValueError, match="differ"):
        PairedMoments(Moments.of([1]), Moments.of([1, 1]), 1)
    with pytest.raises(NotEnoughDataError):
        _ = PairedMoments.of([1], [1]).covariance


def test_a_contrast_is_clear_when_its_interval_leaves_out_zero():
    e = Estimate(0.2, 0.0, 0.4, 0.95, "share", "z", 10)
    assert not Contrast(e, 0.1, 0.05).clear
    with pytest.raises(ValueError, match="p "):
        Contrast(e, 0.1, 1.5)


def test_organic_posts_bear_no_p_value_whoever_planned_them():
    for by in ("us", "platform", "calendar", "nobody"):
        found = standing(assigned_by=by, unit="viewer", organic=True)
        assert found == OBSERVATIONAL
        assert not found.bears("p_value")
        assert not found.bears("caused")


def test_claims_only_shrink_along_the_levels():
    assert [one.key for one in STANDINGS] == [
        "randomised",
        "geo_randomised",
        "platform_split",
        "quasi_experiment",
        "observational",
    ]
    for strong, weak in pairwise(STANDINGS):
        assert weak.claims <= strong.claims
    assert {one.strongest for one in STANDINGS} == set(CLAIMS[1:])


def test_unknown_assigners_and_claims_are_the_programmers_mistake():
    with pytest.raises(ValueError, match="assigned_by"):
        standing(assigned_by="luck", unit="viewer")
    with pytest.raises(ValueError, match="unit"):
        standing(assigned_by="us", unit="planet")
    with pytest.raises(ValueError, match="claim"):
        OBSERVATIONAL.bears("proved")
