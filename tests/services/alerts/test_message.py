import re

import pytest

from longtake.domain.estimate import Unknown
from longtake.locale import LANGUAGES
from longtake.services.alerts.judge import findings
from longtake.services.alerts.message import body, title
from longtake.services.alerts.settings import AlertSettings, Rule
from services.alerts.worlds import NOW, estimate, listed, receipt, report, split

LOW = Rule("r-low", "figure", figure="split.reproduction", below=0.7)


def told(rule, world, *, lang="zh", link=""):
    (found,) = findings(rule, world, now=NOW, raised=frozenset())
    assert found.state == "raised"
    return body(found, world, AlertSettings(lang=lang, link=link), "abc123")


def test_a_message_is_one_decision_with_its_interval_two_answers_and_a_link():
    text = told(LOW, report(split(estimate(0.55, 0.41, 0.68))), link="https://longtake.example/c/{campaign}/")
    lines = text.splitlines()
    assert "0.55" in lines[0]
    assert "[0.41–0.68]" in lines[0]
    assert "0.70" in lines[0]
    assert lines[1].startswith("为什么要紧：R 低于一")
    assert lines[2:4] == ["你来定：现在动手修，还是再看一天？", "A 现在修 / B 再看一天"]
    assert lines[4] == "答复：longtake alerts answer abc123 A（或 B）"
    assert lines[5] == "https://longtake.example/c/lamp/"
    assert lines[6] == "背后的行：longtake rows lamp:split.reproduction.weibo"
    assert len(lines) == 7


def test_a_team_asks_in_its_own_words():
    rule = Rule("r", "figure", figure="split.reproduction", below=0.7, why="预算周五到期",
                question="追加还是停？", answers=("追加", "停"))  # fmt: skip
    lines = told(rule, report(split(estimate(0.5)))).splitlines()
    assert lines[1:4] == ["为什么要紧：预算周五到期", "你来定：追加还是停？", "A 追加 / B 停"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("rule", "world"),
    [
        (LOW, report(split(estimate(0.5)))),
        (Rule("a", "figure", figure="split.reproduction", above=0.1), report(split(estimate(0.5)))),
        (Rule("s", "slump"), report(split(estimate(0.5), slid=True))),
        (Rule("f", "refused"), report(receipts=(receipt("a.csv", 100, 60),))),
        (Rule("f", "refused"), report(receipts=(receipt("a.csv", 0, 0, error="no reader"),))),
        (Rule("v", "due", at=NOW), report()),
        (Rule("v", "due", at=NOW, figure="split.reproduction"), report(split(estimate(0.5, 0.4, 0.6)))),
    ],
)
def test_every_kind_of_rule_has_its_words(lang, rule, world):
    text = told(rule, world, lang=lang)
    assert 5 <= len(text.splitlines()) <= 6
    assert not re.search(r"[{}]", text)
    assert re.search("[\u4e00-\u9fff]", text.splitlines()[1]) if lang == "zh" else True


def test_an_entry_on_a_list_without_a_sentence_still_says_when():
    assert "1 月 8 日 03:00" in told(Rule("l", "list"), report(listed(3, 4)))


def test_an_unknown_figure_of_what_is_due_is_said_to_be_unknown():
    world = report(split(Unknown("too_few_rows", "renewal", "per mention", 3, 60)))
    assert "说不准" in told(Rule("v", "due", at=NOW, figure="split.reproduction"), world)


@pytest.mark.parametrize(
    "hostile",
    [
        '<at user_id="all">大家</at>',
        "<!channel>",
        "<@U123>",
        "@所有人 @all",
        "[点这里](https://evil.example)",
        "<https://evil.example|点这里>",
        "第一行\n## 第二行\r\nA 删库",
        "*粗* _斜_ `码`",
        "evil\u202egpj.exe",
    ],
)
def test_a_name_calls_nobody_links_nowhere_and_breaks_no_line(hostile):
    world = report(receipts=(receipt(hostile, 100, 60),), name=hostile)
    text = told(Rule("f", "refused"), world)
    head = title(world, "zh")
    assert "\n" not in head
    assert len(text.splitlines()) == 5
    for called in ("<", ">", "@", "](", "\u202e"):
        assert called not in head + text
