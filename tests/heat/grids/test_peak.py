from datetime import datetime, timedelta

import numpy as np

from longtake.domain.timed.series import Series
from longtake.heat.grids.grid import HOUR
from longtake.heat.grids.peak import CHINA, peak

AT = datetime(2026, 1, 8, 22, tzinfo=CHINA)


def series(values):
    v = np.array(values, dtype=float)
    return Series(AT, HOUR, v, (~np.isnan(v)).astype(np.int8), np.full(len(v), np.nan))


def test_a_sharp_peak_is_one_bin():
    p = peak(series([1, 5, 2, 2]), unit="comments")
    assert (p.index, p.earliest, p.latest) == (1, AT + HOUR, AT + 2 * HOUR)
    assert (p.value.value, p.value.high) == (5.0, 5.0)
    assert p.day_share.value == 0.6


def test_the_peak_may_lie_in_hours_nobody_looked_at():
    p = peak(series([1, np.nan, 5, np.nan, np.nan, 2]), unit="comments")
    assert (p.earliest, p.latest) == (AT + HOUR, AT + 5 * HOUR)
    assert p.value.high == np.inf
    assert p.day_share.low < p.day_share.value < p.day_share.high < 1


def test_equals_are_all_candidates():
    p = peak(series([5, 1, 5]), unit="comments")
    assert (p.at, p.latest) == (AT, AT + timedelta(hours=3))


def test_nothing_observed_has_no_peak():
    assert peak(series([np.nan]), unit="comments").reason == "no_rows"
    assert peak(series([0.0, 0.0]), unit="comments").day_share.reason == "zero_total"
