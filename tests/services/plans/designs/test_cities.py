"""A stage in some cities against the others, from box office by city to a verdict."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import plan_worlds as worlds
from longtake.domain.answers.plan import Goal
from longtake.domain.estimate import Estimate
from longtake.services.campaigns import folders
from longtake.services.plans.designs import Asked
from longtake.services.plans.running import adopt, judge, lock, start
from longtake.services.progress import Silent

DAYS, JUDGED = 63, 7
NOW = datetime(2026, 3, 11, 4, tzinfo=UTC)
BEGIN = worlds.FIRST + timedelta(days=DAYS)
NAMES = [f"城{k:02d}" for k in range(18)]


def stage(table):
    """Return a stage that should raise tickets by three tenths of what the last days brought."""
    now = float(table[:, DAYS - 3 : DAYS].sum(axis=0).mean())
    held = Estimate(now, 0.9 * now, 1.1 * now, 0.9, "tickets", "by hand", 3)
    goal = Goal("tickets_a_day", "tickets", held, "", 0.3 * now, True, JUDGED)
    return replace(
        worlds.stage("01-cities", cause="external"), design="matched_cities", goal=goal, harm=0.3 * now
    )


class Cities:
    """A campaign whose tickets are known by city."""

    def __init__(self, root, table):
        self.world, self.table = worlds.World(root, [5] * 90), table

    def until(self, days):
        with (self.world.folder / "票房.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["date", "city", "gross_cny", "admissions", "showings", "seats", "film"])
            for row, name in enumerate(NAMES):
                for day in range(days):
                    when = worlds.FIRST + timedelta(days=day)
                    writer.writerow([when.isoformat(), name, "", int(self.table[row, day]), "", "", "旧阁楼"])
        folders.follow(
            self.world.workspace, self.world.folder, observed_at=worlds.OBSERVED, progress=Silent()
        )
        return self


@pytest.mark.parametrize(("lift", "outcome"), [(0.6, "improved"), (0.0, "no_evidence")])
def test_a_lift_in_named_cities_is_found_and_nothing_is_not(tmp_path, lift, outcome):
    table = worlds.cities(2, lift=lift, days=DAYS + JUDGED, judged=JUDGED)
    made = Cities(tmp_path, table).until(DAYS)
    with made.world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(made.world.name, stage(table)))
        life = lock.lock(desk, "01", Asked(BEGIN, cities=tuple(NAMES[:3])))
        start.start(desk, "01")
    assert life.registration["evidence"] == "quasi_experiment"  # picked, not drawn
    assert 0.0 < life.registration["power"] <= 1.0
    made.until(DAYS + JUDGED)
    with made.world.desk(NOW + timedelta(days=9)) as desk:
        told = judge.judge(desk, "01").verdict.told
    assert (told["outcome"], told["deviations"]) == (outcome, [])
    assert told["effect"]["low"] <= lift <= told["effect"]["high"]


def test_cities_are_drawn_by_the_digest_of_the_stage(tmp_path):
    table = worlds.cities(2, lift=0.0, days=DAYS, judged=JUDGED)
    made = Cities(tmp_path, table).until(DAYS)
    with made.world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(made.world.name, stage(table)))
        one, again = (lock.locking(desk, "01", Asked(BEGIN, draw=3)).registration for _ in range(2))
        adopt.edit(desk, "01", {"owner": "agency"})
        other = lock.locking(desk, "01", Asked(BEGIN, draw=3)).registration
    assert one == again
    assert one.evidence == "geo_randomised"
    assert one.data["cities"] != other.data["cities"]
