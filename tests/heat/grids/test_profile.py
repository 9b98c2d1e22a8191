from datetime import datetime, timedelta

import numpy as np
import pytest

from longtake.domain.timed.series import Series
from longtake.heat.grids.profile import CHINA, cycle, hour_profile

AT = datetime(2026, 1, 1, 5, tzinfo=CHINA)
TRUE = 1 + 0.8 * np.sin(np.arange(24) * np.pi / 12)


def hourly(values):
    n = len(values)
    return Series(AT, timedelta(hours=1), values, np.ones(n, dtype=np.int8), np.full(n, np.nan))


def test_recovers_the_cycle_under_a_trend():
    rng = np.random.default_rng(7)
    n = 24 * 20
    others = [
        hourly(1000 * TRUE[(np.arange(n) + 5) % 24] * np.exp(-np.arange(n) / 200 + rng.normal(0, 0.1, n)))
        for _ in range(3)
    ]
    found = hour_profile(others)
    assert found == pytest.approx(TRUE / TRUE.mean(), rel=0.12)
    assert found.mean() == pytest.approx(1.0)


def test_three_days_are_not_enough():
    assert hour_profile([hourly(np.ones(72))]) is None
    assert cycle(hourly(np.ones(3)), None) is None


def test_is_laid_along_the_chinese_clock():
    assert cycle(hourly(np.ones(2)), np.arange(24.0)).tolist() == [5.0, 6.0]
    with pytest.raises(ValueError, match="24"):
        cycle(hourly(np.ones(2)), np.ones(2))
