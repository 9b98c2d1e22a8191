"""The copy linter on invented drafts: what it finds, exactly where, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.diagnosis.playbook.copy.asking import asks
from longtake.diagnosis.playbook.copy.film import FilmFacts
from longtake.diagnosis.playbook.copy.lint import lint
from longtake.diagnosis.playbook.copy.rule import copy_rules
from longtake.diagnosis.playbook.copy.script import read_script
from longtake.diagnosis.playbook.form import forms

RULES, FORMS = copy_rules(), forms()
GOOD = """我妈关灯从来不看我在不在屋里。
那天看《灯下的人》，老人把灯又拧亮了一格，我才想起来，她是怕我摸黑回来。
谁给你留过灯？在评论区告诉我一个人就好。
#灯下的人#
"""
SCRIPT = """标题：最后一班船
时长：40秒
画幅：9:16
0:00 “你先走。”他没有回头
0:12 码头上只剩一盏灯
0:30 如果是你，你会上船吗？在评论区选一边
#渡口没有夜班船# #选一边#
"""


def _keys(text, form, facts=None):
    return [one.rule for one in lint(text, FORMS[form], RULES, facts)]


def test_a_draft_that_keeps_the_form_and_asks_is_left_alone():
    assert _keys(GOOD, "weibo-post") == []
    assert _keys(SCRIPT, "douyin-short") == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("时长：40秒", "时长：1分30秒"), "too_lengthy"),
        (("时长：40秒", "时长：8秒"), "too_brief"),
        (("画幅：9:16", "画幅：16:9"), "ratio"),
        (("0:00 “你先走。”", "0:05 “你先走。”"), "late_hook"),
        (("#选一边#", "#选一边# #a# #b# #c# #d#"), "many_tags"),
        (("#渡口没有夜班船# #选一边#", ""), "few_tags"),
        (("如果是你，你会上船吗？在评论区选一边", "船开了，灯灭了"), "no_entry"),
        (("“你先走。”他没有回头\n0:12", "码头，海面，汽笛，夜色与远处的城市灯火连成一片\n0:12"), "no_hook"),
        (("标题：最后一班船", "标题：" + "船" * 31), "title_length"),
    ],
)
def test_each_breach_of_the_form_is_the_one_thing_found(change, rule):
    assert _keys(SCRIPT.replace(*change), "douyin-short") == [rule]


def test_a_text_is_measured_in_characters_and_paragraphs():
    assert _keys("谁给你留过灯？ #灯#", "weibo-post") == ["too_short"]
    long = "我" + "走" * 100 + "，谁给你留过灯？ #灯#"
    assert _keys(long, "weibo-post") == ["long_paragraph"]
    assert _keys("\n\n".join(["我" + "走" * 70, "谁" + "灯" * 80 + "？你呢 #灯#"]), "weibo-post") == [
        "too_long"
    ]


def test_a_rating_for_a_benefit_stops_and_stands_where_it_is_said():
    text = GOOD.replace("#灯下的人#", "打五星好评截图，送电影票 #灯下的人#")
    found = lint(text, FORMS["weibo-post"], RULES)
    assert [(one.rule, one.level, one.line) for one in found] == [("reward_for_rating", "stop", 4)]
    line = text.split("\n")[3]
    assert line[found[0].start : found[0].end] == "五星好评截图，送"


def test_a_paid_relation_must_be_stated():
    offer = "领券下单，同款链接在主页。"
    assert "undisclosed" in _keys(GOOD.replace("#灯下的人#", offer + "#灯下的人#"), "weibo-post")
    marked = GOOD.replace("#灯下的人#", offer + "【广告】#灯下的人#")
    assert "undisclosed" not in _keys(marked, "weibo-post")
    assert _keys("合作：是\n" + GOOD, "weibo-post") == ["undisclosed"]
    assert _keys("合作：否\n" + GOOD, "weibo-post") == []


def test_commercial_load_is_a_share_of_what_is_said():
    told = "她关灯的时候我在想别的事情。" * 4
    light = told + "下单有优惠券。【广告】你呢？#灯#"
    heavy = "下单有优惠券，满减立减，链接在主页。" * 3 + "【广告】你呢？#灯#"
    assert "commercial_load" not in _keys(light, "weibo-post")
    assert "commercial_load" in _keys(heavy, "weibo-post")


def test_claims_are_held_against_film_and_viewers():
    facts = FilmFacts(("你先走。", "岸上要有人，", "走的人才敢走远"), {"moved": 0.01, "happy": 0.3}, 400)
    text = SCRIPT.replace("他没有回头", "他说“我会一直等你回来”，全程笑到停不下来，哭崩")
    found = {one.rule: one for one in lint(text, FORMS["douyin-short"], RULES, facts)}
    assert set(found) == {"not_in_film", "not_felt"}
    assert "我会一直等你回来" in found["not_in_film"].why.zh
    assert "哭崩" in found["not_felt"].why.zh
    assert "1%" in found["not_felt"].why.zh
    assert "not_felt" not in _keys(text, "douyin-short", FilmFacts((), {"moved": 0.01}, 20))


def test_a_line_of_the_film_may_run_over_two_subtitles():
    facts = FilmFacts(("岸上要有人，", "走的人才敢走远"))
    assert facts.says("岸上要有人，走的人才敢走远") is True
    assert facts.says("走的人永远不会回来了") is False
    assert FilmFacts().says("走的人永远不会回来了") is None


def test_subtitles_are_read_as_a_script():
    srt = "1\n00:00:01,500 --> 00:00:03,000\n你先走\n\n2\n00:00:04,000 --> 00:00:09,250\n我看着灯\n"
    script = read_script(srt)
    assert [(line.text, line.at, line.until) for line in script.lines] == [
        ("你先走", 1.5, 3.0),
        ("我看着灯", 4.0, 9.25),
    ]
    assert script.seconds == 9.25


@pytest.mark.parametrize(
    ("text", "answer"),
    [("谁给你留过灯？", True), ("What would you do?", True), ("灯亮着。", False), ("他走了吗？", False)],
)
def test_asking_is_asking_the_reader(text, answer):
    assert asks(text) is answer


@given(st.text(max_size=300), st.sampled_from(sorted(FORMS)))
def test_no_draft_breaks_it_and_every_place_lies_in_the_draft(text, form):
    facts = FilmFacts(("你先走。",), {"moved": 0.0, "warmth": 0.0}, 100)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in lint(text, FORMS[form], RULES, facts):
        assert 0 <= one.line <= len(lines)
        if one.line:
            assert 0 <= one.start <= one.end <= len(lines[one.line - 1])
        assert "{" not in one.why.zh + one.fix.zh + one.why.en or "{" in text


@given(
    st.lists(st.sampled_from(["必看", "领券", "你呢？", "他走了。", "五星好评送票", "我哭崩了"]), max_size=8)
)
def test_the_gravest_comes_first_whatever_the_order(parts):
    levels = [one.level for one in lint("\n".join(parts), FORMS["weibo-post"], RULES)]
    assert levels == sorted(levels, key=["stop", "warn", "hint"].index)
