"""What is kept of a campaign is what its report says, and it is made once for each state."""

import json

import pytest

from longtake import render
from longtake.services.campaigns import known
from longtake.services.imports.add import add
from longtake.services.measured.kept import kept
from longtake.services.measured.measure import keep_rows, measure
from longtake.services.reports.assemble import assemble
from longtake.services.standing.state import state_of
from longtake.services.work import described
from longtake.services.workspace import Workspace
from web_site import COMMENTS


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measured")
    made = Workspace(folder / "w")
    described.begin(made, name="片", told={}, circles=())
    (folder / "a.csv").write_text(COMMENTS, "utf-8")
    add(made, "片", [folder / "a.csv"], relative_to=folder)
    measure(made, "片")
    keep_rows(made, "片")
    return made


def test_the_files_that_leave_are_those_of_the_command_line(workspace):
    report = assemble(workspace, known.find(workspace, "片"))
    folder = kept(workspace, "片").folder
    assert json.loads((folder / "figures.json").read_text("utf-8")) == json.loads(render.figures_json(report))
    assert (folder / "figures.zh.xlsx").read_bytes() == render.workbook(report, "zh")


def test_what_is_measured_is_not_measured_again(workspace):
    found = kept(workspace, "片")
    before = {path: path.stat().st_mtime_ns for path in found.folder.rglob("*")}
    assert measure(workspace, "片") == found.folder.name
    assert {path: path.stat().st_mtime_ns for path in found.folder.rglob("*")} == before


@pytest.mark.slow
def test_a_death_between_figures_and_rows_is_made_good(workspace):
    found = kept(workspace, "片")
    rows = sorted((found.folder / "rows").iterdir())
    content = [path.read_bytes() for path in rows]
    (found.folder / "whole").unlink()
    for path in rows[3:]:
        path.unlink()
    assert keep_rows(workspace, "片", pause=iter([False, True]).__next__) is False
    assert sum(path.exists() for path in rows) == 4
    assert keep_rows(workspace, "片") is True
    assert [path.read_bytes() for path in rows] == content


def test_the_state_changes_with_the_rows_and_with_the_file_and_comes_back_with_them(workspace, tmp_path):
    before = state_of(workspace, "片")
    described.tell(workspace, "片", {"proposition": "新的"})
    assert state_of(workspace, "片") != before
    described.tell(workspace, "片", {"proposition": ""})
    (tmp_path / "b.csv").write_text("platform,text,at\nweibo,x,2026-01-08\n", "utf-8")
    made = add(workspace, "片", [tmp_path / "b.csv"])
    assert state_of(workspace, "片") != before
    assert kept(workspace, "片") is None
    workspace.lake.undo(made.import_id)
    assert state_of(workspace, "片") == before
    assert kept(workspace, "片") is not None
