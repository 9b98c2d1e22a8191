import numpy as np
import pytest
from scipy import stats

from longtake.domain.estimate import Unknown
from longtake.domain.statistic import Moments
from longtake.heat.measures.mean import change, mean


def test_mean_agrees_with_scipy():
    some = np.random.default_rng(1).integers(1, 6, 40)
    e = mean(Moments.of(some.tolist()), unit="stars")
    assert (e.low, e.high) == pytest.approx(
        stats.t.interval(0.9, 39, some.mean(), some.std(ddof=1) / np.sqrt(40))
    )


def test_change_agrees_with_scipy():
    rng = np.random.default_rng(2)
    before, after = rng.integers(1, 6, 30), rng.integers(2, 9, 50)
    e = change(Moments.of(before.tolist()), Moments.of(after.tolist()), unit="stars")
    other = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.9)
    assert (e.low, e.high) == pytest.approx((other.low, other.high))


def test_constant_values_change_by_their_difference():
    e = change(Moments.of([1, 1]), Moments.of([4, 4]), unit="stars")
    assert (e.low, e.value, e.high) == (3.0, 3.0, 3.0)


def test_too_few_values_are_unknown():
    assert mean(Moments.of([]), unit="stars") == Unknown("no_rows", "Student 1908", "stars", 0, 2)
    assert mean(Moments.of([1]), unit="stars").reason == "too_few_rows"
    assert change(Moments.of([1]), Moments.of([1, 2]), unit="stars").reason == "too_few_rows"
    with pytest.raises(ValueError, match="level"):
        mean(Moments.of([1, 2]), unit="stars", level=1.0)
