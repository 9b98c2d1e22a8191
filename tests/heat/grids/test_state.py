from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from longtake.domain.timed.series import Series
from longtake.heat.grids.state import state

AT = datetime(2026, 1, 8, tzinfo=UTC)


def daily(values):
    v = np.array(values, dtype=float)
    return Series(AT, timedelta(days=1), v, (~np.isnan(v)).astype(np.int8), np.full(len(v), np.nan))


def test_names_follow_the_growth():
    assert state(daily([1000 * 0.7**i for i in range(10)])).name == "slump"
    assert state(daily([100 * 1.3**i for i in range(10)])).name == "rising"
    assert state(daily([1000.0] * 10)).name == "plateau"
    assert state(daily([1000.0] * 7 + [50.0] * 7 + [60 * 1.3**i for i in range(7)])).name == "recovering"


def test_growth_is_the_rate_that_made_the_series():
    assert state(daily([1000 * 0.7**i for i in range(10)])).growth.value == pytest.approx(
        np.log(0.7), abs=1e-6
    )


def test_a_noisy_handful_is_not_enough():
    assert state(daily([3, 90, 1, 60, 2, 80, 5])).name == "not_enough_data"
    assert state(daily([1, 0, 2])).growth.reason == "too_few_rows"


def test_poisson_days_without_trend_are_rarely_called_a_slump():
    rng = np.random.default_rng(5)
    names = [state(daily(rng.poisson(400, 14))).name for _ in range(200)]
    assert names.count("slump") + names.count("rising") <= 10


def test_day_and_night_are_not_a_trend():
    rng = np.random.default_rng(6)
    cycle = np.tile(1 + 0.9 * np.sin(np.arange(24) * np.pi / 12), 4)[:72]
    v = rng.poisson(100 * cycle).astype(float)
    s = Series(AT, timedelta(hours=1), v, np.ones(72, dtype=np.int8), np.full(72, np.nan))
    assert state(s, profile=cycle).name == "plateau"


def test_refusals():
    with pytest.raises(ValueError, match="profile"):
        state(daily([1.0]), profile=np.ones(2))
