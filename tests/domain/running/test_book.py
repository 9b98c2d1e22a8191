"""A plan's book: what its acts make of a stage, whatever order people work in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plan_worlds
from longtake.domain.answers.plan_values import plan_values, stage_digest
from longtake.domain.running.act import Act, act_of
from longtake.domain.running.book import book_of
from longtake.domain.running.life import LANES

AT = datetime(2026, 1, 9, tzinfo=UTC)


def act(kind, seq, stage="", **told):
    return Act(kind, "甲", AT, stage, told, seq=seq, hash=f"{seq:064d}")


def adopted(seq=1, *stages, **given):
    return act("adopted", seq, plan=plan_values(plan_worlds.plan("x", *stages)), **given)


def edited(seq, stage):
    return act("edited", seq, stage.id, plan=plan_values(plan_worlds.plan("x", stage)))


def locked(seq, stage):
    return act("locked", seq, stage.id, start="2026-01-20", registered={}, extensions=1, late=False)


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=6, unique=True), st.integers(0, 6))
def test_every_edit_is_a_version_and_one_after_the_lock_lowers_the_label(budgets, place):
    stage = plan_worlds.stage()
    acts = [adopted(1, stage)]
    lock_at = min(place, len(budgets))
    for k, budget in enumerate(budgets):
        if k == lock_at:
            acts.append(locked(len(acts) + 1, stage))
        acts.append(edited(len(acts) + 1, replace(stage, budget_cny=budget)))
    if lock_at == len(budgets):
        acts.append(locked(len(acts) + 1, stage))
    life = book_of("x", acts).lives[0]
    assert [one.number for one in life.versions] == list(range(1, len(budgets) + 2))
    assert len({one.digest for one in life.versions}) == len(budgets) + 1
    after = len(budgets) - lock_at
    assert [one.locked for one in life.versions[-after:]] == [True] * after if after else True
    assert life.deviations == (("changed_after_lock",) if after else ())
    kept = stage if lock_at == 0 else replace(stage, budget_cny=budgets[lock_at - 1])
    assert stage_digest(life.locked_stage) == stage_digest(kept)


def test_a_change_is_told_key_by_key():
    stage = plan_worlds.stage()
    goal = replace(stage.goal, minimum=20.0)
    life = book_of("x", [adopted(1, stage), edited(2, replace(stage, goal=goal, owner="agency"))]).lives[0]
    told = [(one.key, one.before, one.after) for one in life.versions[1].changes]
    assert told == [("goal.minimum", 16.0, 20.0), ("owner", "marketing", "agency")]


def test_states_follow_the_acts():
    stage = plan_worlds.stage()
    acts = [
        adopted(1, stage, dates={stage.id: "2026-01-19"}),
        locked(2, stage),
        act("started", 3, stage.id, on="2026-01-20"),
        act("judged", 4, stage.id, outcome="no_evidence"),
        act("extended", 5, stage.id, days=3, registered={}, beyond=False),
        act("judged", 6, stage.id, outcome="no_evidence"),
        act("stopped", 7, stage.id, why="x"),
    ]
    states = [book_of("x", acts[: k + 1]).lives[0].state for k in range(len(acts))]
    assert states == ["drafted", "locked", "running", "judged", "running", "judged", "stopped"]
    assert book_of("x", acts).lives[0].days == 10


def test_a_new_plan_keeps_what_was_locked_and_drops_what_was_not():
    one, other = plan_worlds.stage("01-a"), plan_worlds.stage("02-b")
    acts = [adopted(1, one, other), locked(2, one), adopted(3, plan_worlds.stage("03-c"))]
    assert [life.id for life in book_of("x", acts).lives] == ["01-a", "03-c"]


def test_an_act_reads_back_and_a_strange_one_is_refused():
    told = act("stopped", 4, "01-a", why="够了")
    assert act_of(told.values(), seq=4, digest=told.hash) == told
    with pytest.raises(TypeError):
        act_of({**told.values(), "more": 1}, seq=4, digest="")
    with pytest.raises(ValueError, match="act"):
        Act("bought", "甲", AT)
    with pytest.raises(ValueError, match="by ' '"):
        Act("stopped", " ", AT)
    with pytest.raises(KeyError):
        book_of("x", [act("stopped", 1, "01-a", why="x")])


def test_every_cause_has_a_lane():
    from longtake.domain.answers.cause import CAUSES

    assert set(LANES) == {*CAUSES, "collect"}
