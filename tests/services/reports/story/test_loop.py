import csv
from datetime import datetime, timedelta

import pytest

from longtake.domain.estimate import Estimate
from longtake.locale import catalogue
from longtake.render.wording import Wording
from longtake.services.answers.story import tell
from longtake.services.campaigns.target import target
from longtake.services.progress import Silent
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

PLAN = """[campaign]
name = "灯下的人"
proposition = "有人在等你，所以你要亮着"
emotions = ["moved"]

[card]
key_words = ["留灯", "等你"]

[[circle]]
name = "异乡人"
platforms = ["weibo"]

[[circle]]
name = "影迷"
platforms = ["douyin"]

[[node]]
id = "trailer-1"
kind = "trailer"
platform = "weibo"
at = 2026-01-08T10:00:00+08:00
title = "灯下的人终极预告"

[[node]]
id = "v77"
kind = "interview"
platform = "douyin"
at = 2026-01-09T10:00:00+08:00
title = "导演访谈"

[[node]]
id = "quiet"
kind = "poster"
platform = "douyin"
at = 2026-03-01T10:00:00+08:00
"""
MEANT = "最打动我的是那个留灯的老人，一下子想家了{}"
MOVED = "看到父亲在门口的那一幕，一下子泪目{}"
QUOTED = "最打动我的是那句有人在等你，所以你要亮着{}"
PLAIN = "今天排片怎么样{}"


def write(folder, plan=PLAN):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(plan, encoding="utf-8")
    start = datetime(2026, 1, 8, 11)
    rows = []
    words = "巷口桥头灯塔麦田站台雨棚书包单车阳台铁轨海风石阶邮筒窗帘茶杯围巾门牌路牌纸船木梯"
    for i in range(80):
        own = words[i % 30 : i % 30 + 3] + words[(7 * i) % 33 : (7 * i) % 33 + 4]
        text = (MEANT if i < 40 else PLAIN).format(own)
        rows.append((f"w{i}", "微博", start + timedelta(minutes=i), f"u{i}", text, ""))
        text = (MOVED if i < 30 else QUOTED if i < 40 else PLAIN).format(own)
        rows.append((f"d{i}", "抖音", start + timedelta(minutes=i), f"v{i}", text, "v77"))
    with (folder / "comments.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "platform", "at", "author", "text", "node"))
        writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    root = tmp_path_factory.mktemp("loop")
    workspace = Workspace(root / "ws")
    folder = write(root / "film")
    return tell(workspace, str(folder)), workspace, folder


def rows_of(story, key):
    table = story.section.tables[key]
    names = [column.key for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_the_loop_is_closed_where_people_mean_the_card_and_open_where_they_do_not(found):
    nodes = {row["loop_node"]: row for row in rows_of(found[0], "loop_nodes")}
    trailer = nodes["灯下的人终极预告"]
    assert (trailer["loop_way"], trailer["people"], trailer["loop_state"]) == ("window", 80, "closed")
    assert trailer["as_meant"] == 0.5
    assert trailer["moved_why"] == 0.5
    assert [sentence.key for sentence in found[0].section.said if sentence.key.startswith("loop_")][:2] == [
        "loop_all",
        "loop_closed",
    ]


def test_quoting_the_card_and_being_moved_are_no_own_words(found):
    circles = {row["circle"]: row for row in rows_of(found[0], "loop_circles")}
    fans = circles["影迷"]
    assert fans["any_answer"] >= 0.3
    assert (fans["as_meant"], fans["loop_state"]) == (0.0, "open")
    assert circles["异乡人"]["loop_state"] == "closed"
    assert "loop_circles" in [sentence.key for sentence in found[0].section.said]


def test_a_node_nobody_speaks_of_has_no_row_and_no_figure(found):
    assert "quiet" not in {row["loop_node"] for row in rows_of(found[0], "loop_nodes")}
    assert not any(figure.id.endswith("loop.quiet") for figure in found[0].figures)


def test_every_figure_opens_the_answers_behind_it(found):
    story, workspace, folder = found
    campaign = target(workspace, str(folder), None, Silent())
    with open_session(workspace.lake, campaign.id) as session:
        for figure in story.figures:
            if ".loop." in figure.id and isinstance(figure.quantity, Estimate):
                total, rows = session.rows(figure.evidence, limit=3)
                assert total > 0, figure.id
                assert set(rows.column("label").to_pylist()) == {"summary"}


def test_without_words_on_the_card_nothing_is_called_closed(tmp_path):
    plan = PLAN.replace('key_words = ["留灯", "等你"]', "").replace('emotions = ["moved"]', "")
    story = tell(Workspace(tmp_path / "ws"), str(write(tmp_path / "film", plan)))
    (said,) = [one for one in story.section.said if one.key.startswith("loop_")]
    assert said.key == "loop_no_card_words"
    assert all(row["as_meant"] is None for row in rows_of(story, "loop_nodes"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_can_be_said_in_both_languages(found, lang):
    wording = Wording(catalogue(lang), found[0].zone)
    said = ["".join(piece.text for piece in wording.sentence(one)) for one in found[0].section.sentences]
    assert all(text and "{" not in text for text in said)
