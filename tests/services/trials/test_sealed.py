"""What is sealed at a start: design, power, rows and the chain they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.services.trials.worlds import AFTER, BEFORE, CAMPAIGN, FIRST, day, drop, split, started, written

from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.refusal import DesignError
from longtake.errors import NotFoundError
from longtake.services import trials
from longtake.services.workspace import Workspace
from longtake.store.durable.chain import BrokenChainError

HEADS = ["arm", "day", "units", "finish"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_a_started_design_cannot_be_changed_in_place(workspace: Workspace) -> None:
    started(workspace, split())
    with pytest.raises(trials.TrialError, match="sealed"):
        trials.design(workspace, split(minimum=0.02), by="me", now=BEFORE)
    with pytest.raises(trials.TrialError, match="reason"):
        trials.change(workspace, split(minimum=0.02), why=" ", by="me", now=BEFORE)
    with pytest.raises(trials.TrialError, match="another trial"):
        trials.change(workspace, split(arms=(Arm("A"), Arm("Z"))), why="x", by="me", now=BEFORE)
    book = trials.change(workspace, split(minimum=0.02), why="budget was cut", by="me", now=BEFORE)
    assert (book.version, book.standing.key) == (2, "quasi_experiment")
    assert [d.key for d in trials.deviations(book)] == ["changed"]


def test_nothing_starts_without_its_power(workspace: Workspace) -> None:
    trials.design(workspace, split(metrics=(Metric("finish"),)), by="me", now=BEFORE)
    with pytest.raises(DesignError, match="baseline"):
        trials.start(workspace, CAMPAIGN, "cut", begins=FIRST, by="me", now=BEFORE)
    assert trials.load(workspace, CAMPAIGN, "cut").state == "designed"


def test_rows_before_a_start_and_a_second_start_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    trials.design(workspace, split(), by="me", now=BEFORE)
    path = written(tmp_path / "a.csv", HEADS, [["A", day(0), 100, 5]])
    with pytest.raises(trials.TrialError, match="not started"):
        drop(workspace, "cut", path)
    trials.start(workspace, CAMPAIGN, "cut", begins=FIRST, by="me", now=BEFORE)
    with pytest.raises(trials.TrialError, match="started already"):
        trials.start(workspace, CAMPAIGN, "cut", begins=FIRST, by="me", now=BEFORE)
    early = drop(workspace, "cut", written(tmp_path / "b.csv", HEADS, [["A", day(-1), 100, 5]]))
    assert (early.kept, early.late) == (0, 1)


def test_a_start_in_the_past_lowers_the_label(workspace: Workspace) -> None:
    trials.design(workspace, split(), by="me", now=AFTER)
    book = trials.start(workspace, CAMPAIGN, "cut", begins=FIRST, by="me", now=AFTER)
    assert book.standing.key == "quasi_experiment"
    assert [d.key for d in trials.deviations(book)] == ["backdated"]


def test_a_chain_cut_in_the_middle_of_a_line_goes_on_and_a_changed_one_is_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    started(workspace, split())
    drop(workspace, "cut", written(tmp_path / "a.csv", HEADS, [["A", day(0), 100, 5]]))
    path = workspace.root / "trials" / CAMPAIGN / "cut.chain"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"body":{"act":"rows","fi')
    assert len(trials.load(workspace, CAMPAIGN, "cut").entries) == 3
    drop(workspace, "cut", written(tmp_path / "b.csv", HEADS, [["B", day(0), 100, 6]]))
    assert len(trials.load(workspace, CAMPAIGN, "cut").rows) == 2
    path.write_bytes(whole.replace(b'"minimum":0.01', b'"minimum":0.02'))
    with pytest.raises(BrokenChainError) as caught:
        trials.load(workspace, CAMPAIGN, "cut")
    assert caught.value.seq == 1


def test_names_that_lead_outside_are_no_trials(workspace: Workspace) -> None:
    for campaign, name in ((CAMPAIGN, "../x"), ("../other", "cut"), (CAMPAIGN, "cut"), (CAMPAIGN, "")):
        with pytest.raises(NotFoundError):
            trials.load(workspace, campaign, name)
    with pytest.raises(NotFoundError):
        trials.verdict_of(workspace, "elsewhere", "cut")
