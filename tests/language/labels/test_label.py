from __future__ import annotations

import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake import language
from longtake.language.labels import label_rows, labeller
from longtake.language.labels.card import label_card
from longtake.language.labels.labeller import around
from longtake.language.patterns import read_packs
from longtake.language.reading.script import LANGUAGES, languages

SAID = [
    ("没想到这么好看，哭成狗", "expectation", "exceeded"),
    ("以为是喜剧，结果尬得要命，太失望了", "expectation", "violated"),
    ("果然没让人失望，不负众望", "expectation", "met"),
    ("看着看着就想起我爸，他也是这样从来不说", "selfstory", "father"),
    ("很好看", "selfstory", "none"),
    ("转发并关注，抽三位送电影票", "promotion", "giveaway"),
]


@pytest.mark.parametrize(("text", "column", "value"), SAID)
def test_what_is_said_plainly_is_heard(text, column, value):
    assert language.label([text])[column].to_pylist() == [value]


def test_who_warns_does_not_recommend():
    assert language.label(["不推荐，大家千万别去看"])["share"].to_pylist() == [["warn"]]
    assert language.label(["强烈推荐，准备二刷"])["share"].to_pylist() == [["recommend", "rewatch"]]


def test_an_aspect_takes_the_side_of_its_own_clause():
    (found,) = language.label(["演技炸裂，可惜剧情狗血，漏洞百出"])["aspects"].to_pylist()
    assert {one["aspect"]: one["polarity"] for one in found} == {"acting": "pos", "story": "neg"}


def test_denied_feelings_do_not_count():
    assert language.label(["从头到尾没有哭，一点都不尴尬"])["film_emotions"].to_pylist() == [[]]


def test_traditional_script_is_read_like_simplified():
    both = language.label(["後勁很大，看到父親那一幕淚目了", "后劲很大，看到父亲那一幕泪目了"])
    assert both["film_emotions"].to_pylist() == [["moved"]] * 2
    assert both["lang"].to_pylist() == ["zh-Hant", "zh-Hans"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.text(max_size=60), st.sampled_from([t for t, _, _ in SAID])), max_size=8)
)
def test_labels_of_a_text_depend_on_it_alone_and_their_words_lie_in_it(texts):
    whole = language.label(texts)
    assert whole.num_rows == len(texts)
    rows = whole.to_pylist()
    for text, row in zip(texts, rows, strict=True):
        assert language.label([text]).to_pylist() == [row]
        for one in row["evidence"]:
            assert 0 <= one["start"] < one["end"] <= len(text)
            assert one["method"].startswith("pack:")


def test_stored_rows_say_the_same_as_the_table():
    texts = [text for text, _, _ in SAID]
    rows, wide = label_rows(texts), language.label(texts)
    assert rows["text"].to_pylist() == sorted(rows["text"].to_pylist())
    polarity = rows.filter(pa.compute.equal(rows["label"], "polarity"))
    assert [value / 10_000 for value in polarity["score_e4"].to_pylist()] == wide["polarity"].to_pylist()
    emotion = rows.filter(pa.compute.equal(rows["label"], "emotion"))
    assert emotion["value"].to_pylist() == language.emotion(texts) == wide["emotion"].to_pylist()


def test_an_empty_column_has_an_empty_table():
    assert language.label([]).num_rows == 0
    assert label_rows([]).num_rows == 0
    (row,) = language.label([None]).to_pylist()
    assert row["polarity"] == 0.0
    assert row["evidence"] == []


def test_a_text_made_to_be_slow_is_not():
    hostile = ["没想到" * 20_000, "我爸" + "也" * 50_000, "不" * 100_000, "…以为" * 10_000]
    begun = time.perf_counter()
    language.label(hostile)
    assert time.perf_counter() - begun < 5.0


def test_a_clause_is_cut_at_its_marks():
    assert around("演员不错,剧情太乱,还行", 5, 7) == "剧情太乱"
    assert around("剧情", 0, 2) == "剧情"


def test_the_card_was_measured_with_the_packs_at_hand():
    card = label_card()
    assert card["packs"] == {pack.name: pack.digest for pack in read_packs()}
    assert card["emotion"] == language.emotion_version()
    assert labeller().version.startswith("labels-")


@given(st.lists(st.one_of(st.none(), st.text(max_size=30)), max_size=6))
def test_every_text_has_a_language(texts):
    found = languages(texts)
    assert len(found) == len(texts)
    assert set(found) <= set(LANGUAGES)
    assert [languages([text])[0] for text in texts] == found
