"""Personas as versions, on a small campaign of files."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.errors import NotFoundError, UnreadableFileError
from longtake.opinion.personas.persona import Trait
from longtake.services.personas import versions
from longtake.services.workspace import Workspace
from services.reports.positioning.world import PLAN, write


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace whose second version has many more people on douyin, who now like it."""
    root = tmp_path_factory.mktemp("personas")
    made = Workspace(root / "workspace")
    versions.revise(made, str(write(root / "campaign", sizes=(60, 60))))
    grown = write(root / "campaign", sizes=(60, 240), fond=(0.9, 0.8))
    versions.revise(made, str(grown), why="投放加到了抖音")
    return made


def test_a_persona_holds_what_its_people_say(workspace):
    first = versions.revise(workspace, "两岸灯").versions[0]
    held = {one.name: one.traits for one in first.segments}
    assert list(held) == ["买票的人", "影迷", "粉丝团", "路人"]
    assert held["影迷"]["share"] == Trait(60, 120)
    assert held["买票的人"]["verified"] == Trait(40, 40)
    assert held["影迷"]["aspect.acting"].n == 60


def test_what_changed_is_told_with_its_reason(workspace):
    found = versions.revise(workspace, "两岸灯")
    assert (found.now.version, found.before.version, found.now.why) == (2, 1, "投放加到了抖音")
    moved = {(one.segment, one.trait) for one in found.changes}
    assert {("路人", "share"), ("路人", "favourable"), ("影迷", "share")} <= moved
    assert ("影迷", "favourable") not in moved


def test_the_same_rows_make_no_new_version(workspace):
    found = versions.revise(workspace, "两岸灯")
    assert (found.fresh, len(found.versions)) == (False, 2)


def test_another_rule_is_told_as_such(tmp_path):
    made = Workspace(tmp_path / "workspace")
    versions.revise(made, str(write(tmp_path / "campaign")))
    plan = PLAN.replace('platforms = ["weibo"]', 'platforms = ["weibo", "douyin"]')
    found = versions.revise(made, str(write(tmp_path / "campaign", plan=plan)))
    assert ("影迷", "rule") in {(one.segment, one.reason) for one in found.changes}


def test_no_account_name_is_written_down(workspace):
    for path in (workspace.root / "personas").rglob("*.json"):
        told = json.loads(path.read_text("utf-8"))
        rules = {one["name"]: one["rule"] for one in told["segments"]}
        assert "u3" not in rules["粉丝团"]
        assert len(json.loads(rules["粉丝团"])["authors"].split("\x1f")) == 3


def test_a_version_that_is_not_there_and_one_that_is_damaged(workspace, tmp_path):
    with pytest.raises(NotFoundError, match="version"):
        versions.revise(workspace, "两岸灯", since=9)
    broken = Workspace(tmp_path / "workspace")
    versions.revise(broken, str(write(tmp_path / "campaign", sizes=(40, 40))))
    path = next((broken.root / "personas").rglob("v1.json"))
    path.write_text("{", "utf-8")
    with pytest.raises(UnreadableFileError, match=r"v1\.json"):
        versions.revise(broken, "两岸灯")


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "投放加到了抖音"), ("en", "From version 1 to 2 this changed")]
)
def test_the_command_tells_it(workspace, monkeypatch, lang, said):
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(workspace.root))
    done = CliRunner().invoke(app, ["personas", "两岸灯", "--lang", lang])
    assert done.exit_code == 0, done.output
    assert said in done.output
    told = json.loads(CliRunner().invoke(app, ["personas", "两岸灯", "--json"]).output)
    assert (told["version"], told["compared_with"], len(told["segments"])) == (2, 1, 4)
