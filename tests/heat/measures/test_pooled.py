"""A rate over works: the interval is of works, not of plays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Unknown
from longtake.heat.measures.pooled import pooled_rate


def test_it_covers_the_rate_that_works_are_drawn_around():
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(500):
        plays = rng.uniform(5e4, 2e5, 12).round()
        rate = np.clip(0.02 * np.exp(rng.normal(0, 0.3, 12)), 0, 1)
        told = pooled_rate(plays * rate, plays)
        held += told.low <= 0.02 * np.exp(0.045) <= told.high
    assert 0.83 <= held / 500 <= 0.95


def test_two_works_speak_for_themselves_and_one_of_no_share_is_refused():
    assert pooled_rate([1, 1], [10, 10]).value == 0.1
    assert isinstance(pooled_rate([1.0], [2.0], unit="times"), Unknown)
    assert pooled_rate([], []).reason == "no_rows"
    with pytest.raises(ValueError, match="above its whole"):
        pooled_rate([3, 1, 1], [2, 2, 2])


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(50, 100)), min_size=3, max_size=9), st.integers(1, 50)
)
def test_counting_in_other_units_changes_nothing(works, factor):
    parts, wholes = zip(*works, strict=True)
    one = pooled_rate(parts, wholes)
    two = pooled_rate([p * factor for p in parts], [w * factor for w in wholes])
    assert one.value == pytest.approx(two.value)
    assert one.high == pytest.approx(two.high, abs=1e-9)
