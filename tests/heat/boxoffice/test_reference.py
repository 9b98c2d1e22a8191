from __future__ import annotations

import pytest

from longtake.heat.boxoffice.reference import LEGS, SHARES, legs_rank


@pytest.mark.parametrize("days", [3, 7])
def test_a_run_at_a_quantile_has_its_share_below(days):
    for legs, share in zip(LEGS[days], SHARES, strict=True):
        assert legs_rank(legs, days=days).value == pytest.approx(share)


def test_longer_legs_never_rank_lower_and_a_run_that_goes_on_has_no_upper_bound():
    ranks = [legs_rank(legs / 10).value for legs in range(10, 90)]
    assert ranks == sorted(ranks)
    assert legs_rank(2.5, over=False).high == 1.0
    assert legs_rank(2.5).high < 1.0


def test_legs_of_nothing_are_refused():
    with pytest.raises(ValueError, match="legs 0"):
        legs_rank(0.0)
