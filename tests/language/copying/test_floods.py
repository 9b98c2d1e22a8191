"""Copies are found, floods are flagged, praise is not."""

from __future__ import annotations

import csv
import os
import re
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.language.copying.floods import floods
from longtake.language.copying.plain import plain, weight_of_words, whole

WORDS = re.findall(
    r"\S+",
    "镜头 配乐 结尾 父亲 雨夜 车站 外婆 夏天 旧信 长街 演技 剧情 节奏 台词 灯光 背影 眼神 海边 厨房 火车 "
    "很克制 有点慢 让人想起 像一封 落在 回到 说不出 忽然 安静地 终于 慢慢 没想到 看完 哭了 笑了 记得 喜欢",
)
PRAISE = ["好看", "很好看", "哈哈哈", "不错", "好", "赞", "好哭", "很棒", "感动", "推荐", "值得看", "可以"]
LINE = "今天的晚霞像一封没有寄出的信"
SHARED = Path(os.environ.get("LONGTAKE_DATA", "")) / "text" / "danmaku_storm.csv"


def comments(count, seed=0):
    """Invent comments; about one in ten is short praise that many people give."""
    rng = np.random.default_rng(seed)
    picks = rng.choice(len(WORDS), size=(count, 9))
    sizes = rng.integers(5, 10, size=count)
    praise = rng.random(count)
    return [
        PRAISE[i % len(PRAISE)] if praise[i] < 0.1 else "".join(WORDS[w] for w in picks[i, : sizes[i]])
        for i in range(count)
    ]


def test_spellings_of_one_text_are_one_group():
    found = floods(
        ["這部電影，真的很好看！", "这部电影真的很好看", "这 部 电 影 真的很好看～", "另一句完全不同的话"]
    )
    assert found.group.tolist() == [0, 0, 0, 1]
    assert found.groups[0].wordings == 1


def test_small_changes_join_and_other_words_do_not():
    found = floods(
        [
            LINE,
            LINE,
            "今天的晚霞像一封没有寄出去的信",
            "今天的晚霞像两封没有寄出的信",
            "明天的雨像一个不会回来的人",
        ]
    )
    assert found.group.tolist() == [0, 0, 0, 0, 1]
    assert (found.groups[0].size, found.groups[0].wordings, found.groups[0].index) == (4, 3, 0)


def test_short_texts_are_the_same_only_when_equal():
    assert floods(["好看啊", "好看呀", "好看啊"]).group.tolist() == [0, 1, 0]


@pytest.mark.parametrize(("words", "storm"), [("好看", False), ("哈哈哈哈哈", False), (LINE, True)])
def test_common_praise_is_no_flood_but_a_sentence_is(words, storm):
    texts = comments(2000) + [words] * 60
    found = floods(texts)
    assert bool(found.storm[-1]) is storm
    assert not found.storm[[i for i, text in enumerate(texts) if text != words]].any()


def test_flood_of_short_praise_is_seen_when_chance_cannot_explain_it():
    assert floods(comments(2000) + ["好看"] * 2000).storm[-1]


def test_blank_texts_belong_to_no_group_and_count():
    found = floods([None, "", "  ", "转发微博"])
    assert found.weight.tolist() == [1.0] * 4
    assert found.group[:3].tolist() == [-1] * 3
    assert floods([]).group.shape == (0,)
    assert floods([None]).groups == ()


def test_marks_alone_are_the_same_as_they_stand():
    assert floods(["！！！", "。。。", "！！！"]).group.tolist() == [0, 1, 0]


def test_authors_are_counted_once_and_only_when_known():
    texts = [LINE] * 3
    assert floods(texts, authors=["a", "b", "a"]).groups[0].authors == 2
    assert floods(texts, authors=["a", None, None]).groups[0].authors == 1
    assert floods(texts, authors=[None] * 3).groups[0].authors is None
    assert floods(texts).groups[0].authors is None


@pytest.mark.parametrize("options", [{"authors": ["a"]}, {"least": 1}, {"share": 0.0}, {"share": 1.5}])
def test_impossible_settings_are_refused(options):
    with pytest.raises(ValueError, match=r"\d"):
        floods([LINE, LINE], **options)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_in_a_hundred_copied_ten_thousandfold_is_seen_and_moves_nothing(seed):
    texts = comments(3000, seed)
    rng = np.random.default_rng(seed)
    copied = rng.choice(3000, size=30, replace=False).tolist()
    flooded = texts + [texts[i] for i in copied for _ in range(10_000)]
    before = floods(texts)
    start = time.perf_counter()
    after = floods(flooded)
    assert time.perf_counter() - start < 10.0
    assert after.storm[3000:].all()
    assert after.storm[copied].all()
    praising = [["配乐" in text for text in some] for some in (texts, flooded)]
    old, new = (
        (f.weight.sum(), f.weight[flag].sum() / f.weight.sum())
        for f, flag in zip((before, after), map(np.array, praising), strict=True)
    )
    assert new[0] == pytest.approx(old[0], rel=0.05)
    assert new[1] == pytest.approx(old[1], rel=0.05)


@given(st.lists(st.text(alphabet="好看不错abAB，！ \n", max_size=9) | st.none(), max_size=30))
def test_groups_partition_the_texts_and_flags_follow_sizes(texts):
    found = floods(texts, least=2)
    known = found.group[found.group >= 0]
    assert np.bincount(known, minlength=len(found.sizes)).tolist() == found.sizes.tolist()
    assert np.all(np.diff(found.sizes) <= 0)
    assert np.array_equal(found.storm[found.group >= 0], found.flagged[known])
    assert np.all(found.weight[~found.storm] == 1)
    assert found.weight[found.storm].sum() == pytest.approx(found.flagged.sum())
    assert [g.size for g in found.groups] == found.sizes[found.sizes > 1].tolist()
    again = floods(texts, least=2)
    assert again.groups == found.groups
    assert again.group.tobytes() == found.group.tobytes()


@given(st.lists(st.text(max_size=12), max_size=12))
def test_whole_hashes_differ_exactly_when_the_plain_texts_do(texts):
    read = plain(texts)
    hashes, words = whole(read).tolist(), read.strings()
    assert len(set(hashes)) == len(set(words))
    assert len(set(zip(hashes, words, strict=True))) == len(set(words))


def test_repeats_and_latin_letters_say_less():
    assert weight_of_words(plain(["好看好看", "好看的", "abc", ""])).round(9).tolist() == [2, 3, 1, 0]


def test_origin_leads_back_to_the_raw_text():
    raw = ["  我、知道 了！", None, "Ｘ～好"]
    read = plain(raw, with_origin=True)
    letters = [raw[i][at] for i, at in zip(read.owners().tolist(), read.origin.tolist(), strict=True)]
    assert "".join(letters) == "我知道了Ｘ好"


@pytest.mark.skipif(not SHARED.exists(), reason="$LONGTAKE_DATA absent")
def test_danmaku_storm_is_recognised():
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = floods([row["content"] for row in rows], authors=[row["midHash"] for row in rows])
    top = found.groups[0]
    assert 0.74 <= top.share < 0.80
    assert top.storm
    assert 500 < found.weight.sum() < 0.25 * len(rows)
