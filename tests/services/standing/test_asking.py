"""Answers that are kept are those the lake gives, and go away when the campaign changes."""

import pytest

from longtake.domain.figure import Evidence
from longtake.errors import NotFoundError
from longtake.services.imports.add import add
from longtake.services.standing import asking
from longtake.services.standing.asking import Asking
from longtake.services.work import described
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

LINES = "platform,text,at,likes,author\n" + "".join(
    f"weibo,看哭了{day},2026-01-{day:02d} 10:00,{day},u{day}\n" for day in range(8, 14)
)
EVERY = Evidence("rows.comments", {"platform": "weibo"})


@pytest.fixture
def film(tmp_path):
    workspace = Workspace(tmp_path / "workspace")
    campaign = described.begin(workspace, name="甲", told={}, circles=()).id
    (tmp_path / "a.csv").write_text(LINES, "utf-8")
    add(workspace, campaign, [tmp_path / "a.csv"], relative_to=tmp_path)
    return workspace, campaign


def asked(film):
    with Asking(*film) as session:
        return session.run("comments_by_day"), *session.rows(EVERY, limit=4, offset=1)


def test_an_answer_is_the_lakes_and_the_second_one_does_not_open_it(film, monkeypatch):
    with open_session(film[0].lake, film[1]) as session:
        told = session.run("comments_by_day"), *session.rows(EVERY, limit=4, offset=1)
    first = asked(film)
    monkeypatch.setattr(asking, "open_session", None)
    second = asked(film)
    for answers in (first, second):
        assert [answers[0].equals(told[0]), answers[1], answers[2].equals(told[2])] == [True, 6, True]
        assert answers[2].schema == told[2].schema


def test_new_rows_are_asked_for_and_old_answers_leave_the_disk(film, tmp_path):
    asked(film)
    (before,) = (film[0].root / "asked" / film[1]).iterdir()
    (tmp_path / "b.csv").write_text(LINES.replace("看哭了", "好看").replace(",u", ",v"), "utf-8")
    add(*film, [tmp_path / "b.csv"], relative_to=tmp_path)
    assert asked(film)[1] == 12
    (after,) = (film[0].root / "asked" / film[1]).iterdir()
    assert after != before


def test_a_long_answer_is_not_kept(film, monkeypatch):
    monkeypatch.setattr(asking, "MOST_ROWS", 3)
    assert asked(film)[1] == 6
    assert not (film[0].root / "asked").exists()


def test_a_query_nobody_knows_is_refused(film):
    with Asking(*film) as session, pytest.raises(NotFoundError):
        session.run("nothing_of_this_name")
