"""The rows behind a number of a trial: those it counted, with their file and line."""

from __future__ import annotations

import pytest

from longtake.errors import NotFoundError
from longtake.services import opened, trials
from longtake.services.trials.opening import figures_of, judged_figure
from longtake.services.workspace import Workspace
from services.trials import worlds

HEADS = ["arm", "day", "units", "finish"]


@pytest.fixture
def space(tmp_path):
    """Two days of two arms, 100 views each; a look after the first file, and one more file after it."""
    space = Workspace(tmp_path / "space")
    worlds.started(space, worlds.split())
    first = [["A", worlds.day(0), 100, 5], ["B", worlds.day(0), 100, 9], ["A", worlds.day(1), 100, 6]]
    worlds.drop(space, "cut", worlds.written(tmp_path / "first.csv", HEADS, first))
    worlds.look(space, "cut")
    worlds.drop(space, "cut", worlds.written(tmp_path / "second.csv", HEADS, [["B", worlds.day(1), 100, 7]]))
    return space


def test_an_arm_opens_the_rows_it_counts_with_file_and_line(space):
    found = opened.rows(space, f"{worlds.CAMPAIGN}:trial.cut.arm.0", limit=50)
    assert found.columns == ("day", "arm", "place", "units", "finish", "source_file", "source_line")
    assert found.total == 2
    assert found.rows == (
        (worlds.day(0), "A", None, 100, 5.0, "first.csv", 2),
        (worlds.day(1), "A", None, 100, 6.0, "first.csv", 4),
    )


def test_a_difference_opens_both_arms_as_they_stood_at_the_look(space):
    found = opened.rows(space, f"{worlds.CAMPAIGN}:trial.cut.effect.0", limit=50)
    assert [(row[1], row[4], row[5]) for row in found.rows] == [
        ("A", 5.0, "first.csv"),
        ("B", 9.0, "first.csv"),
        ("A", 6.0, "first.csv"),
    ], "the second file came after the look and is not in its number"
    worlds.look(space, "cut")
    assert opened.rows(space, f"{worlds.CAMPAIGN}:trial.cut.effect.0", limit=50).total == 4
    page = opened.rows(space, f"{worlds.CAMPAIGN}:trial.cut.effect.0", limit=2, offset=3)
    assert (page.total, len(page.rows)) == (4, 1)


def test_the_figures_of_a_look_are_listed_and_anything_else_is_not_found(space):
    book = trials.load(space, worlds.CAMPAIGN, "cut")
    ids = [f"{worlds.CAMPAIGN}:trial.cut.{one}" for one in ("arm.0", "arm.1", "effect.0")]
    assert list(figures_of(book)) == ids
    assert judged_figure(book) == ids[2]
    for wrong in ("trial.cut.arm.7", "trial.none.arm.0", "trial.cut.luck.0", "trial.../x.arm.0"):
        with pytest.raises(NotFoundError):
            opened.rows(space, f"{worlds.CAMPAIGN}:{wrong}", limit=5)
