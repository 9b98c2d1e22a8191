"""Days to come: their shape, their laws, and a run that falls as runs do."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.boxoffice.calendar import COLUMNS, easter, holidays, marks
from longtake.heat.boxoffice.daily import daily_path

OPENED = date(2014, 5, 2)
RUN = np.array([5e6, 7e6, 4e6, 1e6, 1.2e6, 9e5, 8e5] * 5) * np.repeat([1.0, 0.5, 0.25, 0.12, 0.06], 7)
THEATERS = np.repeat([3000.0, 3000.0, 2200.0, 1200.0, 600.0], 7)


@pytest.mark.parametrize("n", [3, 5, 7, 14, 33, 34])
def test_the_path_goes_on_from_the_last_day_to_the_thirty_fifth(n):
    path = daily_path(RUN[:n], THEATERS[:n], OPENED, horizon=35 - n)
    assert path.dates == tuple(OPENED + timedelta(days=day) for day in range(n, 35))
    assert path.value.shape == path.low.shape == path.high.shape == (35 - n,)
    assert (path.low > 0).all()
    assert (path.low <= path.value).all()
    assert (path.value <= path.high).all()


def test_a_shorter_horizon_is_the_beginning_of_a_longer_one():
    week = daily_path(RUN[:7], THEATERS[:7], OPENED, horizon=7)
    month = daily_path(RUN[:7], THEATERS[:7], OPENED, horizon=28)
    assert np.array_equal(week.value, month.value[:7])


@pytest.mark.parametrize("scale", [1e-3, 2.0, 700.0])
def test_in_money_of_another_country_the_path_moves_in_step_with_the_takings(scale):
    one = daily_path(RUN[:10], None, OPENED, horizon=20, unit="CNY")
    other = daily_path(scale * RUN[:10], None, OPENED, horizon=20, unit="CNY")
    assert other.value == pytest.approx(scale * one.value, rel=1e-5)


def test_saturdays_are_the_highest_days_and_weeks_fall():
    path = daily_path(RUN[:14], THEATERS[:14], OPENED, horizon=21)
    for start in (0, 7, 14):
        days = path.dates[start : start + 7]
        best = days[int(np.argmax(path.value[start : start + 7]))]
        # Memorial day, 26 May 2014, was a Monday off after the second of these weekends.
        assert best.weekday() in (5, 6)
    weeks = path.value.reshape(3, 7).sum(axis=1)
    assert weeks[0] > weeks[1] > weeks[2]


def test_a_film_that_leaves_its_theaters_takes_less():
    kept = daily_path(RUN[:7], THEATERS[:7], OPENED, horizon=14, future_theaters=np.full(14, 3000.0))
    cut = daily_path(RUN[:7], THEATERS[:7], OPENED, horizon=14, future_theaters=np.full(14, 400.0))
    assert (cut.value < kept.value).all()


def test_days_without_a_plan_are_forecast_as_if_there_were_none():
    plan = np.full(14, np.nan)
    none = daily_path(RUN[:7], THEATERS[:7], OPENED, horizon=14)
    empty = daily_path(RUN[:7], THEATERS[:7], OPENED, horizon=14, future_theaters=plan)
    assert np.array_equal(none.value, empty.value)
    assert np.array_equal(none.high, empty.high)


def test_it_refuses_what_it_cannot_know():
    with pytest.raises(NotEnoughDataError):
        daily_path(RUN[:2], None, OPENED, horizon=5)
    with pytest.raises(ValueError, match="horizon 29"):
        daily_path(RUN[:7], None, OPENED, horizon=29)
    with pytest.raises(ValueError, match="35 days"):
        daily_path(RUN[:35], None, OPENED, horizon=1)
    with pytest.raises(ValueError, match="future_theaters"):
        daily_path(RUN[:7], THEATERS[:7], OPENED, horizon=3, future_theaters=[1.0])


# Dates as published: US Naval Observatory (Easter), US Office of Personnel Management (federal holidays).
@pytest.mark.parametrize(
    ("year", "day"),
    [(2000, (4, 23)), (2008, (3, 23)), (2011, (4, 24)), (2018, (4, 1)), (2025, (4, 20)), (2038, (4, 25))],
)
def test_easter(year, day):
    assert easter(year) == date(year, *day)


def test_holidays_of_2023():
    assert {date(2023, 1, 16), date(2023, 2, 20), date(2023, 5, 29), date(2023, 9, 4)} <= set(holidays(2023))
    assert {date(2023, 10, 9), date(2023, 11, 23)} <= set(holidays(2023))


def test_every_day_has_one_weekday_of_one_month_and_a_span_reads_like_its_days():
    span = marks(date(2012, 12, 1), 500)
    assert span.shape == (500, COLUMNS)
    assert (span[:, :84].sum(axis=1) == 1).all()
    assert np.array_equal(span[31], marks(date(2013, 1, 1), 1)[0])
