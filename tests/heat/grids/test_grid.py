from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.timed.series import CENSORED, MISSING, OBSERVED
from longtake.heat.grids.grid import HOUR, counts, even, hourly, increments, placed

AT = datetime(2026, 1, 8, tzinfo=UTC)


def hours(*some):
    return [AT + h * HOUR for h in some]


def test_a_bin_is_observed_censored_or_missing():
    s = hourly(
        hours(0, 3), [5.0, 7.0], start=AT, end=AT + 5 * HOUR, looked=hours(0, 1, 3), bound=[1.0, 2.0, 3.0]
    )
    assert s.state.tolist() == [OBSERVED, CENSORED, MISSING, OBSERVED, MISSING]
    assert s.bound[1] == 2.0
    assert np.isnan(s.values[[1, 2, 4]]).all()


def test_absence_below_an_unknown_bound_is_absence_all_the_same():
    s = hourly([], [], start=AT, end=AT + HOUR, looked=hours(0))
    assert (s.state[0], s.bound[0]) == (CENSORED, np.inf)


@pytest.mark.parametrize(("reduction", "kept"), [("max", 9.0), ("min", 3.0), ("last", 4.0), ("sum", 16.0)])
def test_several_values_in_one_bin(reduction, kept):
    minutes = [AT + timedelta(minutes=m) for m in (50, 5, 20)]
    s = even(minutes, [4.0, 3.0, 9.0], start=AT, end=AT + HOUR, step=HOUR, reduction=reduction)
    assert s.values.tolist() == [kept]


def test_nan_and_times_outside_are_left_out():
    s = hourly(hours(-1, 0, 2), [1.0, np.nan, 1.0], start=AT, end=AT + 2 * HOUR)
    assert s.state.tolist() == [MISSING, MISSING]


@given(st.lists(st.integers(0, 71), max_size=60))
def test_counts_add_up(some):
    assert counts(hours(*some), start=AT, end=AT + 72 * HOUR).values.sum() == len(some)


def test_an_hour_nobody_collected_is_not_zero():
    s = counts(hours(0), start=AT, end=AT + 3 * HOUR, covered=[(AT, AT + 1.5 * HOUR)])
    assert s.state.tolist() == [OBSERVED, MISSING, MISSING]


def test_a_day_has_no_place_on_an_hourly_grid():
    assert placed(hours(0, 0), hours(1, 24), start=AT).tolist() == [True, False]
    assert placed(hours(0, 0), hours(1, 24), start=AT, step=timedelta(days=1)).tolist() == [True, True]


def test_increments_keep_gaps_and_never_fall():
    total = hourly(hours(0, 1, 3, 4, 5), [10, 15, 40, 30, 31], start=AT, end=AT + 6 * HOUR, reduction="last")
    gain = increments(total)
    assert gain.state.tolist() == [MISSING, OBSERVED, MISSING, MISSING, MISSING, OBSERVED]
    assert gain.values[[1, 5]].tolist() == [5.0, 1.0]


def test_refusals():
    with pytest.raises(ValueError, match="aware"):
        counts([datetime(2026, 1, 8)], start=AT, end=AT + HOUR)
    with pytest.raises(ValueError, match="not after"):
        counts([], start=AT, end=AT)
    with pytest.raises(ValueError, match="reduction"):
        hourly([], [], start=AT, end=AT + HOUR, reduction="mean")
    with pytest.raises(ValueError, match="bounds"):
        hourly([], [], start=AT, end=AT + HOUR, looked=hours(0), bound=[1, 2])
    with pytest.raises(ValueError, match="values"):
        hourly(hours(0), [], start=AT, end=AT + HOUR)
