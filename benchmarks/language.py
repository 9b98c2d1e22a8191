"""Polarity: accuracy, calibration and speed beside SnowNLP, cnsenti and scikit-learn, on unseen texts.

    longtake bench language [--data FOLDER] [--sample 400] [--taught 100000] [--cv K] [--write]

Every row of a set scores the same sampled texts, drawn once with a fixed seed from the films and texts kept
apart from training. scikit-learn's TF-IDF and logistic regression learn from a stated sample of the same
training rows. A peer that is not installed says so.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks._folds import by_film
from benchmarks._page import Page
from longtake.language.judgement.baserate import adjusted, base_rate
from longtake.language.judgement.fit import Rated
from longtake.language.judgement.quality import quality
from longtake.language.judgement.scorer import model_version, probabilities
from longtake.services.training.datasets import TEST, Dataset, read

SEED = 20
LEAST = 40
REPEATS = 3
SPEED_TEXTS = 50_000

Scored = Callable[[list[str]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Peer:
    """Someone who tells good from bad.

    Attributes:
        name: What the table calls it.
        score: Probability of good for each text; None when it is not installed.
    """

    name: str
    score: Scored | None


def main(arguments: list[str] | None = None) -> None:
    """Measure every set and print the table."""
    parser = argparse.ArgumentParser(description="Polarity benchmark.")
    folder = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data")
    parser.add_argument("--data", type=Path, default=folder, help="folder that holds `text`")
    parser.add_argument("--sample", type=int, default=400, help="texts of each set that everyone scores")
    parser.add_argument("--taught", type=int, default=100_000, help="rows scikit-learn learns from")
    parser.add_argument("--cv", type=int, default=0, metavar="K", help="also retrain K times, films apart")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/language.md")
    options = parser.parse_args(arguments)
    if not (options.data / "text").is_dir():
        print(f"measuring data absent: {options.data} (set LONGTAKE_DATA)")
        return
    dataset = read(options.data)
    tested = dataset.rated.pick(dataset.side == TEST)
    tested = tested.pick(tested.polar)
    peers = [
        Peer("Longtake", longtake),
        _sklearn(dataset, options.taught),
        _snownlp(),
        _cnsenti(),
    ]
    rows = [row for name in sorted(set(tested.domain)) for row in _set(name, tested, peers, options.sample)]
    rows += _whole(tested)
    if options.cv:
        chance, positive = by_film(dataset, options.cv)
        for name, made in (("", chance), (", at base rate", adjusted(chance, base_rate(chance)))):
            who = f"Longtake, {options.cv} folds of films{name}"
            rows.append(["douban_short", who, f"{len(made):,}", *_cells(made, positive), "–", "–"])
    page = _page(rows, options.sample, options.taught)
    page.show()
    if options.write:
        page.write()


def longtake(texts: list[str]) -> NDArray[np.float64]:
    """Return the probability of good against bad."""
    found = probabilities(texts)
    sided = found[:, 0] + found[:, 2]
    return np.where(sided > 0, found[:, 2] / np.maximum(sided, 1e-12), 0.5)


def _set(name: str, tested: Rated, peers: Sequence[Peer], sample: int) -> list[list[str]]:
    own = np.flatnonzero(tested.domain == name)
    if len(own) < LEAST:
        return []
    chosen = np.sort(np.random.default_rng(SEED).permutation(own)[:sample])
    texts = [tested.texts[i] for i in chosen]
    positive = tested.value[chosen] > 0.5
    rows, ours = [], 0.0
    for peer in peers:
        if peer.score is None:
            rows.append([name, peer.name, str(len(texts)), "not installed", *["–"] * 5])
            continue
        seconds, chance = _timed(peer.score, texts)
        speed = len(texts) / seconds
        ours = ours or speed
        cells = _cells(chance, positive)
        rows.append([name, peer.name, str(len(texts)), *cells, f"{speed:,.0f}", f"{ours / speed:,.1f}"])
    return rows


def _whole(tested: Rated) -> list[list[str]]:
    """Return our rows on every held-out text, with the speed on a long column."""
    rows = []
    for name in sorted(set(tested.domain)):
        own = tested.pick(tested.domain == name)
        if len(own.texts) < LEAST:
            continue
        seconds, chance = _timed(longtake, own.texts)
        cells = _cells(chance, own.value > 0.5)
        speed = f"{len(own.texts) / seconds:,.0f}"
        rows.append([name, "Longtake, every text", f"{len(own.texts):,}", *cells, speed, "–"])
        cells = _cells(adjusted(chance, base_rate(chance)), own.value > 0.5)
        rows.append([name, "Longtake, every text, at base rate", f"{len(own.texts):,}", *cells, "–", "–"])
    column = (tested.texts * (SPEED_TEXTS // max(len(tested.texts), 1) + 1))[:SPEED_TEXTS]
    seconds, _ = _timed(longtake, column)
    length = sum(map(len, column)) / len(column)
    what = f"a column of {len(column):,}, {length:.0f} characters each"
    return [*rows, ["all", "Longtake", what, *["–"] * 4, f"{len(column) / seconds:,.0f}", "–"]]


def _cells(chance: NDArray[np.float64], positive: NDArray[np.bool_]) -> list[str]:
    if positive.all() or not positive.any():
        return ["–"] * 4
    found = quality(chance, positive)
    return [f"{value:.3f}" for value in (found.accuracy, found.macro_f1, found.auc, found.ece)]


def _timed(score: Scored, texts: list[str]) -> tuple[float, NDArray[np.float64]]:
    """Return the best of three times when one takes under a second, and the scores."""
    score(texts[:2])
    seconds, chance = np.inf, np.zeros(0)
    for _ in range(REPEATS):
        begun = time.perf_counter()
        chance = score(texts)
        seconds = min(seconds, time.perf_counter() - begun)
        if seconds > 1.0:
            break
    return float(seconds), chance


def _sklearn(dataset: Dataset, taught: int) -> Peer:
    name = "scikit-learn TF-IDF + LR"
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
    except ImportError:
        return Peer(name, None)
    learned = np.flatnonzero((dataset.side != TEST) & dataset.rated.polar)
    chosen = np.random.default_rng(SEED).permutation(learned)[:taught]
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=3, sublinear_tf=True),
        LogisticRegression(C=4.0, max_iter=200),
    )
    model.fit([dataset.rated.texts[i] for i in chosen], dataset.rated.value[chosen] > 0.5)
    return Peer(name, lambda texts: np.asarray(model.predict_proba(texts)[:, 1]))


def _snownlp() -> Peer:
    try:
        from snownlp import SnowNLP
    except ImportError:
        return Peer("SnowNLP", None)

    def score(texts: list[str]) -> NDArray[np.float64]:
        return np.array([SnowNLP(text).sentiments if text.strip() else 0.5 for text in texts])

    return Peer("SnowNLP", score)


def _cnsenti() -> Peer:
    try:
        from cnsenti import Sentiment
    except ImportError:
        return Peer("cnsenti", None)
    judge = Sentiment()

    def score(texts: list[str]) -> NDArray[np.float64]:
        counts = [judge.sentiment_count(text) for text in texts]
        return np.array([(c["pos"] + 0.5) / (c["pos"] + c["neg"] + 1.0) for c in counts])

    return Peer("cnsenti", score)


def _page(rows: list[list[str]], sample: int, taught: int) -> Page:
    return Page(
        name="language",
        title={"en": "Polarity", "zh": "情感极性"},
        intro={
            "en": f"`{model_version()}`. Films and texts kept apart from training, at most two stars against "
            f"at least four; {sample} texts of each set, the same for everyone, one run, one process. "
            f"scikit-learn learned from {taught:,} of the same training rows; SnowNLP and cnsenti come as "
            "they are. The ratio is our speed over theirs. cnsenti counts words: its probability is its "
            "share of positive words. Below, every held-out text; at base rate: after the share of good "
            "texts was estimated from the set's own texts, without labels.",
            "zh": f"`{model_version()}`。影片与文本均未参与训练，一二星对四五星；每个数据集取 {sample} 条，"
            f"各家同样的文本、同一次运行、单进程。scikit-learn 用同一训练集中的 {taught:,} 条训练；"
            "SnowNLP 与 cnsenti 用其自带模型或词典。倍数为我们的速度除以对方的速度。"
            "cnsenti 只数词，其概率取正面词所占比例。表末是全部留出文本上的结果；"
            "at base rate：不看标签，先估出该数据集的好评占比再换算。",
        },
        header={
            "en": (
                "set",
                "who",
                "texts",
                "accuracy",
                "macro F1",
                "AUC",
                "calibration error",
                "comments/s",
                "ratio",
            ),
            "zh": ("数据集", "谁", "条数", "准确率", "宏 F1", "AUC", "校准误差", "条/秒", "倍数"),
        },
        rows=rows,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
