from __future__ import annotations

import csv
import json
import random

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.language.judgement import adapt, scorer, weights
from longtake.language.judgement.fit import Rated
from longtake.language.judgement.scorer import Scorer
from longtake.services.training import adapt_to, adapting

PRAISE = ("绝绝子", "封神", "上头")
BLAME = ("下头", "塌房", "摆烂")
ABOUT = ("演员", "剧情", "音乐", "节奏", "结尾", "画面", "台词", "镜头")


@pytest.fixture(scope="module", autouse=True)
def _small_base(small_weights):
    patch = pytest.MonkeyPatch()
    patch.setattr(adapting, "PACKAGED", small_weights)
    yield
    patch.undo()


def table(path, n=1200, *, seed=5, honest=True, extra=()):
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("评论", "标签"))
        for number in range(n):
            good = rng.random() < 0.6
            said = PRAISE if good else BLAME
            text = "，".join(f"{rng.choice(ABOUT)}{rng.choice(said)}" for _ in range(rng.randint(1, 4)))
            label = good if honest else rng.random() < 0.6
            out.writerow((f"{text}{number}", "好评" if label else "差评"))
        out.writerows(extra)
    return path


def test_words_the_packaged_weights_do_not_know_are_learned_and_the_verdict_says_so(tmp_path, monkeypatch):
    lines = list(adapt_to(table(tmp_path / "own.csv"), tmp_path / "out"))
    card = json.loads((tmp_path / "out" / "card.json").read_text("utf-8"))
    assert card["better"] is True
    assert card["measured"]["adapted"]["auc"] > 0.95 > card["measured"]["packaged"]["auc"]
    assert any(line.startswith("Better") for line in lines)
    assert lines[-1] == f"export LONGTAKE_WEIGHTS={(tmp_path / 'out').resolve()}"
    monkeypatch.setenv("LONGTAKE_WEIGHTS", str(tmp_path / "out"))
    scorer.scorer.cache_clear()
    try:
        good, bad = scorer.polarity(["演员绝绝子，剧情封神", "剧情下头，结尾摆烂"])
        assert good > 0.3 > -0.3 > bad
        assert scorer.model_version() == card["version"]
    finally:
        scorer.scorer.cache_clear()


def test_the_same_file_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        list(adapt_to(table(tmp_path / "own.csv"), tmp_path / name))
    for made in ("polarity.npz", "card.json"):
        assert (tmp_path / "a" / made).read_bytes() == (tmp_path / "b" / made).read_bytes()
    assert "绝绝子" not in (tmp_path / "a" / "card.json").read_text("utf-8")


def test_labels_that_say_nothing_are_not_recommended(tmp_path):
    lines = list(adapt_to(table(tmp_path / "own.csv", honest=False), tmp_path / "out"))
    assert lines[-1].startswith("Not better than the packaged weights")
    assert not any("export" in line for line in lines)


def test_every_refused_row_is_counted_shown_and_written(tmp_path):
    bad = [("不知道怎么说", "也许"), ("", "好评"), *[("=1+1", "=2")] * 12]
    lines = list(adapt_to(table(tmp_path / "own.csv", extra=bad), tmp_path / "out"))
    assert any("14 refused" in line for line in lines)
    assert any("row 1202" in line and "也许" in line for line in lines)
    assert any("and 4 more" in line for line in lines)
    with (tmp_path / "out" / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))[1:]
    assert len(written) == 14
    assert written[-1][2] == "'=2"


def test_too_few_rows_of_a_side_are_refused_before_anything_is_written(tmp_path):
    with pytest.raises(NotEnoughDataError, match="rows of each side"):
        list(adapt_to(table(tmp_path / "own.csv", n=90), tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_adapting_moves_only_one_lane_and_leaves_even_odds(small_weights):
    base = weights.read(small_weights)
    texts = [f"{ABOUT[i % 8]}{(PRAISE if i % 2 else BLAME)[i % 3]}{i}" for i in range(600)]
    value = [float(i % 2) for i in range(600)]
    made = adapt.adapt(base, rated(texts, value), progress=lambda _: None)
    assert made.strength is not None
    assert made.slots > 0
    assert (made.weights.lanes[1:] == base.lanes[1:]).all()
    assert (made.weights.judgement == base.judgement).all()
    empty, _ = Scorer(made.weights).judge(["", None])
    assert empty.tolist() == [0.5, 0.5]


def rated(texts, value):
    n = len(texts)
    return Rated(texts, np.array(value), np.ones(n, dtype=bool), np.full(n, "own"))
