"""Fitting box-office models: a calendar that is known, errors that grow, and the same bytes twice."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from longtake.heat.boxoffice.spread import GRID
from longtake.services.training.box_office import write_arrays
from longtake.services.training.takings.lines import table
from longtake.services.training.takings.releases import Release, fit_profile
from longtake.services.training.takings.rolling import spread_of

FRIDAY = date(2010, 1, 1)


def run(opened, gross):
    return Release(opened, gross, np.full(35, 2000.0), 1.1 * float(gross.sum()), settled=True)


@pytest.mark.slow
def test_the_profile_finds_the_lift_of_a_holiday():
    rng = np.random.default_rng(0)
    runs = []
    for week in np.repeat(np.arange(400), 4).tolist():
        opened = FRIDAY + timedelta(weeks=week)
        days = [opened + timedelta(days=day) for day in range(35)]
        lift = np.array([1.5 * (day.month == 7 and day.day == 4) for day in days])
        slope, level = rng.normal(-0.08, 0.02), rng.normal(14, 1)
        runs.append(run(opened, np.exp(level + slope * np.arange(35) + lift)))
    profile = fit_profile(runs)
    around = profile.log_level(date(2019, 6, 28), 35)
    assert around[6] - (around[5] + around[7]) / 2 == pytest.approx(1.5, abs=0.25)


def test_the_table_holds_total_over_taken():
    gross = 1e6 * 0.9 ** np.arange(35)
    one = table([run(FRIDAY, gross)], fit_profile([run(FRIDAY, gross)]))
    assert one.target[0, 4] == pytest.approx(np.log(1.1 * gross.sum() / gross[:7].sum()))
    assert one.rows.shape[:2] == one.target.shape == (1, 32)


@pytest.mark.parametrize(("growth", "sign"), [(1.5, 1), (1.0, 0), (0.67, -1)])
def test_the_interval_widens_when_errors_grow_and_narrows_when_they_shrink(growth, sign):
    year = np.repeat(np.arange(2000, 2010), 400)
    drawn = np.random.default_rng(1).normal(size=(year.size, 1, 1))
    errors = drawn * growth ** (year - 2000)[:, None, None]
    widen = spread_of(errors, year, (3,)).widen
    assert np.sign(np.round(widen, 1)) == sign


def test_quantiles_are_those_of_the_errors():
    year = np.full(10_000, 2000)
    errors = np.random.default_rng(2).normal(size=(year.size, 1, 1))
    found = spread_of(errors, year, (3,)).quantiles[0, 0]
    assert found == pytest.approx(np.quantile(errors, GRID), abs=0.02)


def test_the_same_numbers_are_the_same_bytes(tmp_path):
    arrays = {"a": np.arange(3.0), "b": np.array(2)}
    for name in ("one", "two"):
        write_arrays(arrays, tmp_path / f"{name}.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz") as read:
        assert read["b"].shape == ()
