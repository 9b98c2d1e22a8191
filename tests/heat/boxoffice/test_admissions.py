"""Next week's admissions: laws of scale and supply, and a world with known elasticity."""

from __future__ import annotations

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.boxoffice.admissions import next_week_admissions

WEEK = np.array([9e3, 8e3, 8e3, 9e3, 1.5e4, 3e4, 2.6e4])
DAYS = np.concatenate([WEEK, 0.6 * WEEK])
SHOWINGS = np.concatenate([np.full(7, 900.0), np.full(7, 700.0)])


@pytest.mark.parametrize("scale", [0.01, 3.0, 1000.0])
def test_twice_the_tickets_give_twice_the_answer(scale):
    for plan in (None, np.full(7, 500.0)):
        one = next_week_admissions(DAYS, showings=SHOWINGS, planned_showings=plan, weekday=0)
        other = next_week_admissions(scale * DAYS, showings=SHOWINGS, planned_showings=plan, weekday=0)
        assert other.value == pytest.approx(scale * one.value)
        assert other.low == pytest.approx(scale * one.low)


def test_only_the_ratio_of_showings_counts():
    one = next_week_admissions(DAYS, showings=SHOWINGS, planned_showings=np.full(7, 500.0))
    ten = next_week_admissions(DAYS, showings=10 * SHOWINGS, planned_showings=np.full(7, 5000.0))
    assert ten.value == pytest.approx(one.value)


def test_more_showings_planned_go_with_more_tickets():
    values = [
        next_week_admissions(DAYS, showings=SHOWINGS, planned_showings=np.full(7, plan), weekday=0).value
        for plan in (200.0, 400.0, 700.0, 1000.0)
    ]
    assert values == sorted(values)


def test_a_plan_narrows_the_interval_and_so_do_holidays():
    none = [False] * 14
    plan = np.full(7, 500.0)
    bare = next_week_admissions(DAYS, weekday=0)
    planned = next_week_admissions(DAYS, showings=SHOWINGS, planned_showings=plan, weekday=0)
    both = next_week_admissions(DAYS, showings=SHOWINGS, planned_showings=plan, weekday=0, holidays=none)
    assert bare.high / bare.low > planned.high / planned.low > both.high / both.low


def test_a_day_off_gained_is_worth_something():
    plan = np.full(7, 700.0)
    holidays = [False] * 14
    off = [*holidays[:9], True, *holidays[10:]]
    with_, without = (
        next_week_admissions(DAYS, showings=SHOWINGS, planned_showings=plan, weekday=0, holidays=free).value
        for free in (off, holidays)
    )
    assert with_ > without


def test_only_the_last_fortnight_is_looked_at():
    long = np.concatenate([[5e5, 4e5, 3e5], DAYS])
    assert next_week_admissions(long, weekday=0).value == next_week_admissions(DAYS, weekday=0).value


def test_the_interval_holds_the_value_and_says_what_it_is():
    week = next_week_admissions(WEEK)
    assert week.low < week.value < week.high
    assert (week.unit, week.level, week.n) == ("admissions", 0.8, 7)


def test_it_refuses_what_it_cannot_know():
    with pytest.raises(NotEnoughDataError):
        next_week_admissions(WEEK[:6])
    with pytest.raises(NotEnoughDataError):
        next_week_admissions([*WEEK[:6], np.nan])
    with pytest.raises(NotEnoughDataError):
        next_week_admissions(np.zeros(7))
    with pytest.raises(ValueError, match="need showings"):
        next_week_admissions(WEEK, planned_showings=np.ones(7))
    with pytest.raises(ValueError, match="planned_showings"):
        next_week_admissions(WEEK, showings=np.ones(7), planned_showings=np.ones(6))
    with pytest.raises(ValueError, match="holidays"):
        next_week_admissions(WEEK, holidays=[False] * 7)
    with pytest.raises(ValueError, match="below zero"):
        next_week_admissions(-WEEK)
