"""Learning the weights of n-grams for several classes at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from longtake.language.feeling.scorer import chances
from longtake.language.feeling.whole import opened
from longtake.language.judgement import fit as counting

_FINE_BITS = 24
_FEWEST_TEXTS = 5
_PENALTY = 2.5
_DROPOUT = 1.0
_CURVATURE = 0.15
_FLOOR = 0.3


@dataclass(frozen=True, slots=True)
class Grams:
    """Texts as counts of the n-grams that at least five of them share.

    Attributes:
        counts: One row a text, one column an n-gram, shape (n, v).
        slots: Slot of each column in the table, rising, shape (v,).
        scale: What the sum over a row is multiplied by, shape (n,).
    """

    counts: csr_matrix
    slots: NDArray[np.int64]
    scale: NDArray[np.float32]

    def pick(self, rows: NDArray[np.bool_]) -> Grams:
        """Return some of the texts."""
        return Grams(self.counts[np.flatnonzero(rows)], self.slots, self.scale[rows])


def count(texts: list[str], fold: NDArray[np.uint32], *, bits: int) -> Grams:
    """Count n-grams, those that fall into one slot of a table of 2**bits slots together."""
    counted = counting.count([text or "" for text in opened(texts)], fold, bits=_FINE_BITS)
    kept = np.flatnonzero(np.diff(counted.turned.indptr) >= _FEWEST_TEXTS)
    slots, column = np.unique(kept >> (_FINE_BITS - bits), return_inverse=True)
    shared = counted.turned[kept].T.tocoo()
    counts = csr_matrix((shared.data, (shared.row, column[shared.col])), shape=(len(texts), len(slots)))
    return Grams(counts, slots, counted.scale)


def softmax_regression(
    grams: Grams, target: NDArray[np.float64], weight: NDArray[np.float64], *, steps: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit n-gram weights by multinomial logistic regression shrunk along the naive Bayes log-count ratio.

    For each class, an n-gram that is as frequent outside the class is held near zero; one that is telling is
    nearly free. Solved by L-BFGS in coordinates scaled by the curvature of each n-gram.

    Args:
        grams: The texts, n of them, with v n-grams.
        target: Probability each row should get for each of k classes, shape (n, k); no class without rows.
        weight: Weight of each row, shape (n,).
        steps: Largest number of iterations.

    Returns:
        Weight of each n-gram for each class, shape (v, k), each row adding up to zero, and the constants,
        shape (k,).

    References:
        Wang and Manning (2012), Baselines and bigrams: simple, good sentiment and topic classification, ACL;
        Wager, Wang, Liang (2013), Dropout training as adaptive regularization, arXiv:1307.1493 (the part of
        the shrinkage that follows the curvature).
    """
    counts, scale = grams.counts, grams.scale[:, None]
    turned = counts.T.tocsr()
    weight = weight / weight.mean()
    curvature = turned @ (_CURVATURE * weight * grams.scale * grams.scale).astype(np.float32)
    held = np.asarray(turned @ (target * weight[:, None]).astype(np.float32), dtype=np.float64) + 1.0
    shrink = (_PENALTY + _DROPOUT * curvature)[:, None] * _stiffness(held)
    free = np.full((1, target.shape[1]), (_CURVATURE * len(target)) ** -0.5)
    step = np.concatenate((1.0 / np.sqrt(curvature[:, None] + shrink), free))

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = point.reshape(step.shape) * step
        slot = moved[:-1]
        raw = scale * (counts @ slot.astype(np.float32)) + moved[-1]
        chance = chances(raw.T).T
        said = np.log(np.maximum(chance, 1e-30))
        error = weight[:, None] * (chance - target)
        value = -np.sum(weight[:, None] * target * said) + 0.5 * np.sum(shrink * slot * slot)
        slope = np.empty_like(step)
        slope[:-1] = turned @ (scale * error).astype(np.float32) + shrink * slot
        slope[-1] = error.sum(axis=0)
        return float(value), (slope * step).ravel()

    start = np.zeros(step.shape)
    start[-1] = np.log((target * weight[:, None]).mean(axis=0)) / step[-1]
    options = {"maxiter": steps, "maxcor": 6}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    learned = found.x.reshape(step.shape) * step
    learned -= learned.mean(axis=1, keepdims=True)
    return learned[:-1], learned[-1]


def _stiffness(held: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how hard each weight is held to zero from how often each n-gram stands in each class."""
    whole = held.sum(axis=1, keepdims=True)
    other = np.maximum(whole - held, 1.0)
    ratio = np.abs(np.log(held / held.sum(axis=0)) - np.log(other / other.sum(axis=0)))
    stiff = 1.0 / np.square(ratio + _FLOOR)
    frequent = whole[:, 0] >= _FEWEST_TEXTS + held.shape[1]
    return np.asarray(stiff / stiff[frequent].mean(axis=0) if frequent.any() else stiff)


def quantised(weights: NDArray[np.float64], *, heaviest: int) -> tuple[NDArray[np.int8], float]:
    """Return weights in whole steps up to a size, and the size of a step; the rarest extremes are cut.

    Examples:
        >>> steps, unit = quantised(np.array([0.0, 1.0, -2.0]), heaviest=2)
        >>> steps.tolist(), round(unit, 3)
        ([0, 1, -2], 1.0)
    """
    used = np.abs(weights[weights != 0.0])
    if not used.size:
        return np.zeros(len(weights), dtype=np.int8), 1.0
    step = float(f"{np.quantile(used, 0.9998) / heaviest:.5e}")
    return np.clip(np.rint(weights / step), -heaviest, heaviest).astype(np.int8), step
