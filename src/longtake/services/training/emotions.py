"""Learn the six emotions from labelled texts, and say how well they are told on texts never seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from longtake.errors import NotFoundError, UnreadableFileError
from longtake.language.feeling import learner, whole
from longtake.language.feeling.learner import Felt
from longtake.language.feeling.quality import ClassQuality, class_quality
from longtake.language.feeling.scorer import Feeler
from longtake.language.feeling.table import EMOTIONS
from longtake.language.feeling.weights import Weights, write
from longtake.language.reading.ngram import chunks
from longtake.language.reading.normalise import fold_table, simplified_pairs
from longtake.services.progress import Progress, Silent

SETS = {"usual": "emotion_usual.parquet", "virus": "emotion_virus.parquet"}
SHARE = {"usual": 1.0, "virus": 1.5}
DIGITS = 4
LICENCE = "research data (SMP2020-EWECT), not redistributed: the package holds hashed weights alone"
SPLIT = (
    "as published: learned from `train`, measured on `dev`; texts of train that dev holds too were left out; "
    "a text labelled more than once counts once, with its most frequent label; "
    "everything was chosen on parts of train held out in turn"
)
_SPELLING = {"neural": "neutral"}
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class EmotionSets:
    """Texts to learn from and texts to measure on.

    Attributes:
        train: Texts to learn from, each once.
        dev: Texts to measure on, as published, repeats and all.
        repeated: Rows of train that were left out because another row, or dev, holds the same text.
    """

    train: Felt
    dev: Felt
    repeated: int


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    kind: int
    source: str


def read(folder: Path) -> EmotionSets:
    """Read the labelled texts of a folder.

    Raises:
        NotFoundError: The folder holds none of the sets.
        UnreadableFileError: A set is damaged, lacks a column or has an unknown label.
    """
    text = folder / "text"
    found = {name: text / file for name, file in SETS.items() if (text / file).exists()}
    if not found:
        raise NotFoundError(
            "emotion set", str(text), fix="Set LONGTAKE_DATA to the folder that holds `text`."
        )
    dev: list[_Row] = []
    rows: list[_Row] = []
    for name, path in found.items():
        for row, part in _records(path, name):
            (dev if part == "dev" else rows).append(row)
    held = set(_keys([row.text for row in dev]))
    votes: dict[bytes, list[_Row]] = {}
    for key, row in zip(_keys([row.text for row in rows]), rows, strict=True):
        if key not in held:
            votes.setdefault(key, []).append(row)
    kept = []
    for same in votes.values():
        kind, _ = Counter(row.kind for row in same).most_common(1)[0]
        kept.append(_Row(same[0].text, kind, same[0].source))
    return EmotionSets(_felt(kept), _felt(dev), len(rows) - len(kept))


def train(
    data: Path, out: Path | None, *, bits: int = learner.BITS, progress: Progress | None = None
) -> Iterator[str]:
    """Train the six emotions on the sets of a folder and yield lines that say how well it does.

    Args:
        data: Folder with ``text/emotion_*.parquet``.
        out: Where to write ``emotion.npz`` and ``emotion_card.json``; nothing is written when None.
        bits: Logarithm to base 2 of the number of slots.
        progress: Where to show progress.

    Raises:
        NotFoundError: The folder holds no set.
        UnreadableFileError: A set is damaged, lacks a column or has an unknown label.
        NotEnoughDataError: Too few rows of an emotion.
    """
    bar = progress or Silent()
    bar.begin("train", None)
    sets = read(data)
    weights = learner.learn(sets.train, bits=bits, progress=lambda note: bar.advance(note=note))
    measured = measure(weights, sets.dev)
    yield f"{weights.version}: {len(sets.train.texts):,} rows trained on, {sets.repeated:,} repeats left out"
    yield f"{'set':<8}{'n':>7}{'accuracy':>10}{'macro F1':>10}{'ECE':>7}" + "".join(
        f"{name:>10}" for name in EMOTIONS
    )
    for name, found in measured.items():
        each = "".join(f"{value:>10.3f}" for value in found.f1)
        yield f"{name:<8}{found.n:>7,}{found.accuracy:>10.3f}{found.macro_f1:>10.3f}{found.ece:>7.3f}{each}"
    if out is not None:
        for path in write(weights, card(weights, sets, measured), out):
            yield str(path)


def measure(weights: Weights, rows: Felt) -> dict[str, ClassQuality]:
    """Return the quality on each set, by name."""
    own = Feeler(weights)
    made = {}
    for name in sorted(set(rows.source.tolist())):
        part = rows.pick(rows.source == name)
        named = np.array([EMOTIONS.index(kind) for kind in own.emotion(part.texts)], dtype=np.intp)
        made[name] = class_quality(named, part.kind, own.probabilities(part.texts))
    return made


def card(weights: Weights, sets: EmotionSets, measured: Mapping[str, ClassQuality]) -> dict[str, Any]:
    """Return the model card: what it was trained on, how it was split, how well it does."""
    return {
        "model": "six emotions of short texts, hashed character n-grams",
        "version": weights.version,
        "licence_of_data": LICENCE,
        "split": SPLIT,
        "emotions": list(EMOTIONS),
        "sources": [
            {
                "name": name,
                "rows_train": int(np.sum(sets.train.source == name)),
                "rows_dev": int(np.sum(sets.dev.source == name)),
                "dev": {
                    "n": found.n,
                    "accuracy": round(found.accuracy, DIGITS),
                    "macro_f1": round(found.macro_f1, DIGITS),
                    "ece": round(found.ece, DIGITS),
                    "f1": {kind: round(f1, DIGITS) for kind, f1 in zip(EMOTIONS, found.f1, strict=True)},
                },
            }
            for name, found in measured.items()
        ],
    }


def _records(path: Path, name: str) -> Iterator[tuple[_Row, str]]:
    try:
        rows = pq.read_table(path, columns=["content", "label", "part"]).to_pylist()
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFileError(path, f"no table with content, label, part ({error})") from error
    for row in rows:
        label = _SPELLING.get(row["label"], row["label"])
        if label not in EMOTIONS:
            raise UnreadableFileError(path, f"{label!r} is none of {', '.join(EMOTIONS)}")
        yield _Row(row["content"] or "", EMOTIONS.index(label), name), row["part"]


def _felt(rows: list[_Row]) -> Felt:
    return Felt(
        [row.text for row in rows],
        np.array([row.kind for row in rows], dtype=np.intp),
        np.array([row.source for row in rows], dtype=np.str_),
        np.array([SHARE[row.source] for row in rows]),
    )


def _keys(texts: list[str]) -> list[bytes]:
    """Return a digest of each text as the model reads it."""
    fold = fold_table(simplified_pairs())
    keys = []
    for part in chunks(texts, characters=_BLOCK):
        batch = whole.read(texts[part], fold)
        for start, end in zip(batch.breaks[:-1].tolist(), batch.breaks[1:].tolist(), strict=True):
            keys.append(blake2b(batch.codes[start:end].tobytes(), digest_size=8).digest())
    return keys
