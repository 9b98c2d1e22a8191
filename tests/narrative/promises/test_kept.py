from __future__ import annotations

import numpy as np
import pytest

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue
from longtake.narrative import Scores, gap
from longtake.narrative.promises.balance import balance
from longtake.narrative.promises.kept import promises, unpromised
from longtake.narrative.promises.promised import Shown, question

PEOPLE = [Character("老秦", ("爸",)), Character("小满"), Character("何奶奶"), Character("大鹏")]


def cues(node, said):
    return tuple(
        Cue(node, i, 4000 * i, 4000 * i + 2000, text, i, who) for i, (who, text) in enumerate(said, 1)
    )


FILM = cues(
    "film",
    [
        ("小满", "爸，那年停电到底发生了什么"),
        ("老秦", "那年停电，我把你妈的信弄丢了"),
        ("小满", "灯亮着，人就没走远"),
        ("老秦", "饺子凉了，热一热吧"),
        ("小满", "我帮你打手电"),
        ("老秦", "往左边一点"),
    ]
    * 2,
)


def kept(said, **more):
    trailer = Shown("trailer-1", cues("trailer", said))
    return {(one.kind, one.what): one for one in promises([trailer], FILM, characters=PEOPLE, **more)}


def test_a_question_is_paid_by_the_line_after_it():
    found = kept([("小满", "爸，那年停电到底发生了什么")])
    one = found["question", "爸，那年停电到底发生了什么"]
    assert one.paid
    assert one.payoffs[0].text == "那年停电，我把你妈的信弄丢了"
    assert one.payoffs[0].start_ms == 8000


def test_a_question_the_film_never_touches_is_unpaid():
    assert not kept([("小满", "谁偷走了那台老相机")])["question", "谁偷走了那台老相机"].paid


def test_a_line_of_the_film_is_paid_and_a_line_of_no_film_is_not():
    found = kept([("小满", "灯亮着，人就没走远"), ("大鹏", "全巷的狗都叫了起来")])
    assert [found["line", "灯亮着，人就没走远"].paid, found["line", "全巷的狗都叫了起来"].paid] == [
        True,
        False,
    ]


def test_captions_and_narration_promise_no_line():
    found = kept(
        [("字幕", "一月八日，灯下见面"), ("旁白", "一夜之间整条巷子黑了"), ("小满", "灯亮着，人就没走远")]
    )
    assert [what for kind, what in found if kind == "line"] == ["灯亮着，人就没走远"]


def test_a_pair_the_film_does_not_have_is_unpaid():
    found = kept([("何奶奶", "这孩子真行啊"), ("大鹏", "奶奶您可坐稳了"), ("何奶奶", "我坐得稳稳的")])
    assert not found["pair", "何奶奶 × 大鹏"].paid
    paid = kept([("老秦", "往左边一点"), ("小满", "我帮你打手电"), ("老秦", "往左边一点")])
    assert paid["pair", "老秦 × 小满"].paid


def test_a_kind_of_film_is_paid_by_the_emotion_it_lives_on():
    said = [("大鹏", "爆笑来袭全家笑着看")]
    joy = np.tile([0.9, 0.1], (len(FILM), 1))
    gloom = np.tile([0.1, 0.9], (len(FILM), 1))
    flat = np.zeros(len(FILM))
    happy = kept(said, scores=Scores(flat, flat, joy, ("happy", "sad")))
    sad = kept(said, scores=Scores(flat, flat, gloom, ("happy", "sad")))
    assert [happy["genre", "comedy"].paid, sad["genre", "comedy"].paid] == [True, False]


def test_copy_promises_what_it_quotes_and_what_the_film_says():
    poster = Shown("poster-1", copy="灯亮着，人就没走远。邀您一同走进影院！", title="终极海报")
    assert [
        (one.kind, one.what, one.paid, one.at_ms) for one in promises([poster], FILM, characters=PEOPLE)
    ] == [("line", "灯亮着，人就没走远", True, None)]


def test_a_pair_that_carries_the_film_and_was_not_promised_is_named():
    trailer = cues("trailer", [("何奶奶", "这孩子真行啊"), ("大鹏", "奶奶您可坐稳了")] * 4)
    found = gap(trailer, FILM * 2, characters=PEOPLE)
    assert [one.what for one in unpromised(found.pairs, FILM * 2)] == ["老秦 × 小满"]


def test_without_the_film_nothing_is_judged():
    assert promises([Shown("a", copy="谁关了那盏旧台灯？")], []) == ()
    with pytest.raises(ValueError, match="scores"):
        promises([], FILM, scores=Scores(np.zeros(1), np.zeros(1)))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("停电那年到底发生了什么", True),
        ("Who turned off the lights", True),
        ("谁都知道他不回来了", False),
        ("好吗？", False),
    ],
)
def test_questions(text, asks):
    assert question(text) is asks


def test_the_balance_of_expectations():
    assert balance(0, 10, 0).value == 0.0
    assert balance(50, 0, 0).value == 1.0
    found = balance(24, 6, 10)
    # (25 - 11) / 42 plus and minus 1.6449 * sqrt((36/42 - (14/42)**2) / 42), by hand
    assert found.low == pytest.approx(14 / 42 - 1.644854 * ((36 / 42 - (14 / 42) ** 2) / 42) ** 0.5, abs=1e-6)
    assert balance(2, 1, 1).reason == "too_few_rows"
    with pytest.raises(ValueError, match="counts"):
        balance(-1, 0, 0)


def test_the_interval_of_the_balance_covers_the_truth():
    rng, inside = np.random.default_rng(4), 0
    for _ in range(400):
        violated, met, exceeded = rng.multinomial(60, [0.4, 0.35, 0.25])
        one = balance(int(violated), int(met), int(exceeded))
        inside += one.low <= 0.15 <= one.high
    assert 0.86 <= inside / 400 <= 0.95
