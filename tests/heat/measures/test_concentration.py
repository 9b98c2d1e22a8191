from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Unknown
from longtake.domain.timed.series import MISSING, OBSERVED, Series
from longtake.heat.grids.grid import DAY
from longtake.heat.measures.concentration import concentration


def series(values, missing=()):
    state = np.array([MISSING if i in missing else OBSERVED for i in range(len(values))], dtype=np.int8)
    numbers = np.where(state == OBSERVED, np.array(values, dtype=float), np.nan)
    return Series(datetime(2026, 1, 8, tzinfo=UTC), DAY, numbers, state, np.full(len(values), np.nan))


def test_a_gust_is_one_day_and_a_plateau_its_share_of_days():
    assert concentration(series([0, 0, 9, 1, 0])).value == 1
    assert concentration(series([1] * 10)).value == 8


def test_a_gap_widens_the_interval_and_not_the_value():
    found = concentration(series([5, 5, 0, 5, 0, 0], missing=(2,)), share=1.0)
    assert (found.value, found.high) == (4, 4)
    assert concentration(series([9, 1, 0, 0], missing=(3,)), share=0.9).high == 4


def test_nothing_has_no_length():
    assert isinstance(concentration(series([0, 0])), Unknown)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any), st.floats(0.05, 1.0))
def test_brute_force_agrees(values, share):
    total = sum(values)
    lengths = [
        j - i
        for i in range(len(values))
        for j in range(i + 1, len(values) + 1)
        if sum(values[i:j]) >= share * total * (1 - 1e-9)
    ]
    assert concentration(series(values), share=share).value == min(lengths)


@pytest.mark.parametrize("share", [0.0, 1.1, -1.0])
def test_a_share_outside_its_range_is_the_programmers_mistake(share):
    with pytest.raises(ValueError, match="share"):
        concentration(series([1]), share=share)
