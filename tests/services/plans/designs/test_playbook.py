"""Every repair of the playbook can be locked where its files are there, or names the one it lacks."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

import plan_worlds as worlds
from longtake.diagnosis.playbook.repair import repairs
from longtake.domain.answers.plan_values import digest, plan_values
from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.trial import Trial
from longtake.errors import NotFoundError
from longtake.locale import catalogue
from longtake.services import trials
from longtake.services.campaigns import folders
from longtake.services.plans.daily import DAILY, NEEDS, daily
from longtake.services.plans.designs import Asked
from longtake.services.plans.designs.unmeasured import unmeasured
from longtake.services.plans.draft import stage_of_repair
from longtake.services.plans.running import lock
from longtake.services.progress import Silent

DAYS = 34
BEGIN = worlds.FIRST + timedelta(days=DAYS + 1)
NOW = datetime(2026, 2, 12, 4, tzinfo=UTC)
PUSHES = ((60, 40), (130, 36), (220, 50), (310, 30), (400, 44), (500, 40))
SAID = (
    "推荐大家去看，船的那场看哭了",
    "海边那一段太好看了，演得真好",
    "别去看，不值，和预告完全不一样，很失望",
    "灯下那场我自己剪了一版，大家来玩",
    "一般吧，路过看看",
    "又是买热搜的营销，看烦了",
)
FILE = """[campaign]
name = "旧阁楼"
kind = "short"
release_at = 2026-01-08T10:00:00+08:00
"""
MORE = """
[[circle]]
name = "船上的人"
keywords = ["船"]

[[circle]]
name = "海边的人"
keywords = ["海"]

[[circle]]
name = "灯下的人"
keywords = ["灯", "烦"]

[[node]]
id = "t"
kind = "trailer"
platform = "douyin"
title = "阁楼预告"
entry = "none"

[[node]]
id = "c"
kind = "challenge"
platform = "douyin"
title = "数三下挑战"
entry = "challenge"
"""
EVENT = """
[[event]]
kind = "ad"
platform = "weibo"
start = {at:%Y-%m-%dT%H:00:00}+08:00
cost_cny = 1000
"""


def _comments(folder, *, authors):
    rng = np.random.default_rng(4)
    start = datetime(2026, 1, 8)
    mean = np.full(24 * DAYS, 3.0)
    for at, size in PUSHES:
        mean[at:] += size * np.exp(-np.arange(mean.size - at) / 6.0)
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["platform", "text", "at", *(["author"] if authors else [])])
        for hour, n in enumerate([*rng.poisson(mean).tolist(), 1]):
            for k in range(n):
                at = start + timedelta(hours=hour, seconds=9 * k)
                text = f"{SAID[int(rng.choice(6, p=[0.3, 0.2, 0.15, 0.1, 0.15, 0.1]))]}{hour}{k}"
                row = ["weibo", text, f"{at:%Y-%m-%d %H:%M:%S}", f"u{hour}x{k}"]
                writer.writerow(row if authors else row[:3])


def _office(folder):
    table = worlds.cities(2, lift=0.0, days=DAYS + 1)
    with (folder / "票房.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "city", "gross_cny", "admissions", "showings", "seats", "film"])
        for row, counts in enumerate(table):
            for day, n in enumerate(counts):
                when = worlds.FIRST + timedelta(days=day)
                writer.writerow([when.isoformat(), f"城{row:02d}", "", int(n), 100, "", "旧阁楼"])


def _world(root, *, whole):
    world = worlds.World(root, [])
    start = datetime(2026, 1, 8)
    spent = "".join(EVENT.format(at=start + timedelta(hours=at)) for at, _ in PUSHES)
    (world.folder / "campaign.toml").write_text(FILE + (MORE + spent if whole else ""), "utf-8")
    _comments(world.folder, authors=whole)
    if whole:
        _office(world.folder)
    folders.follow(world.workspace, world.folder, observed_at=worlds.OBSERVED, progress=Silent())
    return world


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    world = _world(tmp_path_factory.mktemp("whole"), whole=True)
    trial = Trial(
        "cut",
        world.name,
        "Which?",
        "any_look",
        (Arm("A"), Arm("B")),
        (Metric("finish", baseline=0.05),),
        "viewer",
        "us",
        planned_units=40_000,
        minimum=0.01,
    )
    trials.design(world.workspace, trial, by="me", now=NOW)
    with world.desk(NOW) as desk:
        yield desk


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    with _world(tmp_path_factory.mktemp("bare"), whole=False).desk(NOW) as desk:
        yield desk


def _stages(desk):
    """Return the stage of each repair whose metric has a value and room to move, all of them adopted."""
    made = {
        key: stage_of_repair(desk.draft, repair, lang="zh", informed=0.4) for key, repair in repairs().items()
    }
    stages = {key: replace(stage, id=key) for key, stage in made.items() if stage is not None}
    plan = worlds.plan(desk.draft.campaign.id, *stages.values())
    desk.write("adopted", plan=plan_values(plan), digest=digest(plan), dates={}, phase="running", signs={})
    return stages


def _locking(desk, stage):
    draw = 6 if stage.design == "matched_cities" else 0
    trial = "cut" if stage.design == "ab_test" else ""
    return lock.locking(desk, stage.id, Asked(BEGIN, rule="day", draw=draw, trial=trial))


def test_every_repair_can_be_locked_where_its_files_are_there(whole):
    stages = _stages(whole)
    assert set(stages) == set(repairs())
    for key, stage in stages.items():
        found = _locking(whole, stage).registration
        assert 0 <= found.power <= 1, key
        assert found.smallest_found >= 0, key
        assert found.design == repairs()[key].design, key


def test_repairs_without_their_files_name_the_file_that_would_do(bare):
    stages = _stages(bare)
    lacking = {key: NEEDS[repair.metric] for key, repair in repairs().items() if key not in stages}
    refused = {}
    for key, stage in stages.items():
        try:
            _locking(bare, stage)
        except NotFoundError as error:
            refused[key] = error.kind
    assert lacking == {
        "one_circle_first": "circles",
        "bridge_piece": "two_circles",
        "open_entries": "nodes",
        "story_relay": "authors",
        "open_material": "authors",
        "stop_buying": "spend",
        "ask_for_showings": "box_office",
    }
    assert refused == {
        "recut_opening": "trial",
        "rewrite_position": "trial",
        "choice_poll": "trial",
    }


@pytest.mark.parametrize("key", ["dependence", "other_circles", "smallest_circle", "tickets_a_day"])
def test_a_metric_without_its_rows_says_in_both_languages_which_file_would_give_them(bare, key):
    assert daily(bare.draft, key) is None
    told = unmeasured(key)
    assert (told.says, told.slots["need"]) == ("series_needs", NEEDS[key])
    for lang in ("zh", "en"):
        assert catalogue(lang).has(f"plan_need.{NEEDS[key]}")


def test_every_daily_metric_has_a_series_of_whole_days(whole):
    for key in DAILY:
        found = daily(whole.draft, key)
        assert found is not None, key
        known = [one for one in found.values if one is not None]
        assert len(known) >= 20, key
        assert found.counts or all(0 <= one <= 1 for one in known), key
