from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.cue import Cue
from longtake.narrative.card.proposition import Card
from longtake.narrative.similarity import Space, letters
from longtake.narrative.words.hashtags import recalled
from longtake.narrative.words.lines import ranked
from longtake.narrative.words.novelty import novelty

TEXT = st.text("灯亮着人就没走远一二三船海风", max_size=14)


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_likeness_is_one_with_itself_symmetric_and_the_tables_own(texts):
    space = Space(texts)
    table = space.table(texts, texts)
    for i, one in enumerate(texts):
        assert table[i, i] == pytest.approx(1.0 if letters(one) else 0.0)
        for j, other in enumerate(texts):
            assert table[i, j] == pytest.approx(space.alike(one, other), abs=1e-12)
            assert 0 <= table[i, j] == pytest.approx(table[j, i])


def test_worn_images_are_named_and_a_corpus_counts_instead_where_given():
    worn = novelty(["外婆剪了窗花", "年夜饭摆上桌", "风里没有声音"] * 5)
    assert worn.score.value == pytest.approx(1 / 3)
    assert worn.worn == (("年夜饭", 5), ("窗花", 5))
    old = ["风里没有声音", "沙漠里的水表走了一圈", "邮差没有敲门"]
    assert novelty(old * 5, corpus=old).score.value == pytest.approx(0.0)
    assert novelty(old * 5, corpus=["完全不同的另外一些东西"]).score.value > 0.9
    assert novelty(["灯"]).score.reason == "too_few_cues"


def test_a_hashtag_recalls_the_louder_of_equal_runs():
    archive = {"我和我的祖国": 40.0, "我和我的家乡": 90.0, "我和猫": 500.0, "《灯下》我和我的": 9.0}
    found = recalled("#我和我的后背#", archive, own=("灯下",))
    assert [one.topic for one in found.recalls] == ["我和我的家乡", "我和我的祖国"]
    assert (found.topics, found.known, found.taken) == (2, 4, False)
    assert recalled("我和猫", archive).taken
    assert recalled("一句全新的话", archive).recalls == ()


def test_lines_follow_echoes_then_fit():
    said = ["灯亮着，人就没走远", "把那碗面吃完再走", "台灯的开关坏了三年", "灯亮着人就没走远"]
    cues = [Cue("f", i, 1000 * i, 1000 * i + 900, text, i) for i, text in enumerate(said)]
    first = ranked(cues, said, {0: 30, 1: 3, 3: 10}, Card("守着灯，人才敢走远"))
    assert [(one.text, one.echoes) for one in first[:2]] == [
        ("灯亮着，人就没走远", 40),
        ("把那碗面吃完再走", 3),
    ]
    assert len(first) == 3
    quiet = ranked(cues, said, {}, Card("台灯的开关坏了三年"))
    assert quiet[0].text == "台灯的开关坏了三年"
    assert ranked(cues, said, {}, None)[0].fit is None
    assert ranked([], [], {}, None) == ()
    with pytest.raises(ValueError, match="words"):
        ranked(cues, said[:2], {}, None)


def test_more_echoes_never_rank_a_line_lower():
    rng = np.random.default_rng(3)
    said = [
        f"{a}{b}{c}那一夜的第{i}盏"
        for i, (a, b, c) in enumerate(rng.choice(list("灯海风船雪夜巷山"), (12, 3)))
    ]
    cues = [Cue("f", i, 1000 * i, 1000 * i + 900, text, i) for i, text in enumerate(said)]
    count = {i: int(n) for i, n in enumerate(rng.integers(0, 20, 12))}

    def place(echoes):
        return [one.text for one in ranked(cues, said, echoes, None)].index(said[4])

    assert place({**count, 4: count[4] + 15}) <= place(count)
