"""The commands of a plan, end to end on one campaign: words, JSON, refusals."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

import plan_worlds as worlds
from longtake.cli.main import app, run
from longtake.services.plans import files

DAYS = 20
BEGIN = (worlds.FIRST + timedelta(days=DAYS + 1)).isoformat()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    root = tmp_path_factory.mktemp("cli")
    made = worlds.World(root, worlds.counts(5, 60, start=60, lift=0.0)).until(DAYS)
    text = files.written(worlds.plan(made.name, worlds.stage("01-post"), worlds.stage("02-x")), form="toml")
    (root / "plan.toml").write_text(text, "utf-8")
    return made, root / "plan.toml"


def ask(world, monkeypatch, *words, code=0):
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(world[0].workspace.root))
    monkeypatch.setenv("LONGTAKE_WHO", "甲")
    answer = CliRunner().invoke(app, ["plan", *words])
    assert answer.exit_code == code, answer.output
    return answer


def test_a_plan_from_its_file_to_its_end(world, monkeypatch):
    made, plan = world
    name = made.name

    def told(*words):
        return json.loads(ask(world, monkeypatch, *words, "--json").stdout)

    assert [one["state"] for one in told("adopt", name, "--from", str(plan))["stages"]] == ["drafted"] * 2
    assert told("edit", name, "01", "--set", "budget_cny=9000")["versions"] == 2
    tried = told("lock", name, "01", "--begins", BEGIN, "--try")
    assert tried["locked"] is False
    said = ask(world, monkeypatch, "lock", name, "01", "--begins", BEGIN, "--lang", "zh").stdout
    assert said.startswith("把握 ")  # the power comes first
    assert tried["digest"][:16] in said
    assert told("start", name, "01")["state"] == "running"
    looked = told("look", name, "01")
    assert (looked["advice"], looked["days"], looked["of"]) == ("go_on", 0, 7)
    assert told("extend", name, "01", "--days", "2")["days"] == 9
    assert told("stop", name, "01", "--why", "换做法")["state"] == "stopped"
    assert told("roll", name, "01")["id"] == "02-x"
    shown = told("show", name)
    assert [one["state"] for one in shown["stages"]] == ["stopped", "drafted"]
    acts = told("history", name)
    assert [one["act"] for one in acts][:6] == [
        "adopted",
        "edited",
        "locked",
        "started",
        "looked",
        "extended",
    ]
    assert {one["who"] for one in acts} == {"甲"}
    assert acts[-1]["hash"] == shown["hash"]
    assert told("board", name)["days"] >= 3
    for lang, head in (("zh", "阶段"), ("en", "stages")):
        assert head in ask(world, monkeypatch, "show", name, "--lang", lang).stdout
        assert ask(world, monkeypatch, "history", name, "--lang", lang).stdout.count("\n") >= len(acts)


def test_refusals_are_one_line_and_exit_one(world, monkeypatch, capsys):
    made, _ = world
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(made.workspace.root))
    for words in (["judge", made.name, "02"], ["learn", made.name], ["remember", made.name, "--after", "30"]):
        monkeypatch.setattr("sys.argv", ["longtake", "plan", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        assert ended.value.code == 1
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_what_is_no_day_or_no_pair_is_told(world, monkeypatch):
    made, _ = world
    ask(world, monkeypatch, "lock", made.name, "02", "--begins", "soon", code=2)
    ask(world, monkeypatch, "edit", made.name, "02", "--set", "owner", code=2)
