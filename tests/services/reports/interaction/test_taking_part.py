"""The section on taking part, on a small campaign of files whose counts are known."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest

from longtake.domain.estimate import Estimate
from longtake.services.campaigns import folders
from longtake.services.reports import interaction
from longtake.services.reports.draft import Draft
from longtake.services.reports.interaction.entries import node_entries
from longtake.services.reports.interaction.funnel import broken, funnel
from longtake.services.reports.interaction.makers import lineages
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
id = "p"
kind = "poster"
platform = "weibo"
title = "阁楼海报"
text = "灯亮着，人就没走远。"

[[node]]
id = "c"
kind = "challenge"
platform = "douyin"
title = "数三下挑战"
entry = "challenge"

[[node]]
id = "q"
kind = "official_post"
platform = "weibo"
title = "谁给你留过灯"
text = "说给我们听。"
"""
FOND = "拍得真好，看哭了，演技太好了，感动，好看"
ON = "太好看了，强烈推荐大家去看，必须支持，感动"
MADE = "我也来数三下挑战，太好看了"
START = datetime(2026, 1, 8, 8)


def _write(folder):
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    rows = [(f"{FOND}，第{n}遍", f"fan{n}", "普通用户") for n in range(80)]
    rows += [(f"{ON}，第{n}遍", f"fan{n}", "普通用户") for n in range(20)]
    rows += [(f"{MADE}{n}", f"maker{n}", "普通用户") for n in range(5)]
    rows += [(f"{ON}，官方第{n}条", "official", "蓝V") for n in range(30)]
    heading = [
        "id",
        "bid",
        "user_id",
        "用户昵称",
        "微博正文",
        "头条文章url",
        "发布位置",
        "艾特用户",
        "话题",
        "转发数",
        "评论数",
        "点赞数",
        "发布时间",
        "发布工具",
        "微博图片url",
        "微博视频url",
        "retweet_id",
        "ip",
        "user_authentication",
        "会员类型",
        "会员等级",
    ]
    with (folder / "search.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, heading)
        writer.writeheader()
        for number, (text, author, kind) in enumerate(rows):
            row = dict.fromkeys(heading, "")
            row |= {"id": 5252000000000000 + number, "bid": f"b{number}", "user_id": author}
            row |= {"用户昵称": author, "微博正文": text, "user_authentication": kind}
            row |= {
                "转发数": 0,
                "评论数": 0,
                "点赞数": 0,
                "发布时间": f"{START + timedelta(minutes=number):%Y-%m-%d %H:%M}",
            }
            writer.writerow(row)
    with (folder / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("at", "platform", "subject", "metric", "value", "kind"))
        for subject, plays, shares, done in (
            ("甲", 10_000, 12, 0.3),
            ("乙", 20_000, 24, 0.3),
            ("丙", 5, 4, 0.9),
        ):
            for metric, value, kind in (
                ("plays", plays, "cumulative"),
                ("shares", shares, "cumulative"),
                ("completion_rate", done, "ratio"),
            ):
                writer.writerow(("2026-01-10 10:00", "抖音", subject, metric, value, kind))


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    folder, root = tmp_path_factory.mktemp("campaign"), tmp_path_factory.mktemp("workspace")
    _write(folder)
    workspace = Workspace(root)
    campaign = folders.follow(workspace, folder, observed_at=datetime(2026, 1, 12, tzinfo=UTC))
    with open_session(workspace.lake, campaign.id) as session:
        yield Draft(campaign, session)


@pytest.fixture(scope="module")
def signs(drafted):
    return {sign.key: sign.figure.quantity for sign in interaction.signs(drafted)}


def test_an_entry_is_what_is_written_or_what_the_copy_asks(drafted):
    found = {
        node.node_id: (node.entry, node.read, node.fit and node.fit.entry) for node in node_entries(drafted)
    }
    assert found == {
        "t": ("none", False, "template"),
        "p": (None, False, "template"),
        "c": ("challenge", False, None),
        "q": ("cta", True, None),
    }


def test_nodes_that_do_not_say_are_left_out_not_counted_as_bare(signs):
    held = signs["nodes_without_entry"]
    assert (held.value, held.n) == (pytest.approx(1 / 3), 3)


def test_those_who_pass_it_on_are_counted_among_those_who_like_it_official_accounts_apart(drafted, signs):
    passing = next(f for f in interaction.section(drafted).figures if f.label == "pass_on").quantity
    assert isinstance(passing, Estimate)
    assert passing.n == 105
    assert passing.value == pytest.approx(20 / 105)
    assert signs["few_shares"].value == pytest.approx(1 - 20 / 105 / 0.054)


def test_makers_are_people_who_took_part_by_name(signs):
    held = signs["few_creators"]
    assert held.n == 85
    assert held.value == pytest.approx(1 - (5 / 85) / 0.1)


def test_the_funnel_takes_finishes_from_plays_and_leaves_works_nobody_played(drafted):
    steps = {step.name: (step.works, round(step.rate.value, 6)) for step in funnel(drafted)}
    assert steps == {"plays_finishes": (2, 0.3), "plays_shares": (2, 0.0012)}
    worst, figure = broken(drafted)
    assert worst.name == "plays_shares"
    assert figure.quantity.value == pytest.approx(1 - 0.0012 / 0.006)


def test_a_form_people_took_up_is_traced_to_its_first(drafted):
    found = {one.seed: one for one in lineages(drafted) if one.form == "node"}
    assert found["数三下挑战"].creators == 5
    assert found["数三下挑战"].first_by == "audience"
    assert found["数三下挑战"].first == datetime(2026, 1, 8, 1, 40, tzinfo=UTC)


def test_every_figure_opens(drafted):
    section = interaction.section(drafted)
    for figure in (*section.figures, *section.more):
        drafted.session.rows(figure.evidence, limit=1)
    assert {figure.id.partition(":")[2].split(".")[0] for figure in section.figures} == {"interaction"}


def test_nothing_to_look_at_is_unknown_and_no_section(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "campaign.toml").write_text('[campaign]\nname = "空"\n', "utf-8")
    workspace = Workspace(tmp_path / "w")
    campaign = folders.follow(workspace, tmp_path / "f")
    with open_session(workspace.lake, campaign.id) as session:
        draft = Draft(campaign, session)
        assert interaction.section(draft) is None
        reasons = {sign.key: sign.figure.quantity.reason for sign in interaction.signs(draft)}
    assert reasons == {
        "nodes_without_entry": "no_nodes",
        "few_shares": "no_rows",
        "few_creators": "no_authors",
        "funnel_break": "no_counts",
    }
