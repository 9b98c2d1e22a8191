"""A stage that a trial judges: its power at the lock, its verdict in the plan's words."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

import plan_worlds as worlds
from longtake.domain.estimate import Estimate
from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.trial import Trial
from longtake.locale import catalogue
from longtake.services import trials
from longtake.services.plans.after.figures import of_life
from longtake.services.plans.after.section import section
from longtake.services.plans.designs import Asked
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running import adopt, judge, lock, look, start
from longtake.services.plans.said import verdict_said

NOW = datetime(2026, 1, 17, 4, tzinfo=UTC)
BEGIN = worlds.FIRST + timedelta(days=10)
LATER = NOW + timedelta(days=20)
HEADS = ["arm", "day", "units", "finish"]


@pytest.mark.parametrize("rise", [True, False])
def test_a_trial_judges_its_stage_by_its_own_metric(tmp_path, rise):
    world = worlds.World(tmp_path, [12] * 40).until(9)
    space, campaign = world.workspace, world.name
    trial = Trial(
        "cut",
        campaign,
        "Which cut?",
        "any_look",
        (Arm("A"), Arm("B")),
        (Metric("finish", baseline=0.05),),
        "viewer",
        "us",
        planned_units=40_000,
        minimum=0.01,
    )
    trials.design(space, trial, by="me", now=NOW)
    stage = replace(worlds.stage("01-cut"), design="ab_test")
    if not rise:
        few = Estimate(12.0, 11.0, 13.0, 0.9, "comments per day", "by hand", 3)
        stage = replace(stage, goal=replace(stage.goal, baseline=few, minimum=3.0, rise=False))
    with world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(campaign, stage))
        life = lock.lock(desk, "01", Asked(BEGIN, trial="cut"))
        start.start(desk, "01")
        seen = look.look(desk, "01")
    power = trials.power_of_trial(trials.load(space, campaign, "cut"), begins=BEGIN)
    assert life.registration["power"] == power.power
    assert (life.registration["evidence"], life.registration["least"]) == ("randomised", 0.01)
    assert (seen.advice, seen.whole, seen.seen.effect.reason) == ("go_on", False, "trial_open")
    trials.start(space, campaign, "cut", begins=BEGIN, by="me", now=NOW)
    rng = np.random.default_rng(0)
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADS)
        for k in range(14):
            for arm, rate in (("A", 0.05), ("B", 0.07)):
                n = int(rng.poisson(1500))
                out.writerow([arm, (BEGIN + timedelta(days=k)).isoformat(), n, int(rng.binomial(n, rate))])
    trials.drop(space, campaign, "cut", tmp_path / "rows.csv", by="me", now=LATER)
    told = trials.judge(space, campaign, "cut", by="me", now=LATER)
    with world.desk(LATER) as desk:
        found = judge.judge(desk, "01").verdict.told
    assert told.result == found["outcome"] == "improved"
    assert found["effect"]["value"] == told.estimate.value
    assert (found["evidence"], found["wording"], found["deviations"]) == ("randomised", "caused", [])
    assert found["effect"]["low"] <= 0.02 <= found["effect"]["high"]
    with world.desk(LATER) as desk:
        life, table = desk.life("01"), section(desk.book).tables["plan_stages"]
        effect = of_life(campaign, life)["effect"]
    shown = effect.quantity
    assert effect.slots["plan_metric"] == life.metric == "finish"
    assert any("完播" in line for line in verdict_said(life, catalogue("zh")))
    told = dict(zip([column.key for column in table.columns], table.rows[0], strict=True))
    assert (told["effect"], told["change_unit"]) == (pytest.approx(shown.value, abs=0.005), "points")
    assert shown.unit == "percentage points"
    assert (shown.value, shown.low, shown.high) == pytest.approx(
        tuple(100 * found["effect"][name] for name in ("value", "low", "high"))
    )


def test_a_trial_that_was_judged_cannot_be_registered(tmp_path):
    world = worlds.World(tmp_path, [12] * 40).until(9)
    with world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(world.name, worlds.stage("01-cut", design="ab_test")))
        with pytest.raises(PlanActError) as told:
            lock.locking(desk, "01", Asked(BEGIN))
    assert told.value.says == "trial_wanted"
