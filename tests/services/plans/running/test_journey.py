"""A plan from draft to verdict on campaigns whose truth is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import plan_worlds as worlds
from longtake.services.plans.designs import Asked
from longtake.services.plans.running import adopt, judge, lock, look, start

BEFORE, DAYS = 40, 7
BEGIN = worlds.FIRST + timedelta(days=BEFORE + 1)
NOW = datetime(2026, 2, 17, 4, tzinfo=UTC)


def run(root, *, lift, seed=3):
    made = worlds.counts(seed, 60, start=BEFORE + 1, lift=lift)
    world = worlds.World(root, made).until(BEFORE)
    with world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(world.name))
        locked = lock.lock(desk, "01-post", Asked(BEGIN))
        start.start(desk, "01-post")
    world.until(BEFORE + 1 + DAYS)
    return world, locked


def test_a_planted_lift_is_found_improved(tmp_path):
    world, locked = run(tmp_path, lift=0.6)
    assert locked.registration["power"] > 0.5
    with world.desk(NOW + timedelta(days=9)) as desk:
        seen = look.look(desk, "01")
        assert (seen.advice, seen.reason, seen.whole) == ("roll", "improved", True)
        life = judge.judge(desk, "01")
    told = life.verdict.told
    assert (told["outcome"], told["evidence"], told["wording"]) == (
        "improved",
        "quasi_experiment",
        "points_to",
    )
    assert told["effect"]["low"] < 0.6 < told["effect"]["high"]
    assert told["deviations"] == []
    assert told["after"]["mean"] > told["before"]["mean"] == 0.0


@pytest.mark.parametrize("seed", [3, 4, 5, 6])
def test_nothing_planted_is_not_called_improved(tmp_path, seed):
    world, _ = run(tmp_path, lift=0.0, seed=seed)
    with world.desk(NOW + timedelta(days=9)) as desk:
        assert judge.judge(desk, "01").verdict.told["outcome"] == "no_evidence"
