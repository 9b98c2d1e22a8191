"""Polarity of texts: how good a judgement they hold, from -1 to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.language.judgement import weights as files
from longtake.language.judgement.calibration import apply
from longtake.language.judgement.evidence import batches
from longtake.language.judgement.table import Table
from longtake.language.judgement.weights import Weights
from longtake.language.reading.normalise import fold_table

CLASSES = ("neg", "neutral", "pos")
"""Classes of polarity, in the order of the columns of `Scorer.probabilities`."""

_CHARACTERS = 1 << 15


class Scorer:
    """Scores texts with one set of weights.

    Memory stays bounded whatever the number of texts: they are read in runs of some 32,000 characters.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.table = Table.of(weights.lanes, weights.unit, weights.base)
        self.fold = fold_table((weights.traditional, weights.simplified))

    def judge(self, texts: Sequence[str | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the probabilities of good (against bad) and of middling, two arrays of shape (n,).

        A text without a single visible character is one half good and surely middling.
        """
        good, middling = np.full(len(texts), 0.5), np.ones(len(texts))
        for part, columns in batches(self.table, self.fold, texts, characters=_CHARACTERS):
            said = columns[0] > 0.0
            good[part], middling[part] = np.where(said, judged(self.weights, columns), [[0.5], [1.0]])
        return good, middling

    def probabilities(self, texts: Sequence[str | None]) -> NDArray[np.float64]:
        """Return the probability of each of `CLASSES`, shape (n, 3), rows adding up to 1."""
        good, middling = self.judge(texts)
        positive = (1.0 - middling) * good
        negative = (1.0 - middling) * (1.0 - good)
        return np.stack((negative, middling, positive), axis=1)

    def polarity(self, texts: Sequence[str | None]) -> NDArray[np.float64]:
        """Return the probability of positive less that of negative, in [-1, 1], shape (n,)."""
        good, middling = self.judge(texts)
        return (1.0 - middling) * (2.0 * good - 1.0)

    def polarity_class(self, scores: ArrayLike) -> list[str]:
        """Return the class of each score."""
        values = np.asarray(scores, dtype=np.float64)
        band = float(self.weights.band[0])
        index = np.where(values > band, 2, np.where(values < -band, 0, 1))
        return [CLASSES[i] for i in index.ravel().tolist()]


def judged(weights: Weights, columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities of good and of middling from evidence, shape (2, n)."""
    good = apply(weighted(weights.judgement, columns), weights.judgement_at, weights.judgement_share)
    openness = good * (1.0 - good)
    raw = weighted(weights.middling[:-1], columns) + weights.middling[-1] * openness
    return np.stack((good, apply(raw, weights.middling_at, weights.middling_share)))


def weighted(coefficients: NDArray[np.float64], columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weighted sum of columns, added in order so that no library may reorder it."""
    total = np.zeros(columns.shape[1])
    for coefficient, column in zip(coefficients.tolist(), columns, strict=True):
        total += coefficient * column
    return total


@cache
def scorer(folder: Path | None = None) -> Scorer:
    """Return the scorer of a folder's weights; of ``$LONGTAKE_WEIGHTS``, else the packaged one, when None.

    Raises:
        UnreadableFileError: The weights are missing or damaged.
    """
    return Scorer(files.read(folder or files.chosen()))


def polarity(texts: Sequence[str | None]) -> NDArray[np.float64]:
    """Score how good a judgement each text holds.

    Simplified and traditional Chinese, English, and mixtures. An empty text, None, or one without a visible
    character scores 0.0. What stands beyond the first 1,048,576 characters of a text is not read. A text's
    score does not depend on the texts beside it.

    Args:
        texts: Raw texts, n of them.

    Returns:
        Probability of a positive less that of a negative judgement, in [-1, 1], shape (n,).

    Raises:
        UnreadableFileError: The packaged weights are damaged.

    Examples:
        >>> scores = polarity(["太好看了，强烈推荐", "烂片，浪费时间", ""])
        >>> [bool(scores[0] > 0.5), bool(scores[1] < -0.5), float(scores[2])]
        [True, True, 0.0]

    References:
        Wang and Manning (2012), Baselines and bigrams: simple, good sentiment and topic classification, ACL
        (weights shrunk by their naive Bayes log-count ratio); Weinberger et al. (2009), Feature hashing for
        large scale multitask learning, doi:10.1145/1553374.1553516.
    """
    return scorer().polarity(texts)


def polarity_class(scores: ArrayLike) -> list[str]:
    """Return ``neg``, ``neutral`` or ``pos`` for each score of `polarity`.

    Examples:
        >>> polarity_class([-0.9, 0.0, 0.9])
        ['neg', 'neutral', 'pos']
    """
    return scorer().polarity_class(scores)


def probabilities(texts: Sequence[str | None]) -> NDArray[np.float64]:
    """Return calibrated probabilities of `CLASSES` for each text, shape (n, 3)."""
    return scorer().probabilities(texts)


def model_version() -> str:
    """Return the name of the packaged weights; it changes whenever one of their numbers does."""
    return scorer().weights.version


def model_card() -> Mapping[str, object]:
    """Return what the packaged weights were trained on and how well they do, per kind of data."""
    return files.read_card(files.chosen())
