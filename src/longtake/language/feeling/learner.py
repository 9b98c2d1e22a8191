"""From texts with a known emotion to a model: weights, then calibration on rows held out in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from longtake.errors import NotEnoughDataError
from longtake.language.feeling.fit import Grams, count, quantised, softmax_regression
from longtake.language.feeling.scorer import chances
from longtake.language.feeling.table import EMOTIONS, HEAVIEST
from longtake.language.feeling.weights import Weights
from longtake.language.reading.normalise import fold_table, simplified_pairs

BITS = 20
"""Logarithm to base 2 of the table's number of slots."""

FOLDS = 4
"""Parts of the training rows that are held out in turn."""

_STEPS = 30
_FEWEST = 20
_EVENNESS = 0.7

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Felt:
    """Texts with the emotion that people saw in them.

    Attributes:
        texts: Raw texts, n of them.
        kind: Index of the emotion in `EMOTIONS`, shape (n,).
        source: Which set each row is from, n names.
        share: How much each row of its set counts against one of the others, shape (n,).
    """

    texts: list[str]
    kind: NDArray[np.intp]
    source: NDArray[np.str_]
    share: NDArray[np.float64]

    def pick(self, rows: NDArray[np.bool_]) -> Felt:
        """Return some of the rows."""
        texts = [text for text, kept in zip(self.texts, rows.tolist(), strict=True) if kept]
        return Felt(texts, self.kind[rows], self.source[rows], self.share[rows])


def learn(rows: Felt, *, bits: int = BITS, progress: Progress) -> Weights:
    """Learn a model of emotions.

    The rows are dealt into four parts; each part is scored by weights learned from the other three. From
    those scores comes the calibration; then the weights are learned again from all rows.

    Args:
        rows: Texts with their emotions, none of them twice.
        bits: Logarithm to base 2 of the number of slots, at most 24.
        progress: Told what is being done, a line at a time.

    Raises:
        NotEnoughDataError: Fewer than 20 rows of an emotion.
    """
    held = np.bincount(rows.kind, minlength=len(EMOTIONS))
    for name, got in zip(EMOTIONS, held.tolist(), strict=True):
        if got < _FEWEST:
            raise NotEnoughDataError(f"training ({name})", needed=_FEWEST, got=got, unit="rows")
    pairs = simplified_pairs()
    progress(f"counting n-grams of {len(rows.texts):,} texts")
    grams = count(rows.texts, fold_table(pairs), bits=bits)
    target = np.eye(len(EMOTIONS))[rows.kind]
    weight = balanced(rows)
    raw = _crosswise(grams, target, weight, rows, progress)
    sharpness, prior = calibrated(raw, rows)
    progress("learning from all rows")
    learned, base = softmax_regression(grams, target, weight, steps=_STEPS)
    lanes = np.zeros((len(EMOTIONS), 1 << bits), dtype=np.int8)
    unit = np.ones(len(EMOTIONS))
    for index, column in enumerate(learned.T):
        lanes[index, grams.slots], unit[index] = quantised(column, heaviest=HEAVIEST)
    return Weights(
        lanes,
        unit,
        _settled(base),
        _settled(np.array([sharpness])),
        _settled(prior),
        *pairs,
    )


def balanced(rows: Felt) -> NDArray[np.float64]:
    """Return the weight of each row, shape (n,): an emotion's total is its rows to the power 0.3.

    Counted plainly, a rare emotion would hardly be learned; counted alike, it would be named too often.
    """
    names, which = np.unique(rows.source, return_inverse=True)
    cell = which * len(EMOTIONS) + rows.kind
    weight = np.bincount(cell, minlength=len(names) * len(EMOTIONS))[cell] ** -_EVENNESS
    mean = np.bincount(which, weight) / np.bincount(which)
    return np.asarray(weight / mean[which] * rows.share)


def _crosswise(
    grams: Grams, target: NDArray[np.float64], weight: NDArray[np.float64], rows: Felt, progress: Progress
) -> NDArray[np.float64]:
    """Return what weights learned without a row's part say of it, shape (n, 6)."""
    part = parts(rows)
    raw = np.zeros(target.shape)
    for out in range(FOLDS):
        progress(f"learning without part {out + 1} of {FOLDS}")
        kept, left = part != out, part == out
        learned, base = softmax_regression(grams.pick(kept), target[kept], weight[kept], steps=_STEPS)
        tested = grams.pick(left)
        raw[left] = tested.scale[:, None] * (tested.counts @ learned.astype(np.float32)) + base
    return raw


def parts(rows: Felt) -> NDArray[np.intp]:
    """Return the part of each row, shape (n,): every emotion of every set is dealt out evenly, in order."""
    _, cell = np.unique(np.char.add(rows.source, rows.kind.astype(np.str_)), return_inverse=True)
    order = np.argsort(cell, kind="stable")
    part = np.empty(len(cell), dtype=np.intp)
    part[order] = np.arange(len(cell)) % FOLDS
    return part


def calibrated(raw: NDArray[np.float64], rows: Felt) -> tuple[float, NDArray[np.float64]]:
    """Return the sharpness and the six constants with which raw scores are most likely, each set alike.

    Args:
        raw: Scores of rows by weights that had not seen them, shape (n, 6).
        rows: Those rows.
    """
    weight = _alike(rows)
    target = np.eye(len(EMOTIONS))[rows.kind]

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        chance = chances((point[0] * raw + point[1:]).T).T
        said = np.log(np.maximum(chance[np.arange(len(raw)), rows.kind], 1e-30))
        error = weight[:, None] * (chance - target)
        slope = np.concatenate((np.array([np.sum(error * raw)]), error.sum(axis=0)))
        return -float(np.sum(weight * said)), slope

    start = np.concatenate((np.ones(1), np.zeros(len(EMOTIONS))))
    bounds = [(0.05, 20.0), *[(-5.0, 5.0)] * len(EMOTIONS)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), np.asarray(found[1:] - found[1:].mean())


def _alike(rows: Felt) -> NDArray[np.float64]:
    """Return weights that give each set the same total, shape (n,), one in all."""
    names, which = np.unique(rows.source, return_inverse=True)
    return np.asarray((1.0 / (len(names) * np.bincount(which)))[which])


def _settled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values at five significant digits: sums in another order differ later."""
    return np.array([float(f"{value:.4e}") for value in values.tolist()])
