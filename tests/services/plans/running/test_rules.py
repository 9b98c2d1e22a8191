"""Stop and start rules: what the figures say of them, and a stop that follows from one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import plan_worlds as worlds
from longtake.domain.answers.plan_values import plan_of, plan_values
from longtake.domain.answers.rule import ASKED, QUIET, Rule, rule_of
from longtake.locale import catalogue
from longtake.services.plans import rules_said, said
from longtake.services.plans.designs import Asked
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running import adopt, chain, judge, lock, look, start
from longtake.services.plans.running.rules import held_of

BEFORE = 16
BEGIN = worlds.FIRST + timedelta(days=BEFORE + 1)
NOW = datetime(2026, 1, 24, 4, tzinfo=UTC)
FALLS = Rule("falls", "comments_a_day", 0.5, relative=True, days=3)
WARN = Rule("rises", "recommend", 0.1, days=2)
HAND = Rule(ASKED)
EVENT = '\n[[event]]\nkind = "ad"\nplatform = "weibo"\nstart = 2026-01-23T10:00:00+08:00\n'


def _told(desk):
    return chain.load(desk.workspace, desk.draft.campaign.id).life("01-post")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Forty comments a day; from the first day of the measure on sixteen: a fall of three fifths."""
    counts = [40] * (BEFORE + 1) + [16] * 10
    made = worlds.World(tmp_path_factory.mktemp("rules"), counts)
    file = made.folder / "campaign.toml"
    file.write_text(file.read_text("utf-8") + EVENT, "utf-8")
    made.until(BEFORE)
    stage = worlds.stage(
        "01-post", design="before_after", starts=(Rule(QUIET), HAND), stops=(FALLS, WARN, HAND)
    )
    with made.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(made.name, stage))
        lock.lock(desk, "01", Asked(BEGIN))
    return made


def test_a_stage_starts_when_a_person_checked_the_words_and_the_figures_agree(world):
    with world.desk(NOW) as desk:
        life = desk.life("01")
        held = start.checks(desk, life)
        assert (held["rules"], held["said"]) == (False, False), "an act on the 23rd is no quiet day"
        with pytest.raises(PlanActError) as told:
            start.start(desk, "01")
        assert told.value.says == "check_rules"
        with pytest.raises(PlanActError) as told:
            judge.stop(desk, "01", by_rule=True)
        assert told.value.says == "not_running"
        life = start.start(desk, "01", anyway="投放合同已签", confirmed=True)
    assert life.start.told["broken"] == ["rules"]
    assert life.start.told["checks"]["said"] is True
    quiet = held_of(life.start.told["rules"][0])
    assert (quiet.rule, quiet.holds, quiet.now) == (Rule(QUIET), False, 1.0)


def test_a_look_checks_each_rule_and_a_stop_that_follows_is_on_record(world):
    world.until(BEFORE + 3)
    with world.desk(NOW) as desk:
        early = look.looked(desk, "01")
    assert [one.holds for one in early.rules] == [None, False, None], "two whole days are too few for three"
    assert early.rules[0].why == "too_few_days"
    world.until(BEFORE + 4)
    with world.desk(NOW) as desk:
        found = look.look(desk, "01")
        assert (found.advice, found.reason) == ("stop", "rule")
        fell = found.stops[0]
        assert (fell.rule, fell.now, fell.before) == (FALLS, 16.0, 40.0)
        assert [one["holds"] for one in found.life.looks[-1].told["rules"]] == [True, False, None]
        lines = said.look_said(found, catalogue("en"))
        assert any(one.startswith("■ Holds: comments a day fall by 50% or more") for one in lines)
        life = judge.stop(desk, "01", by_rule=True)
        judged = judge.judge(desk, "01")
    assert life.stopped.told["why"] == worlds.stage().stop
    assert [held_of(one).rule for one in life.stopped.told["rules"]] == [FALLS]
    for lang in ("zh", "en"):
        assert len(rules_said.stopped_said(life, catalogue(lang))) == 2
    assert "stopped_early" in judged.verdict.told["deviations"]


def test_what_only_a_person_can_tell_stops_when_a_person_says_so(tmp_path):
    made = worlds.World(tmp_path, [20] * 30).until(BEFORE)
    stage = worlds.stage("01-post", design="before_after", stops=(HAND,))
    with made.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(made.name, stage))
        lock.lock(desk, "01", Asked(BEGIN))
        start.start(desk, "01")
        with pytest.raises(PlanActError) as told:
            judge.stop(desk, "01", by_rule=True)
        assert told.value.says == "rule_not_held"
        life = judge.stop(desk, "01", by_rule=True, confirmed=True)
    assert held_of(life.stopped.told["rules"][0]).holds is True


def test_rules_go_into_the_plan_file_and_a_plan_without_any_keeps_its_digest():
    plain = worlds.plan("x", worlds.stage())
    ruled = worlds.plan("x", worlds.stage(starts=(Rule(QUIET, days=5),), stops=(FALLS, HAND)))
    assert plan_of(plan_values(ruled)) == ruled
    assert not {"starts", "stops"} & set(plan_values(plain)["stages"][0])


@pytest.mark.parametrize(
    "given",
    [
        {"is": "rises", "metric": "warn", "by": 0},
        {"is": "rises", "by": 0.1},
        {"is": "above", "metric": "warn", "by": 0.5, "relative": True},
        {"is": "hopes"},
        {"is": "asked", "why": "x"},
    ],
)
def test_a_rule_nothing_could_be_held_against_is_refused(given):
    with pytest.raises((ValueError, TypeError)):
        rule_of(given)
