"""Two stretches of days, and a metric read again: known answers and size."""

import numpy as np
import pytest
from scipy import stats

from longtake.domain.estimate import Estimate, Unknown
from longtake.errors import NotEnoughDataError
from longtake.trial.plans.stage import Stage
from longtake.trial.plans.windows import read_again, register_counted, register_windows, windows


def stage(least=5.0, evidence="observational"):
    return Stage("post", "comments", 10, least, evidence=evidence)


def test_two_stretches_give_welch():
    rng = np.random.default_rng(0)
    before, after = rng.normal(50, 5, 10), rng.normal(58, 9, 12)
    found = windows(before, after, unit="comments", level=0.9)
    ends = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.9)
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high), rel=1e-5)


def test_power_is_that_of_as_many_days_as_noisy():
    before = [40.0, 50.0, 60.0, 50.0, 45.0, 55.0, 50.0, 50.0, 42.0, 58.0]
    made = register_windows(stage(), before)
    rng, deviation = np.random.default_rng(1), np.std(before, ddof=1)
    error = deviation * np.sqrt(2 / 10)
    found = np.abs(rng.normal(5.0, error, 100_000)) > 1.6448536 * error
    assert made.power == pytest.approx(found.mean(), abs=0.01)
    assert register_windows(stage(made.smallest_found), before).power == pytest.approx(0.8, abs=1e-6)


def test_a_metric_with_an_interval_is_known_as_well_again():
    base = Estimate(1.0, 0.8, 1.2, 0.9, "per count", "x", 90)
    made = register_counted(stage(0.4), base)
    assert 0.5 < made.power < 1.0
    after = read_again(base, Estimate(1.6, 1.4, 1.8, 0.9, "per count", "x", 90), level=0.9)
    assert (after.value, after.low) == pytest.approx((0.6, 0.6 - 0.2 * 2**0.5))


def test_what_is_counted_whole_is_certain():
    one, other = (Estimate.count(v, unit="share", method="count", n=9) for v in (0.4, 0.6))
    found = read_again(one, other, level=0.95)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.2, 0.2))
    unknown = Unknown("no_rows", "count", "share", 0)
    assert read_again(one, unknown, level=0.95) == unknown


def test_refusals():
    with pytest.raises(NotEnoughDataError):
        register_windows(stage(), [1.0, 2.0])
    with pytest.raises(ValueError, match="quasi"):
        register_windows(stage(evidence="quasi-experiment"), [1.0, 2.0, 3.0])
    with pytest.raises(NotEnoughDataError):
        register_counted(stage(), Estimate(1.0, 0.5, np.inf, 0.9, "x", "x", 3))
