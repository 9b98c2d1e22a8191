from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from longtake.errors import NotEnoughDataError, NotFoundError, UnreadableFileError
from longtake.language.feeling.scorer import Feeler
from longtake.language.feeling.table import EMOTIONS
from longtake.language.feeling.weights import read as read_weights
from longtake.services.training.emotions import read, train

WORDS = {
    "angry": ("可恨", "恼火"),
    "happy": ("欢喜", "快活"),
    "sad": ("伤心", "落泪"),
    "fear": ("害怕", "发抖"),
    "surprise": ("惊讶", "想不到"),
    "neutral": ("通知", "报道"),
}
ABOUT = ("早上", "路上", "家里", "单位", "下午", "晚上", "电话", "天气")


def rows(seed, count, part):
    rng = random.Random(seed)
    made = []
    for number in range(count):
        label = EMOTIONS[number % 6]
        text = "，".join(
            f"{rng.choice(ABOUT)}{rng.choice(WORDS[label])}{rng.randint(0, 99)}" for _ in range(3)
        )
        made.append({"content": text, "label": "neural" if label == "neutral" else label, "part": part})
    return made


def save(folder, name, made):
    (folder / "text").mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(made), folder / "text" / f"emotion_{name}.parquet")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("emotions")
    dev = rows(1, 120, "dev")
    taught = rows(2, 900, "train")
    twice = [{**taught[0], "label": "sad"}, taught[0], {**dev[0], "part": "train"}]
    save(folder, "usual", [*taught, *twice, *dev])
    save(folder, "virus", [*rows(3, 300, "train"), *rows(4, 60, "dev")])
    return folder


def test_a_text_counts_once_with_its_most_frequent_label_and_dev_is_kept_apart(data):
    sets = read(data)
    assert sets.repeated == 3
    assert len(set(sets.train.texts)) == len(sets.train.texts) == 1200
    assert not set(sets.train.texts) & set(sets.dev.texts)
    assert sets.train.kind[0] == EMOTIONS.index("angry")
    assert (sets.dev.source == "usual").sum() == 120


@pytest.mark.slow
def test_training_learns_what_is_there_and_gives_the_same_bytes_twice(data, tmp_path):
    lines = list(train(data, tmp_path / "a", bits=12))
    list(train(data, tmp_path / "b", bits=12))
    for name in ("emotion.npz", "emotion_card.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    own = Feeler(read_weights(tmp_path / "a"))
    assert own.emotion([f"家里{words[0]}，路上{words[1]}" for words in WORDS.values()]) == list(EMOTIONS)
    assert any(line.startswith("virus") for line in lines)
    assert "家里" not in (tmp_path / "a" / "emotion_card.json").read_text("utf-8")


def test_nothing_is_written_without_a_place(data, tmp_path):
    lines = list(train(data, None, bits=10))
    assert len(lines) == 4
    assert not list(tmp_path.iterdir())


def test_an_empty_folder_says_what_to_do(tmp_path):
    with pytest.raises(NotFoundError, match="LONGTAKE_DATA"):
        list(train(tmp_path, None))


def test_a_damaged_set_and_an_unknown_label_are_named(tmp_path):
    save(tmp_path, "usual", [{"content": "好", "label": "bored", "part": "train"}])
    with pytest.raises(UnreadableFileError, match="'bored' is none of angry"):
        read(tmp_path)
    (tmp_path / "text" / "emotion_usual.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(UnreadableFileError, match="emotion_usual"):
        read(tmp_path)


def test_an_emotion_with_too_few_rows_is_refused(tmp_path):
    save(tmp_path, "usual", rows(5, 60, "train"))
    with pytest.raises(NotEnoughDataError, match="angry"):
        list(train(tmp_path, None, bits=10))
