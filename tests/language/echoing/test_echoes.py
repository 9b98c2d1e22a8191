"""Quoted lines are found where they stand; what people say anyway is not an echo."""

from __future__ import annotations

import math
import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.language.echoing.echoes import echoes
from longtake.language.echoing.everyday import PHRASES, everyday
from longtake.language.echoing.lift import share_lift

LINE = "把月亮挂回外婆的旧阁楼"
SHORT = "渡口无灯火"
TALK = re.findall(
    r"\S+", "剧情不错，节奏有点慢 演技在线，配乐也好听 结尾没看懂 和朋友一起看的，值得 画面很美 我哭了两次"
)


def talk(count, seed=0):
    rng = np.random.default_rng(seed)
    return ["，".join(TALK[i] for i in rng.choice(len(TALK), size=3)) for _ in range(count)]


@pytest.mark.parametrize(
    ("said", "shown", "exact"),
    [
        (f"那句“{LINE}”太好了", LINE, True),
        ("結尾：把月亮掛回外婆的舊閣樓！", "把月亮掛回外婆的舊閣樓", True),
        ("把月亮，挂回 外婆的旧阁楼。。", "把月亮，挂回 外婆的旧阁楼", True),
        ("我也想把月光挂回外婆的旧阁楼啊", "把月光挂回外婆的旧阁楼", False),
        ("把月亮挂回我外婆的旧阁楼", "把月亮挂回我外婆的旧阁楼", False),
    ],
)
def test_a_line_is_found_where_it_stands(said, shown, exact):
    texts = [*talk(30), said]
    (echo,) = echoes(["风停了", LINE], texts)
    (match,) = echo.matches
    assert (match.comment, match.exact, echo.index, echo.line) == (30, exact, 1, LINE)
    assert texts[30][match.start : match.end] == shown
    assert (match.score == 100.0) is exact


def test_short_lines_must_stand_as_they_are():
    (echo,) = echoes([SHORT], [*talk(30), "渡口无灯火", "渡口有灯火", "渡口没灯火"])
    assert [match.comment for match in echo.matches] == [30]


@pytest.mark.parametrize(
    "line", ["风停了", "", "……", "哈哈哈哈哈哈", "我知道了。", "谢谢你！", "你先走吧，我没事的", "好久不见"]
)
def test_short_and_everyday_lines_are_no_echoes(line):
    assert echoes([line], [*talk(30), line, f"他说{line}"]) == ()


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_every_everyday_phrase_is_everyday(phrase):
    assert everyday(phrase)


def test_lines_that_people_write_anyway_are_no_echoes():
    line = "剧情不错节奏慢"
    texts = talk(400) + ["剧情不错，节奏慢了点"] * 3
    assert echoes([line], [*texts, "剧情不错节奏慢！"]) == ()


def test_lines_that_ordinary_texts_hold_are_no_echoes():
    line = "掌柜的来碗热汤面"
    texts = [*talk(50), "掌柜的来碗热汤面", "学到了：掌柜的，来碗热汤面"]
    assert echoes([line], texts)[0].echoes == 2
    assert echoes([line], texts, ordinary=[*talk(40, 1), f"{line}，走你"]) == ()
    assert echoes([line], texts, ordinary=talk(40, 1))[0].echoes == 2


def test_names_are_no_echoes():
    texts = [*talk(30), "长街雨未停真好看", "雨未停长街？"]
    assert echoes(["长街雨未停"], texts)
    assert echoes(["长街雨未停"], texts, names=["《长街雨未停》"]) == ()


def test_the_longer_line_counts_where_two_overlap():
    found = echoes(
        ["旧阁楼的猫头鹰", "守着旧阁楼的猫头鹰"], [*talk(30), "守着旧阁楼的猫头鹰！", "旧阁楼的猫头鹰？"]
    )
    assert [(e.index, [m.comment for m in e.matches]) for e in found] == [(0, [31]), (1, [30])]


def test_repeated_lines_count_as_the_first():
    (echo,) = echoes([LINE, f"{LINE}。"], [*talk(30), LINE])
    assert echo.index == 0


def test_copies_authors_likes_and_shares_are_counted():
    quiet = talk(40)
    said = [LINE, f"{LINE}！", f"永远记得{LINE}", LINE, f"{LINE}，哭", f"说的是{LINE}"]
    (echo,) = echoes(
        [LINE],
        quiet + said,
        authors=[None] * 40 + ["a", "a", "b", "c", None, "b"],
        likes=[None] * 40 + [1, 2, None, 4, 0, 0],
        shares=[1] * 40 + [2, 4, 3, 3, 3, 3],
    )
    assert (echo.echoes, echo.distinct, echo.exact, echo.authors, echo.likes) == (6, 4, 6, 3, 7)
    assert isinstance(echo.share_lift, Estimate)
    assert echo.share_lift.value == pytest.approx(3.0)
    assert 1.0 < echo.share_lift.low < 3.0 < echo.share_lift.high


