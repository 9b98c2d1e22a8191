"""Learn the weights, measure them on the rows kept apart, and write both down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from longtake.language.judgement import learner
from longtake.language.judgement.baserate import adjusted, base_rate
from longtake.language.judgement.fit import Rated
from longtake.language.judgement.quality import Quality, quality
from longtake.language.judgement.scorer import Scorer
from longtake.language.judgement.weights import Weights, write
from longtake.services.progress import Progress, Silent
from longtake.services.training.datasets import TEST, TRAIN, TUNE, Dataset, read

LEAST = 40
EMPHASIS = {"douban_short": 3.0, "english_film": 2.0}
"""Weight of a row of a small set, beside a weight of 1 for a row of the large ones."""

DIGITS = 4
BASE = "   at base rate: accuracy, macro F1, ECE"
LICENCE = "research data, not redistributed: the package holds hashed weights alone"
SPLIT = (
    "films by a hash of their name, other texts by a hash of the text; about a fifth for testing; "
    "test texts that training holds too were left out"
)


def train(
    data: Path, out: Path | None, *, bits: int = learner.BITS, progress: Progress | None = None
) -> Iterator[str]:
    """Train polarity on the sets of a folder and yield lines that say how well it does.

    Args:
        data: Folder with ``text/*.parquet``.
        out: Where to write ``polarity.npz`` and ``card.json``; nothing is written when None.
        bits: Logarithm to base 2 of the number of slots.
        progress: Where to show progress.

    Raises:
        NotFoundError: The folder holds no set.
        NotEnoughDataError: Too few rows take a side.
    """
    bar = progress or Silent()
    bar.begin("train", None)
    dataset = read(data)
    rated, side = dataset.rated, dataset.side
    weights = learner.learn(
        rated.pick(side == TRAIN),
        rated.pick(side == TUNE),
        bits=bits,
        emphasis=EMPHASIS,
        progress=lambda note: bar.advance(note=note),
    )
    measured, level = measure(weights, rated.pick(side == TEST))
    trained = int((side != TEST).sum())
    yield f"{weights.version}: {trained:,} rows trained on, {dataset.repeated:,} repeats left out"
    yield f"{'set':<14}{'n':>8}{'positive':>10}{'accuracy':>10}{'macro F1':>10}{'AUC':>8}{'ECE':>8}{BASE}"
    for name, found in measured.items():
        own = level[name]
        yield (
            f"{name:<14}{found.n:>8,}{found.positive:>10.3f}{found.accuracy:>10.3f}"
            f"{found.macro_f1:>10.3f}{found.auc:>8.3f}{found.ece:>8.3f}"
            f"{own.accuracy:>16.3f}{own.macro_f1:>10.3f}{own.ece:>8.3f}"
        )
    if out is not None:
        for path in write(weights, card(weights, dataset, measured, level), out):
            yield str(path)


def measure(weights: Weights, rated: Rated) -> tuple[dict[str, Quality], dict[str, Quality]]:
    """Return the quality on each kind of data with enough rows that take a side, by name.

    First of judgements as they are, at even odds; then at the base rate that the kind's own judgements,
    without any label, speak for.
    """
    scorer = Scorer(weights)
    sided = rated.pick(rated.polar)
    good, _ = scorer.judge(sided.texts)
    made, level = {}, {}
    for name in sorted(set(sided.domain.tolist())):
        own = sided.domain == name
        positive = sided.value[own] > 0.5
        if own.sum() >= LEAST and 0 < positive.sum() < own.sum():
            made[name] = quality(good[own], positive)
            level[name] = quality(adjusted(good[own], base_rate(good[own])), positive)
    return made, level


def card(
    weights: Weights, dataset: Dataset, measured: Mapping[str, Quality], level: Mapping[str, Quality]
) -> dict[str, Any]:
    """Return the model card: what it was trained on, how it was split, how well it does."""
    domain, side = dataset.rated.domain, dataset.side
    return {
        "model": "polarity of short texts, hashed character n-grams",
        "version": weights.version,
        "licence_of_data": LICENCE,
        "split": SPLIT,
        "sources": [
            {
                "name": name,
                "rows_train": int(np.sum((domain == name) & (side == TRAIN))),
                "rows_tune": int(np.sum((domain == name) & (side == TUNE))),
                "rows_test": int(np.sum((domain == name) & (side == TEST))),
                "test": _rounded(measured[name]) if name in measured else None,
                "test_at_base_rate": _rounded(level[name]) if name in level else None,
            }
            for name in sorted(set(domain.tolist()))
        ],
    }


def _rounded(found: Quality) -> dict[str, float | int]:
    return {key: round(value, DIGITS) if key != "n" else value for key, value in asdict(found).items()}
