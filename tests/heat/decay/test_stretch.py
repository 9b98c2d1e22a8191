from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from longtake.domain.timed.series import CENSORED, OBSERVED, Series
from longtake.heat.decay.stretch import stretch

DAY = timedelta(hours=24)


def made(values, bounds=None):
    """Return a series and its heights; None values are absent below the bound."""
    state = np.array([CENSORED if v is None else OBSERVED for v in values], dtype=np.int8)
    value = np.array([np.nan if v is None else v for v in values], dtype=float)
    bound = np.where(state == CENSORED, bounds or 1.0, np.nan)
    series = Series(datetime(2026, 1, 8, tzinfo=UTC), timedelta(hours=1), value, state, bound)
    return series, np.log(np.where(state == CENSORED, bound, value))


def test_starts_at_the_peak_and_ends_with_the_series():
    s = stretch(*made([10, 50, 100, 50, 25, 12]), absent=DAY)
    assert (s.peak, s.stop, s.ending) == (2, 6, "end")


def test_a_second_wave_ends_the_stretch_when_smaller_and_starts_it_when_dominant():
    fall = [100 * 0.8**i for i in range(12)]
    small = stretch(
        *made(fall + [20 * 0.8**i for i in range(4)] + [40 * 0.8**i for i in range(8)]), absent=DAY
    )
    assert (small.peak, small.ending) == (0, "rise")
    large = stretch(*made([*fall, *[90 * 0.8**i for i in range(12)]]), absent=DAY)
    assert (large.peak, large.ending) == (12, "end")


def test_gone_for_a_day_ends_it():
    s = stretch(*made([100, 50, 25, *[None] * 30]), absent=DAY)
    assert (s.stop, s.ending) == (27, "absent")


def test_a_bound_that_rises_at_noon_is_no_new_peak():
    values = [100, 80, 60, 50, None, None, None, 20, 15]
    s = stretch(*made(values, [1, 1, 1, 1, 40, 300, 300, 1, 1]), absent=DAY)
    assert (s.peak, s.stop, s.ending) == (0, 9, "end")


def test_one_wild_hour_is_no_peak():
    values = [100 * 0.9**i for i in range(30)]
    values[20] = 90.0
    assert stretch(*made(values), absent=DAY).peak == 0


def test_a_known_peak_is_kept():
    assert stretch(*made([10, 50, 100, 50, 25, 12]), absent=DAY, peak=3).peak == 3


@pytest.mark.parametrize("values", [[None, None]])
def test_nothing_seen_has_no_stretch(values):
    assert stretch(*made(values), absent=DAY) is None
