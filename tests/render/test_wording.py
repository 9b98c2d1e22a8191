# ruff: noqa: E501 -- a table of cases, one a line
import math
from datetime import UTC, datetime

import pytest

from longtake.domain.answers.report import Column, Sentence
from longtake.domain.estimate import Estimate, Unknown
from longtake.locale import catalogue
from longtake.render.wording import Wording, visible
from render.sample_report import FIGURES, HOSTILE

ZH, EN = (Wording(catalogue(lang), "Asia/Shanghai") for lang in ("zh", "en"))


@pytest.mark.parametrize(
    ("quantity", "value", "interval", "small"),
    [
        (Estimate.count(214_306, unit="comments", method="count"), "21.4万 条", "", "逐行数出 · n 214,306"),
        (Estimate.count(5_000, unit="CNY", method="sum", n=3), "5,000 元", "", "直接取自数据 · n 3"),
        (Estimate(9.43, 7.9, 11.6, 0.9, "hours", "m", 188), "9.4 小时", "7.9–11.6", "90% 区间 7.9–11.6 · n 188"),
        (Estimate(90, 90, 104, 1.0, "hours", "m", 90), "90 小时", "90–104", "必在 90–104 之间 · n 90"),
        (Estimate(31, 26, math.inf, 0.9, "hours", "m", 7), "31 小时", "不低于 26", "90% 区间 不低于 26 · n 7"),
        (Unknown("too_few_rows", "m", "hours", 3, needed=20), "说不准", "", "行数太少，撑不起一个数 · n 3，至少要 20"),
        (Unknown("no_rows", "m", "hours", 0), "说不准", "", "没有相关的行 · n 0"),
    ],
)  # fmt: skip
def test_a_quantity_is_said_with_its_interval_and_its_n(quantity, value, interval, small):
    shown = ZH.shown(quantity)
    assert (shown.value, shown.interval, shown.small) == (value, interval, small)
    assert shown.known == isinstance(quantity, Estimate)


def test_a_sentence_keeps_its_figures_apart_and_tells_times_in_the_zone():
    at = datetime(2031, 1, 10, 11, tzinfo=UTC)
    said = Sentence("voice_rose", {"change": FIGURES["mean"]}, {"platform": "weibo"})
    pieces = EN.sentence(said)
    assert [piece.figure.id for piece in pieces if piece.figure] == [FIGURES["mean"].id]
    assert "Weibo" in "".join(piece.text for piece in pieces)
    assert EN.slots({"when": at}) == {"when": "10 Jan 19:00"}


def test_a_sentence_without_one_of_its_slots_is_refused():
    with pytest.raises(KeyError, match="half_life"):
        ZH.sentence(Sentence("heat_half_life"))


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        (Column("likes", "number"), None, "—"),
        (Column("likes", "number"), 0, "0"),
        (Column("likes", "number"), 1_234_567, "1,234,567"),
        (Column("share", "share"), 0.612, "61%"),
        (Column("platform", "code"), "douyin", "抖音"),
        (Column("kind"), "trailer", "预告"),
        (Column("text"), "douyin", "douyin"),
        (Column("at", "time"), datetime(2031, 1, 9, 16, 30, tzinfo=UTC), "2031 年 1 月 10 日 00:30"),
        (Column("day", "day"), "2031-01-09", "2031 年 1 月 9 日"),
        (Column("day", "day"), "昨天", "昨天"),
        (Column("paid"), False, "未付费"),
    ],
)
def test_a_cell_is_said_by_the_kind_of_its_column(column, value, text):
    assert ZH.cell(column, value) == text


def test_direction_overrides_are_shown_and_emoji_are_left_alone():
    assert visible(HOSTILE[5]) == "evil⟨U+202E⟩gpj.exe"
    assert visible("👨‍👩‍👧 好看\u200d") == "👨‍👩‍👧 好看\u200d"
