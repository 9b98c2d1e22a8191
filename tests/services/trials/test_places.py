"""Cities, cinemas, one series, slots and posts nobody assigned: worlds with known truth, and refusals."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.services.trials.worlds import (
    AFTER,
    BEFORE,
    CAMPAIGN,
    FIRST,
    day,
    drop,
    look,
    places,
    split,
    started,
    written,
)

from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.refusal import DesignError
from longtake.domain.trials.trial import Trial
from longtake.errors import NotEnoughDataError
from longtake.services import trials
from longtake.services.trials.power.places import grid, markets
from longtake.services.workspace import Workspace

EARLY = datetime(2025, 11, 1, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def cities(treated: list[str], *, lift: float, after: int = 14, before: int = 60) -> tuple[list, list]:
    """Return rows before and after a start of sixteen cities with one course, a lift in some."""
    rng = np.random.default_rng(4)
    course = (
        1000 * np.exp(-np.arange(before + after) / 60) * (1 + 0.2 * np.sin(np.arange(before + after) * 0.9))
    )
    past, since = [], []
    for city in range(16):
        name = f"city-{city:02d}"
        size = rng.uniform(0.5, 2)
        for step in range(before + after):
            value = size * course[step] * rng.lognormal(0, 0.03)
            if step >= before and name in treated:
                value *= 1 + lift
            (past if step < before else since).append([name, day(step - before), round(value)])
    return past, since


HEADS = ["city", "day", "tickets"]


def test_drawn_cities_show_the_lift_that_was_put_there(workspace: Workspace, tmp_path: Path) -> None:
    past, _ = cities([], lift=0)
    trials.design(workspace, places("geo", "matched_cities", drawn=3), by="me", now=EARLY)
    drop(workspace, "geo", written(tmp_path / "past.csv", HEADS, past))
    book = trials.start(workspace, CAMPAIGN, "geo", begins=FIRST, by="me", now=BEFORE)
    treated = book.lot["treated"]
    assert len(treated) == 3
    assert book.power["power"] >= 0.8
    _, since = cities(treated, lift=0.3)
    drop(workspace, "geo", written(tmp_path / "half.csv", HEADS, [r for r in since if r[1] < day(7)]))
    assert look(workspace, "geo").decision == "waiting"
    with pytest.raises(trials.TrialError, match="judged yet"):
        trials.judge(workspace, CAMPAIGN, "geo", by="me", now=AFTER)
    drop(workspace, "geo", written(tmp_path / "since.csv", HEADS, since))
    found = look(workspace, "geo")
    (one,) = found.comparisons
    assert (found.decision, found.standing) == ("winner", "geo_randomised")
    assert one.effect.low < 0.3 < one.effect.high
    assert trials.judge(workspace, CAMPAIGN, "geo", by="me", now=AFTER).result == "improved"


def test_without_a_past_no_trial_of_places_starts(workspace: Workspace, tmp_path: Path) -> None:
    trials.design(workspace, places("geo", "matched_cities", drawn=3), by="me", now=EARLY)
    with pytest.raises(NotEnoughDataError):
        trials.start(workspace, CAMPAIGN, "geo", begins=FIRST, by="me", now=BEFORE)
    with pytest.raises(DesignError, match="places"):
        places("geo", "matched_cities")
    past, since = cities([], lift=0)
    drop(workspace, "geo", written(tmp_path / "all.csv", HEADS, [*past, *since]))
    with pytest.raises(trials.TrialError, match="after the day"):
        trials.start(workspace, CAMPAIGN, "geo", begins=FIRST, by="me", now=BEFORE)


def test_matched_cinemas_are_drawn_by_a_lot_anybody_can_repeat(workspace: Workspace, tmp_path: Path) -> None:
    rng = np.random.default_rng(9)
    names = [f"cinema-{n:02d}" for n in range(25)]
    size = dict(zip(names, rng.uniform(80, 400, len(names)), strict=True))

    def rows(first: int, last: int, treated: set[str]) -> list:
        return [
            [n, day(s), round(size[n] * (1.4 if n in treated else 1) * rng.lognormal(0, 0.05))]
            for n in names
            for s in range(first, last)
        ]

    heads = ["cinema", "day", "tickets"]
    trials.design(workspace, places("halls", "matched_cinemas"), by="me", now=EARLY)
    past = written(tmp_path / "past.csv", heads, rows(-28, 0, set()))
    drop(workspace, "halls", past)
    book = trials.start(workspace, CAMPAIGN, "halls", begins=FIRST, by="me", now=BEFORE)
    assert len(book.lot["blocks"]) == 12
    assert len(book.lot["aside"]) == 1
    drop(workspace, "halls", written(tmp_path / "since.csv", heads, rows(0, 14, set(book.lot["treated"]))))
    found = look(workspace, "halls")
    (one,) = found.comparisons
    assert found.decision == "winner"
    assert one.effect.low < 0.4 < one.effect.high
    again = Workspace(tmp_path / "again")
    trials.design(again, places("halls", "matched_cinemas"), by="me", now=EARLY)
    drop(again, "halls", past)
    assert trials.start(again, CAMPAIGN, "halls", begins=FIRST, by="me", now=BEFORE).lot == book.lot


@pytest.mark.parametrize(("lift", "decision"), [(0.5, "winner"), (0.0, "over")])
def test_a_series_against_its_frozen_forecast(
    workspace: Workspace, tmp_path: Path, lift: float, decision: str
) -> None:
    rng = np.random.default_rng(1)
    series = 2000 * np.exp(-np.arange(74) / 40) * rng.lognormal(0, 0.08, 74)
    series[60:] *= 1 + lift
    rows = [[day(step - 60), round(value)] for step, value in enumerate(series)]
    trials.design(workspace, places("cut", "interrupted_series"), by="me", now=EARLY)
    drop(workspace, "cut", written(tmp_path / "past.csv", ["day", "tickets"], rows[:60]))
    trials.start(workspace, CAMPAIGN, "cut", begins=FIRST, by="me", now=BEFORE)
    drop(workspace, "cut", written(tmp_path / "since.csv", ["day", "tickets"], rows[60:]))
    found = look(workspace, "cut")
    (one,) = found.comparisons
    assert (found.decision, found.standing) == (decision, "quasi_experiment")
    assert one.effect.low < lift < one.effect.high
    # A past told otherwise after the start does not move the forecast.
    changed = [[at, 9999] for at, _ in rows[:3]]
    told = drop(workspace, "cut", written(tmp_path / "late.csv", ["day", "tickets"], changed))
    assert told.late == 3
    assert look(workspace, "cut") == found


def test_posts_nobody_assigned_are_described_and_no_more(workspace: Workspace, tmp_path: Path) -> None:
    trial = split(design="described", unit="cell", assigned_by="nobody", planned_units=0)
    started(workspace, trial)
    rows = [["A", day(0), 10_000, 300], ["B", day(0), 500, 100]]
    drop(workspace, "cut", written(tmp_path / "a.csv", ["arm", "day", "units", "finish"], rows))
    found = look(workspace, "cut")
    assert (found.decision, found.comparisons, found.split) == ("described", (), None)
    assert [arm.value.value for arm in found.arms] == [0.03, 0.2]
    verdict = trials.judge(workspace, CAMPAIGN, "cut", by="me", now=AFTER)
    assert (verdict.result, verdict.standing) == ("no_evidence", "observational")
    assert verdict.estimate == Unknown("not_assigned", "described", "share", 10_500)


def slots(**other: object) -> Trial:
    given = {"planned_units": 8, "minimum": 5.0, **other}
    return Trial("slots", CAMPAIGN, "Which?", "matched_slots", (Arm("A"), Arm("B")),
                 (Metric("likes", "mean", deviation=5.0),), "cell", "us", **given)  # type: ignore[arg-type]  # fmt: skip


def test_matched_slots_by_hand(workspace: Workspace, tmp_path: Path) -> None:
    """Eight slots, B ahead by ten in each: the only draw so far out is the one that fell, and its mirror."""
    started(workspace, slots())
    rows = [[arm, f"slot-{n}", 100 + 7 * n + (10 if arm == "B" else 0)] for n in range(8) for arm in "AB"]
    drop(workspace, "slots", written(tmp_path / "a.csv", ["arm", "slot", "likes"], rows[:-2]))
    assert look(workspace, "slots").decision == "waiting"
    drop(workspace, "slots", written(tmp_path / "b.csv", ["arm", "slot", "likes"], rows[-2:]))
    found = look(workspace, "slots")
    (one,) = found.comparisons
    assert isinstance(one.effect, Estimate)
    assert (one.effect.value, one.found, one.p) == (10.0, True, None)
    verdict = trials.judge(workspace, CAMPAIGN, "slots", by="me", now=AFTER)
    assert (verdict.result, verdict.standing) == ("improved", "observational")
    assert verdict.learned[0].key == "improved_went_with"


def test_so_few_slots_can_show_nothing(workspace: Workspace) -> None:
    trials.design(workspace, slots(planned_units=4), by="me", now=BEFORE)
    with pytest.raises(DesignError, match="slots"):
        trials.start(workspace, CAMPAIGN, "slots", begins=FIRST, by="me", now=BEFORE)


def test_markets_are_searched_from_the_past(workspace: Workspace, tmp_path: Path) -> None:
    past, _ = cities([], lift=0, before=60)
    small = [row for row in past if row[0] < "city-06"]
    trials.design(workspace, places("geo", "matched_cities", drawn=1, horizon_days=10), by="me", now=EARLY)
    drop(workspace, "geo", written(tmp_path / "past.csv", HEADS, small))
    book = trials.load(workspace, CAMPAIGN, "geo")
    found = markets(book.trial, grid(book.before(), "tickets"), sizes=[1])
    assert len(found) == 6
    assert isinstance(found[0].smallest_lift, Estimate)
    assert found[0].smallest_lift.value <= 0.15
