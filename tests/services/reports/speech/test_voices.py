"""What the page says of comments: labels, words, lines and floods, on a small campaign of files."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

import pytest

from longtake.domain.estimate import Estimate
from longtake.services.campaigns import folders
from longtake.services.reports.assemble import assemble, figures_of
from longtake.services.reports.speech import lines, said, words
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

LINE = "把月亮挂回旧阁楼"
BEFORE = ["花絮里的灯笼真好看", "海报上的灯笼很美", "等灯笼那场戏", "灯笼的预热视频看了"]
AFTER = ["结尾的渡船太仓促", "渡船那段没看懂，为什么", "渡船一开就想起我爸", "渡船之后没想到这么好看"]
SPAM = "年度最佳短片没有之一值得全家一起观看强烈点赞"
CAMPAIGN = """[campaign]
name = "旧阁楼"
kind = "short"
release_at = 2026-01-08T10:00:00+08:00

[film]
subtitles = "film.srt"

[[circle]]
name = "微博上说渡船的"
keywords = ["渡船", "摆渡"]
platforms = ["weibo"]
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("campaign")
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    (folder / "film.srt").write_text(
        f"1\n00:00:05,000 --> 00:00:08,000\n老秦：{LINE}\n\n2\n00:01:00,000 --> 00:01:02,000\n我知道了\n",
        "utf-8",
    )
    start = datetime(2026, 1, 8, 8)
    rows = []
    for hour in range(48):
        peak = 30 if hour == 12 else 4
        for k in range(peak):
            pool = BEFORE if hour < 12 else AFTER
            text = f"{pool[(hour + k) % 4]}，第{hour}点第{k}条"
            rows.append((text, start + timedelta(hours=hour, minutes=k)))
    rows += [(f"“{LINE}”这句记下来了{n}", start + timedelta(hours=20, minutes=n)) for n in range(9)]
    rows += [(SPAM, start + timedelta(hours=15, seconds=n)) for n in range(60)]
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "platform", "at", "author", "text", "likes", "shares"))
        for number, (text, at) in enumerate(rows):
            told = f"{at:%Y-%m-%d %H:%M:%S}"
            writer.writerow((number, "微博", told, f"a{number % 50}", text, number % 7, number % 3))
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    campaign = folders.follow(workspace, folder, observed_at=None, progress=None)
    return workspace, campaign, assemble(workspace, campaign), len(rows)


def _section(report, name):
    return next(section for section in report[2].sections if section.id == name)


def _figures(report):
    return {figure.id.partition(":")[2]: figure for figure in figures_of(report[2])}


def test_every_label_share_opens_to_as_many_rows_as_it_counts(report):
    _, _, _, n = report
    found = _figures(report)
    labelled = [figure for name, figure in found.items() if figure.label == "said_share"]
    assert len(labelled) >= 8
    for figure in labelled:
        held = figure.quantity
        assert isinstance(held, Estimate)
        assert held.n == n
        assert report[2].rows[figure.id].total == round(held.value * n), figure.id


def test_words_that_only_one_side_of_the_peak_says_are_found_with_their_side(report):
    table = _section(report, "words").tables["words"]
    sides = {row[0]: row[1] for row in table.rows}
    assert sides["灯笼"] == "before"
    assert sides["渡船"] == "after"
    for row in table.rows:
        assert row[5]


def test_a_quoted_line_is_golden_and_an_everyday_one_is_not(report):
    section = _section(report, "lines")
    assert [row[0] for row in section.tables["lines"].rows] == [LINE]
    figure = section.figures[0]
    assert figure.quantity.value == 9
    assert report[2].rows[figure.id].total == 9
    assert all(LINE in quote.text for quote in section.quotes["echoes"])


def test_a_flood_is_shown_apart_with_all_its_rows(report):
    section = _section(report, "who")
    text, copies, _, wordings, _ = section.tables["floods"].rows[0]
    assert (text, copies, wordings) == (SPAM, 60, 1)
    found = _figures(report)
    largest, whole = found["who.floods.largest"], found["who.floods"]
    assert report[2].rows[largest.id].total == 60
    assert largest.quantity.value == pytest.approx(60 / report[3])
    assert report[2].rows[whole.id].total == round(whole.quantity.value * report[3])


def test_a_circle_holds_the_comments_of_its_rules(report):
    table = _section(report, "said").tables["label_circles"]
    (row,) = table.rows
    assert row[0] == "微博上说渡船的"
    assert row[1] == sum(1 for text in _texts(report) if "渡船" in text)


def _texts(report):
    workspace, campaign, _, _ = report
    with open_session(workspace.lake, campaign.id) as session:
        return session.run("spoken")["text"].to_pylist()


def test_days_with_few_comments_stay_empty():
    assert said.FEW == 20
    assert said._row("x", 19, said.counted([]))[2:] == (None,) * 5
    assert said._row("x", 20, said.counted([]))[2:] == (0.0,) * 5


def test_two_reports_of_one_lake_are_equal(report):
    workspace, campaign, first, _ = report
    assert assemble(workspace, campaign) == first


def test_a_speaker_is_no_part_of_a_line():
    assert lines.spoken_part("何奶奶: 灯亮着") == "灯亮着"
    assert lines.spoken_part("十点：") == "十点："
    assert words.SIDES == {"a": "before", "b": "after"}
