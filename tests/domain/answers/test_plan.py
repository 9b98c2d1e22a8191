"""Plans as values: round trips, digests, refusals."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.answers.plan import DESIGNS, EVIDENCE, Goal, Output, Plan, Stage
from longtake.domain.answers.plan_values import canonical, digest, plan_of, plan_values, stage_digest
from longtake.domain.estimate import Estimate, Unknown

BASE = Estimate(0.5, 0.2, 0.8, 0.9, "share", "Wilson 1927", 8)
GOAL = Goal("entry_nodes", "share", BASE, "x:plan.entry_nodes", 0.3, rise=True, horizon_days=5)
STAGE = Stage(
    id="01-open",
    cause="interaction",
    repair="open_entries@own@2026-11-20",
    title="开入口",
    does="补入口",
    goal=GOAL,
    outputs=(Output("模板", "douyin", "douyin-short", ("一", "二")),),
    owner="platform",
    budget_cny=None,
    cost="free",
    design="before_after",
    start="今天",
    stop="引战",
    harm=0.3,
    avoid="无",
)
texts = st.text(max_size=40)
shares = st.floats(0, 1, allow_nan=False)
stages = st.builds(
    replace,
    st.just(STAGE),
    title=texts,
    does=texts,
    start=texts,
    harm=st.floats(1e-6, 1e6),
    budget_cny=st.none() | st.floats(0, 1e9),
    design=st.sampled_from(sorted(DESIGNS)),
    outputs=st.lists(st.builds(Output, texts, texts, texts, st.lists(texts, max_size=3).map(tuple))).map(
        tuple
    ),
)


@given(st.lists(stages, max_size=3), st.dictionaries(texts, shares, max_size=3), st.booleans(), texts)
def test_a_plan_of_values_is_the_plan(made, because, abstained, campaign):
    named = tuple(replace(stage, id=f"{i}") for i, stage in enumerate(made))
    plan = Plan(campaign, "zh", because, abstained, named)
    assert plan_of(json.loads(json.dumps(plan_values(plan)))) == plan
    assert plan_of(json.loads(canonical(plan))) == plan


def test_a_digest_changes_with_anything_and_with_nothing_else():
    plan = Plan("x", "zh", {"interaction": 0.7, "external": 0.2}, False, (STAGE,))
    turned = Plan("x", "zh", {"external": 0.2, "interaction": 0.7}, False, (STAGE,))
    assert digest(plan) == digest(turned)
    assert digest(plan) != digest(replace(plan, stages=(replace(STAGE, harm=0.31),)))
    assert stage_digest(STAGE) != stage_digest(replace(STAGE, goal=replace(GOAL, minimum=0.31)))


def test_open_ends_and_unknowns_come_back():
    for held in (replace(BASE, high=math.inf), Unknown("no_rows", "count", "share", 0, 1)):
        plan = Plan("x", "zh", {}, False, (replace(STAGE, goal=replace(GOAL, baseline=held)),))
        assert plan_of(json.loads(canonical(plan))) == plan


def test_a_target_is_the_baseline_and_the_least_change():
    assert GOAL.target == pytest.approx(0.8)
    assert replace(GOAL, rise=False).target == pytest.approx(0.2)
    assert replace(GOAL, baseline=Unknown("no_rows", "count", "share", 0)).target is None


def test_every_design_earns_a_label_of_evidence():
    assert set(DESIGNS.values()) == set(EVIDENCE)
    assert STAGE.evidence == "observational"


@pytest.mark.parametrize(
    "change",
    [{"design": "hope"}, {"cause": "luck"}, {"cost": "a lot"}, {"harm": 0.0}, {"budget_cny": -1.0}],
)
def test_a_stage_no_trial_could_run_on_is_refused(change):
    with pytest.raises(ValueError, match="|".join(("hope", "luck", "a lot", "harm", "budget"))):
        replace(STAGE, **change)


def test_a_plan_with_two_stages_of_one_name_or_an_unread_key_is_refused():
    with pytest.raises(ValueError, match="named apart"):
        Plan("x", "zh", {}, False, (STAGE, STAGE))
    values = plan_values(Plan("x", "zh", {}, False, (STAGE,)))
    with pytest.raises(TypeError, match="colour"):
        plan_of({**values, "colour": 1})
    with pytest.raises(KeyError, match="lang"):
        plan_of({key: value for key, value in values.items() if key != "lang"})
