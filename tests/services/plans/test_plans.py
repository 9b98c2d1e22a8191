"""Plans drafted from a diagnosis: baselines, order, files that read back, and the two commands."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.diagnosis.playbook.form import forms
from longtake.diagnosis.playbook.repair import repairs
from longtake.domain.answers.diagnosis import Belief, Diagnosis
from longtake.domain.answers.plan_values import digest
from longtake.domain.estimate import Estimate
from longtake.errors import NotFoundError
from longtake.locale import catalogue
from longtake.services import plans
from longtake.services.campaigns import folders
from longtake.services.imports import receipts
from longtake.services.plans.files import PlanFileError, read, written
from longtake.services.plans.metrics import METRICS, metric
from longtake.services.reports.draft import Draft
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

CAMPAIGN = """[campaign]
name = "旧阁楼"
kind = "short"
release_at = 2026-01-08T10:00:00+08:00

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
OWN = """[pack]
name = "ours"
date = 2026-12-01
source = { zh = "自测", en = "measured" }

[[form]]
key = "xiaohongshu-note"
platform = "xiaohongshu"
kind = "text"
name = { zh = "我们的笔记", en = "our note" }
tags = [2, 3]
"""


def _diagnosis(named=()):
    told = dict.fromkeys(
        ("mismatch", "positioning", "interaction", "over_promotion", "external", "healthy"), 0.1
    )
    told |= named
    beliefs = [Belief(cause, p, p, p, ()) for cause, p in told.items()]
    beliefs.sort(key=lambda belief: (-belief.probability, belief.cause))
    return Diagnosis(tuple(beliefs), lacking=(), informed=0.4)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder, root = tmp_path_factory.mktemp("campaign"), tmp_path_factory.mktemp("workspace")
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    start = datetime(2026, 1, 8, 8)
    texts = ("太好看了，强烈推荐大家去看，感动", "没想到结局这么失望，和预告完全不一样", "一般吧，路过看看")
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "platform", "at", "author", "text"))
        for n in range(240):
            at = start + timedelta(hours=n // 2)
            writer.writerow((n, "小红书", f"{at:%Y-%m-%d %H:%M:%S}", f"a{n}", f"{texts[n % 3]}{n}"))
    workspace = Workspace(root)
    campaign = folders.follow(workspace, folder, observed_at=datetime(2026, 1, 14, tzinfo=UTC))
    with open_session(workspace.lake, campaign.id) as session:
        yield workspace, folder, Draft(campaign, session)


def test_a_named_cause_gets_two_stages_with_the_campaigns_own_baselines(place):
    plan = plans.drafted(place[2], _diagnosis({"interaction": 0.8}), lang="zh")
    assert [stage.cause for stage in plan.stages] == ["interaction", "interaction"]
    first = plan.stages[0]
    assert first.repair.startswith("open_entries@repairs-reach@")
    assert (first.goal.baseline.value, first.goal.minimum, first.goal.target) == (0.5, 0.3, 0.8)
    assert [(one.platform, one.what.partition("：")[0]) for one in first.outputs] == [("douyin", "阁楼预告")]
    assert plan.because["interaction"] == 0.8


def test_a_relative_effect_is_a_share_of_what_is_measured(place):
    plan = plans.drafted(place[2], _diagnosis({"mismatch": 0.7}), lang="en")
    for stage in plan.stages:
        assert isinstance(stage.goal.baseline, Estimate)
        repair = repairs()[stage.repair.partition("@")[0]]
        expected = repair.least * (stage.goal.baseline.value if repair.relative else 1.0)
        assert stage.goal.minimum == pytest.approx(expected, rel=1e-4, abs=1e-6)
        assert stage.goal.target >= 0


def test_on_abstention_what_is_missing_comes_first_and_the_rest_waits(place):
    plan = plans.drafted(place[2], _diagnosis({"external": 0.3}), lang="en")
    causes = [stage.cause for stage in plan.stages]
    assert causes == ["collect", "collect", "external"]
    assert plan.abstained is True
    assert plan.stages[-1].start.startswith("Only if a second diagnosis")
    assert plan.stages[0].goal.baseline.value == pytest.approx(0.4)


def test_a_named_cause_nobody_can_measure_a_repair_of_collects_first(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "campaign.toml").write_text('[campaign]\nname = "空"\n', "utf-8")
    workspace = Workspace(tmp_path / "w")
    campaign = folders.follow(workspace, tmp_path / "f")
    with open_session(workspace.lake, campaign.id) as session:
        plan = plans.drafted(Draft(campaign, session), _diagnosis({"over_promotion": 0.9}), lang="zh")
    assert [stage.repair.partition("@")[0] for stage in plan.stages] == ["collect_missing"]
    assert plan.abstained is False


def test_nothing_is_repaired_where_nothing_is_wrong(place):
    plan = plans.drafted(place[2], _diagnosis({"healthy": 0.9}), lang="zh")
    assert plan.stages == ()
    assert catalogue("zh").say("plan.nothing") in plans.telling(plan, catalogue("zh"), ())


def test_every_repair_moves_a_metric_that_can_be_measured_and_has_a_name(place):
    wanted = {repair.metric for repair in repairs().values()}
    assert wanted <= {*METRICS, "informed"}
    for lang in ("zh", "en"):
        assert all(catalogue(lang).has(f"plan_metric.{key}") for key in (*METRICS, "informed"))
    for key in METRICS:
        figure = metric(place[2], key)
        assert catalogue("zh").has(f"figure.{figure.label}"), key
        place[2].session.rows(figure.evidence, limit=1)
    with pytest.raises(NotFoundError, match="luck"):
        metric(place[2], "luck")


@pytest.mark.parametrize("form", ["toml", "json"])
@pytest.mark.parametrize("named", [{"interaction": 0.8, "mismatch": 0.6}, {}])
def test_a_written_plan_reads_back_word_for_word(place, tmp_path, form, named):
    plan = plans.drafted(place[2], _diagnosis(named), lang="zh")
    path = tmp_path / f"plan.{form}"
    path.write_text(written(plan, form=form, head=("改吧",)), "utf-8")
    assert read(path) == plan
    assert digest(read(path)) == digest(plan)


def test_an_edit_is_read_and_changes_the_digest(place, tmp_path):
    plan = plans.drafted(place[2], _diagnosis({"interaction": 0.8}), lang="zh")
    path = tmp_path / "plan.toml"
    text = written(plan, form="toml").replace("minimum = 0.3", "minimum = 0.4", 1)
    path.write_text(text, "utf-8")
    edited = read(path)
    assert edited.stages[0].goal.minimum == 0.4
    assert digest(edited) != digest(plan)
    assert replace(edited.stages[0], goal=plan.stages[0].goal) == plan.stages[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("minimum = 0.3", "minimum = 0"), "above zero"),
        (('design = "before_after"', 'design = "hope"'), "hope"),
        (("horizon_days = 5", 'horizon_days = "soon"'), "soon"),
        (("harm = ", "hurt = "), "nobody reads hurt"),
        (("[[stages]]", "[[stages"), "cannot be read"),
    ],
)
def test_a_broken_plan_says_what_is_wrong(place, tmp_path, change, said):
    plan = plans.drafted(place[2], _diagnosis({"interaction": 0.8}), lang="zh")
    path = tmp_path / "plan.toml"
    path.write_text(written(plan, form="toml").replace(*change, 1), "utf-8")
    with pytest.raises(PlanFileError, match=said):
        read(path)


