from __future__ import annotations

import json

import pytest

from longtake.errors import NotFoundError, UnreadableFileError
from longtake.language.judgement.scorer import Scorer
from longtake.language.judgement.weights import read
from longtake.services.training import train
from longtake.services.training.datasets import TEST, TRAIN, TUNE
from longtake.services.training.datasets import read as read_sets


def test_films_and_texts_stand_on_one_side_only(data):
    sets = read_sets(data)
    pairs = list(zip(sets.rated.texts, sets.side, strict=True))
    sides = {side: {text for text, own in pairs if own == side} for side in (TRAIN, TUNE, TEST)}
    assert all(sides.values())
    assert not sides[TEST] & (sides[TRAIN] | sides[TUNE])
    assert not sides[TUNE] & sides[TRAIN]
    assert sets.repeated > 0


@pytest.mark.slow
def test_training_learns_what_is_there_and_gives_the_same_bytes_twice(data, tmp_path):
    lines = list(train(data, tmp_path / "a", bits=12))
    list(train(data, tmp_path / "b", bits=12))
    assert (tmp_path / "a" / "polarity.npz").read_bytes() == (tmp_path / "b" / "polarity.npz").read_bytes()
    assert (tmp_path / "a" / "card.json").read_bytes() == (tmp_path / "b" / "card.json").read_bytes()
    good, bad = Scorer(read(tmp_path / "a")).polarity(["演员精彩，结尾感动", "剧情无聊，节奏拖沓"])
    assert good > 0.5 > -0.5 > bad
    assert any("douban_short" in line for line in lines)
    source = json.loads((tmp_path / "a" / "card.json").read_text("utf-8"))["sources"][0]
    assert source["test"]["auc"] == source["test_at_base_rate"]["auc"] > 0.95


def test_no_text_of_the_data_is_in_what_was_written(data, tmp_path):
    list(train(data, tmp_path, bits=12))
    assert "影片" not in (tmp_path / "card.json").read_text("utf-8")


def test_an_empty_folder_says_what_to_do(tmp_path):
    with pytest.raises(NotFoundError, match="LONGTAKE_DATA"):
        list(train(tmp_path, None))


def test_a_damaged_set_is_named(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "douban_comments.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(UnreadableFileError, match="douban_comments"):
        list(train(tmp_path, None))
