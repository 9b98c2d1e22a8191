from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake import language
from longtake.errors import UnreadableFileError
from longtake.language.judgement.scorer import Scorer, scorer
from longtake.language.judgement.weights import read, read_card, write

GOOD = [
    "太好看了，强烈推荐",
    "演员很棒，结尾特别感人，值得二刷",
    "非常感動，音樂很好聽",
    "A wonderful, moving film",
]
BAD = [
    "烂片，浪费时间",
    "剧情太尴尬了，一星都嫌多",
    "節奏太慢了，看得想睡覺",
    "boring and predictable, a waste of time",
]


@pytest.mark.parametrize("text", GOOD)
def test_praise_in_any_script_is_above_zero(text):
    assert language.polarity([text])[0] > 0.3


@pytest.mark.parametrize("text", BAD)
def test_blame_in_any_script_is_below_zero(text):
    assert language.polarity([text])[0] < -0.3


def test_a_turn_takes_the_side_of_its_last_clause():
    first, second = language.polarity(["演员很好，但是剧情太烂了", "剧情老套，但是太感人了，推荐"])
    assert first < second


def test_traditional_and_simplified_script_and_full_width_letters_score_alike():
    same = language.polarity(["非常好看，强烈推荐！", "非常好看，強烈推薦！", "非常好看,强烈推荐!"])
    assert same[0] == same[1] == same[2]


def test_a_text_that_says_nothing_scores_zero_and_is_neutral():
    found = language.polarity(["", "   ", None, "\u200b"])
    assert found.tolist() == [0.0] * 4
    assert language.polarity_class(found) == ["neutral"] * 4


@pytest.mark.parametrize("text", ["转发微博", "轉發微博", "转发微博。", "Repost"])
def test_what_an_application_writes_for_a_silent_repost_says_nothing(text):
    assert language.polarity([text, f"{text}，烂片"]).tolist()[0] == 0.0
    assert language.polarity([f"{text}，烂片"])[0] < 0.0


@settings(max_examples=60)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=20), st.randoms())
def test_a_score_does_not_depend_on_its_neighbours(texts, random):
    whole = language.polarity(texts)
    assert whole.shape == (len(texts),)
    assert ((whole >= -1) & (whole <= 1)).all()
    order = list(range(len(texts)))
    random.shuffle(order)
    shuffled = language.polarity([texts[i] for i in order])
    assert shuffled.tolist() == [whole[i] for i in order]
    assert language.polarity([texts[0]])[0] == whole[0]


def test_chunks_do_not_show(monkeypatch):
    texts = [*GOOD, *BAD] * 300
    whole = language.polarity(texts)
    assert (whole[:8] == whole[-8:]).all()
    assert (language.polarity(texts[5:]) == whole[5:]).all()


def test_probabilities_add_up_and_agree_with_the_score():
    texts = [*GOOD, *BAD, "一般"]
    found = language.probabilities(texts)
    assert np.allclose(found.sum(axis=1), 1.0)
    assert np.allclose(found[:, 2] - found[:, 0], language.polarity(texts))


def test_a_text_of_a_million_characters_is_scored():
    assert language.polarity(["好看" * 500_000])[0] > 0


@pytest.mark.parametrize("text", [*GOOD, *BAD, "以为是喜剧，结果坐着哭完的。预告根本不是这个片子"])
def test_the_words_that_decided_lie_in_the_text_and_do_not_overlap(text):
    spans = language.explain(text)
    assert spans
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    heaviest = max(spans, key=lambda span: abs(span[2]))
    assert (heaviest[2] > 0) == (language.polarity([text])[0] > 0)


@given(st.text(max_size=120))
def test_any_text_can_be_explained(text):
    assert all(0 <= start < end <= len(text) for start, end, _ in language.explain(text))


def test_weights_survive_writing_to_the_byte(tmp_path):
    own = scorer().weights
    write(own, {"a": 1}, tmp_path)
    first = (tmp_path / "polarity.npz").read_bytes()
    write(read(tmp_path), {"a": 1}, tmp_path)
    assert (tmp_path / "polarity.npz").read_bytes() == first
    assert read(tmp_path).version == language.model_version()
    assert (Scorer(read(tmp_path)).polarity(GOOD) == language.polarity(GOOD)).all()


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04nonsense", None])
def test_damaged_weights_are_refused_with_what_to_do(tmp_path, damage):
    if damage is not None:
        (tmp_path / "polarity.npz").write_bytes(damage)
    with pytest.raises(UnreadableFileError, match="longtake train"):
        read(tmp_path)


def test_the_shipped_weights_are_small_and_their_card_speaks_of_them(request):
    folder = request.config.rootpath / "src" / "longtake" / "language" / "weights"
    assert (folder / "polarity.npz").stat().st_size <= 8_000_000
    card = read_card(folder)
    assert card["version"] == language.model_version()
    measured = {source["name"]: source["test"] for source in card["sources"] if source["test"]}
    assert measured["douban"]["auc"] > 0.9
    assert measured["maoyan"]["auc"] > 0.94
