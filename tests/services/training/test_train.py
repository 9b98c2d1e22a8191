from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from longtake.errors import NotFoundError, UnreadableFileError
from longtake.language.judgement.scorer import Scorer
from longtake.language.judgement.weights import read
from longtake.services.training import train
from longtake.services.training.datasets import TEST, TRAIN, TUNE
from longtake.services.training.datasets import read as read_sets

PRAISE = ("好看", "感动", "推荐", "精彩", "喜欢", "值得")
BLAME = ("难看", "尴尬", "失望", "无聊", "拖沓", "浪费")
ABOUT = ("演员", "剧情", "音乐", "节奏", "结尾", "画面", "台词", "镜头")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    (folder / "text").mkdir()
    rng = random.Random(3)
    rows = []
    for number in range(3000):
        stars = rng.choice((1, 2, 3, 4, 5, 5))
        words = PRAISE if stars > 3 else BLAME if stars < 3 else ("一般", "还行")
        text = "，".join(f"{rng.choice(ABOUT)}{rng.choice(words)}" for _ in range(rng.randint(1, 4)))
        rows.append({"film": f"影片{number % 60}", "stars": stars, "text": f"{text}{number % 7}"})
    pq.write_table(pa.Table.from_pylist(rows), folder / "text" / "douban_comments.parquet")
    return folder


def test_films_and_texts_stand_on_one_side_only(data):
    sets = read_sets(data)
    pairs = list(zip(sets.rated.texts, sets.side, strict=True))
    sides = {side: {text for text, own in pairs if own == side} for side in (TRAIN, TUNE, TEST)}
    assert all(sides.values())
    assert not sides[TEST] & (sides[TRAIN] | sides[TUNE])
    assert not sides[TUNE] & sides[TRAIN]
    assert sets.repeated > 0


def test_training_learns_what_is_there_and_gives_the_same_bytes_twice(data, tmp_path):
    lines = list(train(data, tmp_path / "a", bits=12))
    list(train(data, tmp_path / "b", bits=12))
    assert (tmp_path / "a" / "polarity.npz").read_bytes() == (tmp_path / "b" / "polarity.npz").read_bytes()
    assert (tmp_path / "a" / "card.json").read_bytes() == (tmp_path / "b" / "card.json").read_bytes()
    good, bad = Scorer(read(tmp_path / "a")).polarity(["演员精彩，结尾感动", "剧情无聊，节奏拖沓"])
    assert good > 0.5 > -0.5 > bad
    assert any("douban_short" in line for line in lines)


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
