"""Rhythm and pauses of dated things."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.measures.cadence import Gap, cadence

FIRST = date(2026, 1, 1)


def days(*numbers):
    return [FIRST + timedelta(days=n) for n in numbers]


def test_a_pause_is_longer_than_twice_the_median_gap_and_one_of_exactly_twice_is_none():
    found = cadence(days(0, 2, 4, 6, 8, 12, 17))
    assert found.gaps == (Gap(*days(12, 17), 5),)
    assert found.typical == Estimate(2.0, 2.0, 5.0, 0.9, "days", found.typical.method, 6)


def test_what_has_not_ended_yet_is_held_against_the_same_rhythm():
    steady = days(0, 2, 4, 6)
    assert cadence(steady, until=FIRST + timedelta(days=10)).gaps == ()
    assert cadence(steady, until=FIRST + timedelta(days=11)).gaps == (Gap(days(6)[0], None, 5),)
    assert cadence(steady).gaps == ()


def test_too_few_to_speak_of_a_rhythm():
    found = cadence(days(0, 1, 30), until=FIRST + timedelta(days=90))
    assert found.gaps == ()
    assert isinstance(found.typical, Unknown)
    assert cadence([]).days == 0


def test_a_pause_is_longer_than_what_is_usual():
    with pytest.raises(ValueError, match="above 1"):
        cadence(days(0, 1), long=1.0)


@given(st.lists(st.integers(0, 400), max_size=30), st.permutations(range(30)))
def test_order_and_repeats_change_nothing_and_pauses_lie_between_neighbours(numbers, order):
    once = cadence(days(*numbers))
    shuffled = [numbers[i] for i in order if i < len(numbers)]
    assert cadence(days(*shuffled, *numbers)) == once
    there = sorted(set(days(*numbers)))
    for gap in once.gaps:
        at = there.index(gap.after)
        assert (there[at + 1], gap.days) == (gap.before, (gap.before - gap.after).days)
