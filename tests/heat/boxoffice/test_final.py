"""Totals: held to what was taken, to the unit of money, to time, and to releases never seen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.boxoffice.final import final_gross
from longtake.services.training.takings.releases import releases
from shared_data import shared

OPENED = date(2014, 5, 2)
RUN = np.array([5e6, 7e6, 4e6, 1e6, 1.2e6, 9e5, 8e5] * 5) * np.repeat([1.0, 0.5, 0.25, 0.12, 0.06], 7)
THEATERS = np.repeat([3000.0, 3000.0, 2200.0, 1200.0, 600.0], 7)


@pytest.mark.parametrize("n", [3, 4, 7, 9, 14, 21, 34, 35])
@pytest.mark.parametrize("theaters", [THEATERS, None])
@pytest.mark.parametrize("unit", ["USD", "CNY"])
def test_the_total_is_never_below_what_was_taken(n, theaters, unit):
    supply = None if theaters is None else theaters[:n]
    total = final_gross(RUN[:n], supply, OPENED, unit=unit)
    assert RUN[:n].sum() <= total.low <= total.value <= total.high
    assert (total.unit, total.level, total.n) == (unit, 0.8, n)


@pytest.mark.parametrize("scale", [1e-6, 0.5, 2.0, 1e4])
@pytest.mark.parametrize("n", [3, 7, 20])
def test_in_money_of_another_country_the_total_moves_in_step_with_the_takings(scale, n):
    one = final_gross(RUN[:n], THEATERS[:n], OPENED, unit="CNY")
    other = final_gross(scale * RUN[:n], THEATERS[:n], OPENED, unit="CNY")
    assert other.value == pytest.approx(scale * one.value, rel=1e-6)
    assert other.low == pytest.approx(scale * one.low, rel=1e-6)
    assert other.high == pytest.approx(scale * one.high, rel=1e-6)


@pytest.mark.parametrize("n", [3, 7, 20])
def test_in_dollars_twice_the_takings_are_about_twice_the_total(n):
    one = final_gross(RUN[:n], THEATERS[:n], OPENED)
    two = final_gross(2 * RUN[:n], THEATERS[:n], OPENED)
    assert 1.6 < two.value / one.value < 2.4


def test_a_long_run_has_little_left_to_be_unsure_of():
    relative = []
    for n in (3, 7, 14, 34):
        total = final_gross(RUN[:n], THEATERS[:n], OPENED)
        relative.append((total.high - total.low) / total.value)
    assert relative == sorted(relative, reverse=True)


def test_a_higher_level_is_a_wider_interval():
    half, most = (final_gross(RUN[:7], THEATERS[:7], OPENED, level=level) for level in (0.5, 0.95))
    assert most.low < half.low < half.value < half.high < most.high
    assert half.value == most.value


def test_a_better_hold_is_a_higher_total():
    weak, strong = RUN[:14].copy(), RUN[:14].copy()
    weak[7:] *= 0.6
    strong[7:] *= 1.4
    low, high = (final_gross(run, THEATERS[:14], OPENED).value / run.sum() for run in (weak, strong))
    assert low < high


def test_unknown_theaters_of_a_day_are_those_of_the_day_before():
    gap = THEATERS[:7].copy()
    gap[4] = np.nan
    assert final_gross(RUN[:7], gap, OPENED) == final_gross(RUN[:7], THEATERS[:7], OPENED)


def test_it_refuses_what_it_cannot_know():
    with pytest.raises(NotEnoughDataError):
        final_gross(RUN[:2], THEATERS[:2], OPENED)
    with pytest.raises(NotEnoughDataError):
        final_gross([1.0, np.nan, 2.0, 1.0], None, OPENED)
    with pytest.raises(ValueError, match="negative"):
        final_gross([1.0, -1.0, 2.0], None, OPENED)
    with pytest.raises(ValueError, match="zero on every day"):
        final_gross([0.0, 0.0, 0.0], None, OPENED)
    with pytest.raises(ValueError, match="theaters"):
        final_gross(RUN[:3], [1.0, 2.0], OPENED)
    with pytest.raises(ValueError, match="level"):
        final_gross(RUN[:3], None, OPENED, level=1.0)


def test_real_releases_are_told_better_than_by_the_usual_multiple():
    runs = releases(shared("boxoffice/us_daily.parquet").parents[1])
    usual = np.median([run.total / run.gross[:7].sum() for run in runs])
    few = runs[::20]
    ours = [final_gross(run.gross[:7], run.theaters[:7], run.opened).value / run.total for run in few]
    multiple = [usual * run.gross[:7].sum() / run.total for run in few]
    assert np.mean(np.abs(np.subtract(ours, 1))) < 0.75 * np.mean(np.abs(np.subtract(multiple, 1)))
