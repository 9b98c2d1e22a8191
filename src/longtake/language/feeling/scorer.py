"""Which emotion each text shows, and how likely each of the six is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longtake.language.feeling import weights as files
from longtake.language.feeling.table import EMOTIONS, Table, sums
from longtake.language.feeling.weights import Weights
from longtake.language.feeling.whole import read
from longtake.language.judgement.evidence import damped
from longtake.language.reading.ngram import chunks
from longtake.language.reading.normalise import Codes, fold_table

NEUTRAL = EMOTIONS.index("neutral")

_CHARACTERS = 1 << 15
_SPACE = 32


class Feeler:
    """Reads emotions with one set of weights.

    Memory stays bounded whatever the number of texts: they are read in runs of some 32,000 characters.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.table = Table.of(weights.lanes)
        self.fold = fold_table((weights.traditional, weights.simplified))

    def raw(self, batch: Codes) -> NDArray[np.float64]:
        """Return what normalised texts say for each emotion, before calibration, shape (6, n)."""
        length = np.diff(batch.breaks) - 1
        found = sums(self.table, batch) * self.weights.unit[:, None]
        return np.asarray(found / damped(length) + self.weights.base[:, None])

    def judge(self, batch: Codes) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the emotion of normalised texts, shape (n,), and its log odds, shape (6, n).

        Of a text without a visible character the log odds say nothing but neutral.
        """
        raw = self.raw(batch)
        named = np.argmax(raw, axis=0)
        levels = float(self.weights.sharpness[0]) * raw + self.weights.prior[:, None]
        visible = np.add.reduceat(batch.codes > _SPACE, batch.breaks, dtype=np.int64)[:-1] > 0
        silent = np.where(np.arange(len(EMOTIONS)) == NEUTRAL, 0.0, -np.inf)[:, None]
        return np.where(visible, named, NEUTRAL), np.where(visible, levels, silent)

    def _judged(
        self, texts: Sequence[str | None]
    ) -> Iterator[tuple[slice, NDArray[np.intp], NDArray[np.float64]]]:
        for part in chunks(texts, characters=_CHARACTERS):
            yield part, *self.judge(read(texts[part], self.fold))

    def emotion(self, texts: Sequence[str | None]) -> list[str]:
        """Return one of `EMOTIONS` for each text."""
        named: list[str] = []
        for _, index, _ in self._judged(texts):
            named.extend(EMOTIONS[i] for i in index.tolist())
        return named

    def named(self, texts: Sequence[str | None]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the index of each text's emotion and its probability, two arrays of shape (n,)."""
        which, sure = np.full(len(texts), NEUTRAL), np.ones(len(texts))
        for part, index, levels in self._judged(texts):
            which[part] = index
            sure[part] = chances(levels)[index, np.arange(len(index))]
        return which, sure

    def probabilities(self, texts: Sequence[str | None]) -> NDArray[np.float64]:
        """Return the probability of each of `EMOTIONS`, shape (n, 6), rows adding up to 1."""
        made = np.zeros((len(texts), len(EMOTIONS)))
        for part, _, levels in self._judged(texts):
            made[part] = chances(levels).T
        return made


def chances(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities of log odds over the first axis.

    Examples:
        >>> chances(np.log(np.array([[1.0], [3.0]]))).round(12).tolist()
        [[0.25], [0.75]]
    """
    grown = np.exp(levels - levels.max(axis=0))
    return np.asarray(grown / grown.sum(axis=0))


@cache
def feeler(folder: Path | None = None) -> Feeler:
    """Return the model in a folder; of ``$LONGTAKE_WEIGHTS``, else the packaged one, when None.

    Raises:
        UnreadableFileError: The weights are missing or damaged.
    """
    return Feeler(files.read(folder or files.chosen()))


def emotion(texts: Sequence[str | None]) -> list[str]:
    """Name the emotion that each text shows.

    Simplified and traditional Chinese, and what English the training texts held. An empty text, None, or one
    without a visible character is neutral. Unlike polarity, which is the writer's own, the emotion is that
    of the whole post, with the chain ``//@…`` that it forwards. Rare emotions are named a little sooner than
    their probability alone would have them, as they were learned, so that they are not overlooked: the name
    need not be the most probable of `emotion_probabilities`. A text's emotion does not depend on the texts
    beside it.

    Args:
        texts: Raw texts, n of them.

    Returns:
        One of ``angry``, ``happy``, ``sad``, ``fear``, ``surprise`` and ``neutral`` for each text, n names.

    Raises:
        UnreadableFileError: The packaged weights are damaged.

    Examples:
        >>> emotion(["气死我了，太恶心了", "哈哈哈太开心了", "难过得哭了一晚上", None])
        ['angry', 'happy', 'sad', 'neutral']

    References:
        Wang and Manning (2012), Baselines and bigrams: simple, good sentiment and topic classification, ACL
        (weights shrunk by their naive Bayes log-count ratio); Weinberger et al. (2009), Feature hashing for
        large scale multitask learning, doi:10.1145/1553374.1553516. The six classes are those of the
        evaluation of Weibo emotion classification at SMP 2020 (SMP2020-EWECT).
    """
    return feeler().emotion(texts)


def emotion_probabilities(texts: Sequence[str | None]) -> NDArray[np.float64]:
    """Return calibrated probabilities of `EMOTIONS` for each text.

    Args:
        texts: Raw texts, n of them.

    Returns:
        Probabilities in [0, 1], shape (n, 6), each row adding up to 1; a text without a visible character is
        surely neutral.

    Raises:
        UnreadableFileError: The packaged weights are damaged.

    Examples:
        >>> emotion_probabilities([""]).tolist()
        [[0.0, 0.0, 0.0, 0.0, 0.0, 1.0]]

    References:
        Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks, arXiv:1706.04599
        (one sharpness for all classes, with a bias for each).
    """
    return feeler().probabilities(texts)


def emotion_version() -> str:
    """Return the name of the weights in use; it changes whenever one of their numbers does."""
    return feeler().weights.version


def emotion_card() -> Mapping[str, object]:
    """Return what the weights in use were trained on and how well they do, per set."""
    return files.read_card(files.chosen())
