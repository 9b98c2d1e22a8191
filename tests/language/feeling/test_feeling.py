from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.errors import NotEnoughDataError, UnreadableFileError
from longtake.language.feeling.explain import emotion_spans
from longtake.language.feeling.fit import count as count_grams
from longtake.language.feeling.fit import quantised, softmax_regression
from longtake.language.feeling.quality import class_quality
from longtake.language.feeling.scorer import (
    Feeler,
    emotion,
    emotion_card,
    emotion_probabilities,
    emotion_version,
    feeler,
)
from longtake.language.feeling.table import EMOTIONS, HEAVIEST, Table, at_positions, sums, unpack
from longtake.language.feeling.weights import ARRAYS, read, read_card, write
from longtake.language.reading.normalise import fold_table, normalise, simplified_pairs

FOLD = fold_table(simplified_pairs())
KNOWN = {
    "气死我了，太恶心了": "angry",
    "这帮人真不要脸，滚": "angry",
    "哈哈哈太开心了": "happy",
    "今天好幸福，爱你们": "happy",
    "難過得哭了一晚上": "sad",
    "好心疼，眼泪止不住": "sad",
    "吓死我了，好可怕，不敢一个人睡": "fear",
    "天哪，太震惊了，没想到": "surprise",
}
LETTERS = st.sampled_from("气死哈開心哭怕，。!a b/@:\n#天哪")
texts = st.text(alphabet=LETTERS, max_size=60) | st.text(max_size=60)


@pytest.mark.parametrize(("text", "named"), KNOWN.items())
def test_plain_feelings_are_named(text, named):
    assert emotion([text]) == [named]


def test_a_text_that_says_nothing_is_surely_neutral():
    silent = ["", "   ", None, "\u200b", "转发微博"]
    assert emotion(silent) == ["neutral"] * 5
    assert emotion_probabilities(silent).tolist() == [[0.0] * 5 + [1.0]] * 5


def test_nothing_to_score_gives_nothing():
    assert emotion([]) == []
    assert emotion_probabilities([]).shape == (0, 6)


@settings(max_examples=80)
@given(st.lists(texts, min_size=1, max_size=20), st.randoms())
def test_an_emotion_does_not_depend_on_its_neighbours(column, random):
    whole, named = emotion_probabilities(column), emotion(column)
    assert whole.shape == (len(column), 6)
    assert np.allclose(whole.sum(axis=1), 1.0)
    order = list(range(len(column)))
    random.shuffle(order)
    shuffled = [column[i] for i in order]
    assert emotion_probabilities(shuffled).tolist() == whole[order].tolist()
    assert emotion(shuffled) == [named[i] for i in order]
    assert emotion_probabilities([column[0]]).tolist() == whole[:1].tolist()


def test_chunks_do_not_show():
    column = [*KNOWN, None] * 700
    whole = emotion_probabilities(column)
    assert (whole[: len(KNOWN)] == whole[-len(KNOWN) - 1 : -1]).all()
    assert (emotion_probabilities(column[5:]) == whole[5:]).all()


def test_both_scripts_and_widths_are_read_alike():
    same = emotion_probabilities(["难过，心疼!!", "難過,心疼！！"])
    assert same[0].tolist() == same[1].tolist()


def test_a_forwarded_chain_is_read_with_the_post():
    chained = emotion_probabilities(["//@小明:哈哈哈太开心了", ""])
    assert chained[0, EMOTIONS.index("happy")] > 0.5
    assert chained[1, EMOTIONS.index("neutral")] == 1.0


def test_the_longest_text_keeps_its_lanes_apart():
    lanes = np.zeros((6, 2), dtype=np.int8)
    lanes[0], lanes[1], lanes[5] = HEAVIEST, -HEAVIEST, HEAVIEST
    table = Table.of(lanes)
    batch = normalise(["好一二" * 350_000, "好"], FOLD)
    found = sums(table, batch)
    each = unpack(at_positions(table, batch))
    for index in range(6):
        begin, middle, end = batch.breaks
        assert found[index].tolist() == [each[index, begin:middle].sum(), each[index, middle:end].sum()]
    assert (found[0] == -found[1]).all()
    assert (found[0] == found[5]).all()
    assert found[0, 0] > 340 * 1_000_000