def test_own_packs_of_the_campaign_folder_decide(place, monkeypatch):
    workspace, folder, _ = place
    (folder / "playbook").mkdir(exist_ok=True)
    (folder / "playbook" / "ours.toml").write_text(OWN, "utf-8")
    shown = {one.key: one.name.zh for one in plans.shapes(workspace, str(folder))}
    assert shown["xiaohongshu-note"] == "我们的笔记"
    assert forms()["xiaohongshu-note"].name.zh != "我们的笔记"
    # A pack in a campaign folder is a setting, not an export: no receipt names it.
    campaign = folders.follow(workspace, folder, observed_at=datetime(2026, 1, 14, tzinfo=UTC))
    with open_session(workspace.lake, campaign.id) as session:
        assert sum(row["n"] for row in session.run("comments_overview").to_pylist()) == 240
    read_files = {file.path for file in receipts.of_campaign(workspace, campaign.id)}
    assert read_files == {"campaign.toml", "comments.csv"}


def test_the_commands_draft_write_and_check(place, tmp_path, monkeypatch):
    workspace, folder, _ = place
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(workspace.root))
    path = tmp_path / "plan.toml"
    named = ["plan", "draft", str(folder), "--cause", "interaction", "--lang", "en", "-o", str(path)]
    done = CliRunner().invoke(app, named)
    assert done.exit_code == 0, done.output
    assert "Stage 1" in done.output
    checked = CliRunner().invoke(app, ["plan", "check", str(path), "--json"])
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["stages"][0]["cause"] == "interaction"
    assert json.loads(checked.stdout)["because"] == {}
    wrong = CliRunner().invoke(app, ["plan", "draft", str(folder), "--cause", "luck"])
    assert isinstance(wrong.exception, NotFoundError)


def test_the_copy_command_stops_what_must_not_go_out(place, tmp_path, monkeypatch):
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(place[0].root))
    draft = tmp_path / "draft.txt"
    draft.write_text("五星好评截图，送电影票，你呢？", "utf-8")
    stopped = CliRunner().invoke(app, ["lint-copy", str(draft), "--platform", "weibo", "--json"])
    assert stopped.exit_code == 1
    told = json.loads(stopped.stdout)
    assert [one["rule"] for one in told["findings"] if one["level"] == "stop"] == ["reward_for_rating"]
    held = CliRunner().invoke(
        app, ["lint-copy", "-", "--platform", "weibo", "-c", "旧阁楼", "--lang", "zh"], input="谁给你留过灯？"
    )
    assert held.exit_code == 0
    assert "停 0" in held.output
    for wrong in (
        ["-p", "myspace"],
        ["-p", "weibo", "--form", "douyin-short"],
        ["-p", "weibo", "-c", "没有"],
    ):
        done = CliRunner().invoke(app, ["lint-copy", str(draft), *wrong])
        assert isinstance(done.exception, NotFoundError), wrong
