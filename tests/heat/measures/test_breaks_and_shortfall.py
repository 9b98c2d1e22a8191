"""Largest changes of level, and how far a rate stays behind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.measures.breaks import largest_break
from longtake.heat.measures.shortfall import shortfall


@pytest.mark.parametrize("at", [4, 10, 15])
def test_a_planted_step_is_found_where_it_is(at):
    row = np.where(np.arange(20) < at, 3.0, 1.0)
    told = largest_break(row, window=4, rise=False, unit="level")
    assert (told.at, told.change.value) == (at, -2.0)
    assert largest_break(-row, window=4, rise=True, unit="level").at == at


def test_noise_alone_is_held_by_the_widened_interval():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(300):
        told = largest_break(rng.normal(size=24), window=6, rise=False, unit="level").change
        held += told.low <= 0 <= told.high
    assert held / 300 >= 0.85


def test_too_little_on_either_side_is_refused():
    told = largest_break([1.0, np.nan, 2.0], window=2, rise=True, unit="level")
    assert (told.at, told.change.reason) == (None, "too_few_steps")
    with pytest.raises(ValueError, match="window 1"):
        largest_break([1.0, 2.0], window=1, rise=True, unit="level")


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_a_shortfall_turns_the_interval_over(rate, usual):
    told = shortfall(Estimate(rate, rate / 2, rate, 0.9, "share", "made", 9), usual)
    assert told.value == told.low == pytest.approx(1 - rate / usual)
    assert told.high == pytest.approx(1 - rate / 2 / usual)


def test_an_unknown_rate_stays_unknown_and_a_usual_rate_of_nothing_is_a_mistake():
    assert shortfall(Unknown("no_rows", "made", "rate", 0), 0.1).unit == "share"
    with pytest.raises(ValueError, match="above 0"):
        shortfall(Unknown("no_rows", "made", "share", 0), 0.0)