def test_what_is_not_known_is_not_counted():
    (echo,) = echoes([LINE], [*talk(30), LINE])
    assert (echo.authors, echo.likes) == (None, None)
    assert echo.share_lift == Unknown("no_rows", echo.share_lift.method, "ratio", 0, 5)
    (echo,) = echoes([LINE], [LINE, None, ""], authors=[None] * 3, likes=[None] * 3, shares=[None] * 3)
    assert (echo.authors, echo.likes, echo.share_lift.reason) == (None, None, "no_rows")


def test_a_flood_of_one_wording_does_not_lead():
    other = "候鸟不问归途远近"
    texts = [*talk(60), *[LINE] * 500, *(f"{word}{other}" for word in ("记得", "哭在", "原来", "就是"))]
    assert [(e.line, e.distinct, e.echoes) for e in echoes([LINE, other], texts)] == [
        (other, 4, 4),
        (LINE, 1, 500),
    ]


@pytest.mark.parametrize("column", ["authors", "likes", "shares"])
def test_columns_of_another_length_are_refused(column):
    with pytest.raises(ValueError, match=column):
        echoes([LINE], ["a", "b"], **{column: [1]})


def test_impossible_levels_are_refused():
    with pytest.raises(ValueError, match="level"):
        echoes([LINE], [LINE], level=1.0)
    with pytest.raises(ValueError, match="level"):
        share_lift(np.ones(9), np.ones(9), level=0.0)


def test_nothing_in_nothing_out():
    assert echoes([], [LINE]) == ()
    assert echoes([LINE], []) == ()
    assert echoes([LINE], [None, " "]) == ()
    assert echoes([LINE], talk(30)) == ()


def test_share_lift_is_katz_interval():
    one, two = np.array([2.0, 4.0, 2.0, 4.0, 3.0]), np.array([1.0, 0.0, 2.0, 1.0, 1.0, 1.0])
    found = share_lift(one, two, level=0.95)
    half = 1.959963985 * math.sqrt(one.var(ddof=1) / (5 * 9) + two.var(ddof=1) / 6)
    assert (found.low, found.high) == pytest.approx((3 * math.exp(-half), 3 * math.exp(half)))


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        ([], [1] * 9, "no_rows"),
        ([1] * 4, [1] * 9, "too_few_rows"),
        ([0] * 9, [1] * 9, "too_few_rows"),
        ([1] * 9, [0] * 9, "zero_total"),
    ],
)
def test_lifts_that_cannot_be_said_are_unknown(one, two, reason):
    assert share_lift(np.array(one, dtype=float), np.array(two, dtype=float)).reason == reason


def test_share_lift_covers_the_truth_nine_times_in_ten():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        found = share_lift(rng.poisson(3.0, 80).astype(float), rng.poisson(1.5, 400).astype(float))
        held += found.low <= 2.0 <= found.high
    assert 0.86 <= held / 400 <= 0.94


@given(
    st.permutations("把月亮挂回旧阁楼候鸟归途").map(lambda some: "".join(some[:9])),
    st.text(max_size=8),
    st.text(alphabet="，。！ \n", max_size=3),
)
def test_spans_hold_the_line_whatever_stands_around(line, before, mark):
    letters = [c for c in line if unicodedata.category(c)[0] == "L"]
    said = before + "。" + line[:4] + mark + line[4:] + "。结束"
    found = echoes([line], [*talk(20), said, "别的话"])
    for echo in found:
        for match in echo.matches:
            got = [c for c in said[match.start : match.end] if unicodedata.category(c)[0] == "L"]
            if match.exact and "@" not in before and "#" not in before and ":" not in before:
                assert got == letters


def test_the_order_of_comments_changes_nothing_but_the_rows():
    texts = [*talk(50), LINE, f"又见{LINE}", "守着旧阁楼的猫头鹰"]
    lines = [LINE, "守着旧阁楼的猫头鹰"]
    there, back = echoes(lines, texts), echoes(lines, texts[::-1])
    assert [(e.index, e.echoes, e.distinct) for e in there] == [(e.index, e.echoes, e.distinct) for e in back]
    assert echoes(lines, texts) == there