@pytest.mark.parametrize("text", KNOWN)
def test_the_words_that_decided_lie_in_the_text_and_do_not_overlap(text):
    spans = emotion_spans(text)
    assert spans
    assert all(0 <= start < end <= len(text) and weight > 0 for start, end, weight in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_deciding_word_is_inside_a_stretch_behind_a_chain():
    text = "转给你//@阿青:今天  哈哈哈太开心了"
    heaviest = max(emotion_spans(text), key=lambda span: span[2])
    assert set(text[heaviest[0] : heaviest[1]]) & set("哈开心")


def test_a_stretch_does_not_begin_with_a_pause():
    text = "这编剧有病吧，气死"
    assert all(text[start] != "，" for start, _, _ in emotion_spans(text))


@settings(max_examples=150)
@given(texts)
def test_any_text_can_be_explained(text):
    assert all(0 <= start < end <= len(text) and w > 0 for start, end, w in emotion_spans(text))


def test_weights_survive_writing_to_the_byte(tmp_path):
    write(feeler().weights, {"a": 1}, tmp_path)
    first = (tmp_path / ARRAYS).read_bytes()
    write(read(tmp_path), {"a": 1}, tmp_path)
    assert (tmp_path / ARRAYS).read_bytes() == first
    assert read(tmp_path).version == emotion_version()
    assert Feeler(read(tmp_path)).emotion(list(KNOWN)) == emotion(list(KNOWN))


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04nonsense", None])
def test_damaged_weights_are_refused_with_what_to_do(tmp_path, damage):
    if damage is not None:
        (tmp_path / ARRAYS).write_bytes(damage)
    with pytest.raises(UnreadableFileError, match="Install longtake again"):
        read(tmp_path)


def test_weights_of_another_shape_or_size_are_refused(tmp_path):
    own = feeler().weights
    heavy = own.lanes.copy()
    heavy[0, 0] = 127
    faults = {
        "shape": {"base": np.zeros(5)},
        "larger than 85": {"lanes": heavy},
        "not finite": {"prior": np.full(6, np.nan)},
        "power of two": {"lanes": own.lanes[:, :1000]},
    }
    for index, (message, changed) in enumerate(faults.items()):
        kept = {name: getattr(own, name) for name in own.__dataclass_fields__}
        write(type(own)(**{**kept, **changed}), {}, tmp_path / str(index))
        with pytest.raises(UnreadableFileError, match=message):
            read(tmp_path / str(index))


def test_a_card_that_is_no_object_is_refused(tmp_path):
    (tmp_path / "emotion_card.json").write_text("[]", "utf-8")
    with pytest.raises(UnreadableFileError, match="no JSON object"):
        read_card(tmp_path)


def test_the_shipped_weights_are_small_and_their_card_speaks_of_them(request):
    folder = request.config.rootpath / "src" / "longtake" / "language" / "weights"
    assert (folder / ARRAYS).stat().st_size <= 4_000_000
    card = emotion_card()
    assert card["version"] == emotion_version()
    assert card["emotions"] == list(EMOTIONS)
    measured = {source["name"]: source["dev"] for source in card["sources"]}
    assert set(measured) == {"usual", "virus"}
    for found in measured.values():
        assert found["macro_f1"] == pytest.approx(np.mean(list(found["f1"].values())), abs=1e-4)


def test_regression_recovers_what_each_class_alone_says():
    words = ["红", "黄", "蓝"]
    column = [words[i % 3] + "一二三四五六"[i % 6] for i in range(600)]
    target = np.eye(3)[np.arange(600) % 3]
    grams = count_grams(column, FOLD, bits=16)
    learned, base = softmax_regression(grams, target, np.ones(600), steps=60)
    raw = grams.scale[:, None] * (grams.counts @ learned) + base
    assert (raw.argmax(axis=1) == np.arange(600) % 3).all()
    assert np.allclose(learned.sum(axis=1), 0.0, atol=1e-9)


def test_without_any_n_gram_only_the_base_rate_is_learned():
    target = np.eye(2)[np.array([0, 0, 0, 1])]
    grams = count_grams(["甲", "乙", "丙", "丁"], FOLD, bits=8)
    learned, base = softmax_regression(grams, target, np.ones(4), steps=50)
    assert learned.shape == (0, 2)
    assert base[0] - base[1] == pytest.approx(np.log(3.0), abs=1e-3)


def test_weights_are_cut_at_the_heaviest_and_zero_stays_zero():
    steps, unit = quantised(np.array([0.0, -1.0, 1.0, 0.5]), heaviest=10)
    assert steps.tolist() == [0, -10, 10, 5]
    assert unit == pytest.approx(0.1)
    assert quantised(np.zeros(3), heaviest=10)[0].tolist() == [0, 0, 0]


def test_quality_agrees_with_the_formulas_by_hand():
    sure = np.eye(3)[[0, 1, 1, 2]]
    found = class_quality(np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2]), sure)
    assert found.f1 == pytest.approx((1.0, 2 / 3, 2 / 3))
    assert (found.accuracy, found.ece) == (0.75, 0.25)
    with pytest.raises(NotEnoughDataError):
        class_quality(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros((0, 3)))
