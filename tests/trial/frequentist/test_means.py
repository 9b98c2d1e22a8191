import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.comparing.paired import PairedMoments
from longtake.domain.estimate import Unknown
from longtake.domain.statistic import Moments
from longtake.trial.frequentist.cuped import adjusted_difference, past_slope
from longtake.trial.frequentist.ratio import ratio_difference, squared_error
from longtake.trial.frequentist.strata import stratified_difference
from longtake.trial.frequentist.welch import difference, uplift

whole = st.integers(-40, 60)


@given(st.lists(whole, min_size=2, max_size=30), st.lists(whole, min_size=2, max_size=30))
def test_welch_agrees_with_scipy(control, treated):
    found = difference(Moments.of(control), Moments.of(treated), unit="plays")
    if len({*control}) == len({*treated}) == 1:
        assert found.reason == "no_spread"
        return
    other = stats.ttest_ind(treated, control, equal_var=False)
    ends = other.confidence_interval(0.95)
    assert (found.p, found.effect.low, found.effect.high) == pytest.approx(
        (other.pvalue, ends.low, ends.high)
    )


def test_uplift_covers_the_true_ratio():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(600):
        a, b = rng.poisson(20, 100).tolist(), rng.poisson(24, 100).tolist()
        e = uplift(Moments.of(a), Moments.of(b)).effect
        held += e.low <= 0.2 <= e.high
    assert held / 600 == pytest.approx(0.95, abs=0.025)


def test_a_control_mean_of_zero_has_no_uplift():
    assert uplift(Moments.of([1, -1]), Moments.of([1, 2])).reason == "zero_total"


@pytest.mark.parametrize("test", [difference, ratio_difference, adjusted_difference])
def test_one_value_is_not_enough(test):
    one = Moments.of([3]) if test is difference else PairedMoments.of([3], [1])
    found = test(one, one, unit="plays")
    assert (found.reason, found.n) == ("too_few_rows", 2)


def test_level_out_of_range_is_the_programmers_mistake():
    with pytest.raises(ValueError, match="level"):
        difference(Moments.of([1, 2]), Moments.of([1, 3]), unit="plays", level=1.0)


def test_a_constant_denominator_makes_the_ratio_a_mean():
    a, b = [1, 4, 2, 8], [3, 5, 9, 7]
    ten = [10] * 4
    ratio = ratio_difference(PairedMoments.of(a, ten), PairedMoments.of(b, ten), unit="clicks per view")
    mean = difference(Moments.of(a), Moments.of(b), unit="clicks")
    assert ratio.effect.low == pytest.approx(mean.effect.low / 10)
    assert ratio.p == pytest.approx(mean.p)


def test_the_error_of_a_ratio_is_that_of_redrawn_viewers():
    rng = np.random.default_rng(2)
    views = rng.geometric(0.2, 2000)
    clicks = rng.binomial(views, rng.beta(2, 18, 2000))
    some = rng.integers(0, 2000, (2000, 2000))
    redrawn = (clicks[some].sum(axis=1) / views[some].sum(axis=1)).std()
    error = math.sqrt(squared_error(PairedMoments.of(clicks.tolist(), views.tolist())))
    assert error == pytest.approx(redrawn, rel=0.06)
    by_view = math.sqrt((p := clicks.sum() / views.sum()) * (1 - p) / views.sum())
    assert error > 1.15 * by_view, "views of one viewer are alike"


def test_the_past_takes_out_its_share_of_the_variance():
    rng = np.random.default_rng(3)
    arms = []
    for lift in (0, 300):
        before = rng.normal(10_000, 2000, 4000)
        arms.append(PairedMoments.of(0.8 * before + rng.normal(0, 1200, 4000) + lift, before))
    plain = difference(arms[0].first, arms[1].first, unit="plays")
    found = adjusted_difference(*arms, unit="plays")
    # 0.8 * 2000 = 1600 of the deviation is the past's, 1200 is not: 64 % of the variance goes.
    assert (found.error / plain.error) ** 2 == pytest.approx(0.36, abs=0.02)
    assert past_slope(*arms) == pytest.approx(0.8, abs=0.02)
    assert found.effect.low < 300 < found.effect.high


def test_a_past_that_never_differs_changes_nothing():
    a, b = PairedMoments.of([1, 2, 3], [5, 5, 5]), PairedMoments.of([2, 3, 5], [5, 5, 5])
    assert adjusted_difference(a, b, unit="plays").effect.value == pytest.approx(4 / 3)


def test_strata_of_unlike_split_do_not_pass_for_an_effect():
    rng = np.random.default_rng(4)
    small, large = (rng.normal(m, 5, 400).round() for m in (10, 50))
    control = [Moments.of(small[:100]), Moments.of(large[:300])]
    treated = [Moments.of(small[100:]), Moments.of(large[300:])]
    pooled = difference(control[0] + control[1], treated[0] + treated[1], unit="plays")
    found = stratified_difference(control, treated, unit="plays")
    assert pooled.effect.value < -15
    assert found.effect.low < 0 < found.effect.high


def test_one_stratum_is_welch():
    a, b = Moments.of([1, 4, 2, 8]), Moments.of([3, 5, 9, 7])
    one, other = stratified_difference([a], [b], unit="plays"), difference(a, b, unit="plays")
    assert (one.p, one.effect.low) == pytest.approx((other.p, other.effect.low))


def test_an_empty_stratum_is_refused_unless_it_has_no_weight():
    a, none = Moments.of([1, 2, 3]), Moments.of([])
    assert isinstance(stratified_difference([a, none], [a, a], unit="plays"), Unknown)
    kept = stratified_difference([a, none], [a, a], unit="plays", weights=[1, 0])
    assert isinstance(kept, Contrast)
    with pytest.raises(ValueError, match="weights"):
        stratified_difference([a], [a], unit="plays", weights=[-1])
