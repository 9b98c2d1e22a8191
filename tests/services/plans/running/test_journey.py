"""A plan from draft to verdict on campaigns whose truth is known, and what is made of it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import plan_worlds as worlds
from longtake.diagnosis.playbook.case import cases
from longtake.domain.answers.plan_values import quantity_of
from longtake.domain.estimate import Unknown
from longtake.locale import catalogue
from longtake.services import evidence
from longtake.services.plans import said
from longtake.services.plans.after import dual, learn, remember, section
from longtake.services.plans.designs import Asked
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running import adopt, chain, judge, lock, look, start
from longtake.services.plans.running.expected import conditions_of, expected, precedents
from longtake.services.reports.assemble import figures_of

BEFORE, DAYS = 40, 7
BEGIN = worlds.FIRST + timedelta(days=BEFORE + 1)
NOW = datetime(2026, 2, 17, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=9)


def run(root, *, lift, seed=3, stages=(), days=DAYS):
    """Lock and start the first stage, then bring in its days."""
    made = worlds.counts(seed, 70, start=BEFORE + 1, lift=lift)
    world = worlds.World(root, made).until(BEFORE)
    with world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(world.name, *stages))
        lock.lock(desk, "01-post", Asked(BEGIN))
        start.start(desk, "01-post")
    return world.until(BEFORE + 1 + days)


@pytest.fixture(scope="module")
def improved(tmp_path_factory):
    """One campaign with a lift of six tenths, judged, rolled on, remembered."""
    stages = (worlds.stage("01-post"), worlds.stage("02-again", horizon_days=5))
    world = run(tmp_path_factory.mktemp("improved"), lift=0.6, stages=stages)
    with world.desk(LATER) as desk:
        found = look.look(desk, "01")
        judge.judge(desk, "01")
        coming = judge.roll(desk, "01")
        remember.remember(desk, 30)
    return world, found, coming


def test_a_planted_lift_is_found_improved(improved):
    world, found, coming = improved
    assert (found.advice, found.reason, found.whole, found.harm) == ("roll", "improved", True, False)
    told = chain.load(world.workspace, world.name).life("01-post").verdict.told
    assert (told["outcome"], told["evidence"], told["wording"]) == (
        "improved",
        "quasi_experiment",
        "points_to",
    )
    assert told["effect"]["low"] < 0.6 < told["effect"]["high"]
    assert told["deviations"] == []
    assert told["after"]["mean"] > told["before"]["mean"] == 0.0
    assert coming.id == "02-again"
    assert coming.versions[-1].changes[0].key.startswith("goal.baseline")


def test_the_verdict_moves_what_is_expected_of_the_next_stage(improved):
    world, _, coming = improved
    book = chain.load(world.workspace, world.name)
    after = expected(book, coming.stage)
    assert (after.mean > 1.0, after.deviation < 1.0, after.verdicts) == (True, True, 1)
    other = worlds.stage("03-x", repair="bridge_piece@x@2026-01-01", cause="external")
    assert 0 < expected(book, other).mean < after.mean
    apart = worlds.stage("04-y", cause="mismatch")
    assert expected(book, apart).mean == 0.0


def test_a_finished_campaign_is_read_back_as_a_case(improved):
    world, _, _ = improved
    book = chain.load(world.workspace, world.name)
    made = learn.learn(world.workspace, book)
    again = made.file.read_bytes()
    assert learn.learn(world.workspace, book).file.read_bytes() == again
    (case,) = cases([made.file.parent]).values()
    assert (case.repair, case.outcome, case.evidence, case.days) == (
        "step_aside",
        "improved",
        "quasi_experiment",
        DAYS,
    )
    assert case.conditions == conditions_of(book, book.lives[0])
    assert case.conditions
    ((found, held, of),) = precedents(book.lives[0].stage, case.conditions, [made.file.parent])
    assert (found.key, held, of) == (case.key, len(case.conditions), len(case.conditions))


def test_what_stays_is_measured_from_the_rows_of_those_days(improved):
    world, _, _ = improved
    (act,) = chain.load(world.workspace, world.name).memories
    days = world.counts
    residual = quantity_of(act.told["residual"])
    assert residual.value == pytest.approx((sum(days[30:37]) / 7) / (sum(days[:7]) / 7), rel=0.02)
    assert quantity_of(act.told["recall"]) == Unknown(
        "no_subtitles", "Wilson 1927", "share", sum(days[30:37])
    )
    figure = f"{world.name}:plan.residual.d30"
    assert evidence.rows(world.workspace, figure, limit=1).total == sum(days[30:37])
    with world.desk(LATER) as desk, pytest.raises(PlanActError) as told:
        remember.remember(desk, 90)
    assert told.value.says == "memory_not_yet"


def test_the_boards_see_the_rise_and_each_figure_opens(improved):
    world, _, _ = improved
    with world.desk(LATER) as desk:
        found = dual.dual(desk)
    rows = {row.key: row for row in found.rows}
    assert (found.since, found.days) == (BEGIN, DAYS)
    assert rows["comments_a_day"].moved == "up"
    assert (rows["tickets_a_day"].moved, rows["recommend"].moved) == ("unknown", "level")
    assert found.trade_offs == ()


def test_every_figure_of_the_retrospective_opens(improved):
    from types import SimpleNamespace

    world, _, _ = improved
    book = chain.load(world.workspace, world.name)
    made = section.section(book)
    figures = figures_of(SimpleNamespace(sections=(made,)))
    assert len({figure.id for figure in figures}) == len(figures) == 6
    evidence.keep(world.workspace, world.name, figures, beside=True)
    totals = {one.id: evidence.rows(world.workspace, one.id, limit=1).total for one in figures}
    judged = next(total for name, total in totals.items() if ".effect." in name)
    assert judged == sum(world.counts[BEFORE + 1 : BEFORE + 1 + DAYS])
    assert min(totals.values()) > 0
    for lang in ("zh", "en"):
        assert "01-post" in "\n".join(said.book_said(book, catalogue(lang)))
        assert len(tuple(said.history_said(book, catalogue(lang)))) > len(book.acts)


def test_nothing_planted_is_no_evidence_and_may_be_extended_once(tmp_path):
    world = run(tmp_path, lift=0.0)
    with world.desk(LATER) as desk:
        found = judge.judge(desk, "01")
        assert found.verdict.told["outcome"] == "no_evidence"
        longer = judge.extend(desk, "01", 5)
        assert (longer.state, longer.days, longer.deviations) == ("running", 12, ())
        assert longer.registration["level"] == 0.95
        assert judge.extend(desk, "01", 2).deviations == ("extended_beyond",)
        stopped = judge.stop(desk, "01", "不再看了")
        assert stopped.state == "stopped"


def test_harm_stops_a_stage_before_its_time(tmp_path):
    world = run(tmp_path, lift=-0.6, days=4)
    with world.desk(NOW + timedelta(days=5)) as desk:
        found = look.look(desk, "01")
        assert (found.advice, found.reason, found.seen.days) == ("stop", "harm", 4)
        told = judge.judge(desk, "01").verdict.told
    assert (told["outcome"], told["deviations"], told["wording"]) == ("worse", ["stopped_early"], "coincides")


@pytest.mark.slow
def test_campaigns_with_nothing_in_them_are_seldom_called_improved(tmp_path):
    told = []
    for seed in range(40):
        world = run(tmp_path / str(seed), lift=0.0, seed=100 + seed)
        with world.desk(LATER) as desk:
            told.append(judge.judge(desk, "01").verdict.told["outcome"])
    # Registered at .95 two-sided: one of forty is expected on the good side; four would be .002.
    assert told.count("improved") <= 3
