"""Learning the scorer's weights from rated texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from longtake.errors import NotEnoughDataError
from longtake.language.judgement.evidence import damped
from longtake.language.reading.ngram import chunks, streams
from longtake.language.reading.normalise import normalise

Progress = Callable[[str], None]

_FINE_BITS = 26
_FEWEST_TIMES = 3
_CHARACTERS = 1 << 18
_DROPOUT = 1.0
_CURVATURE = 0.15


@dataclass(frozen=True, slots=True)
class Rated:
    """Texts with what their writers gave.

    Attributes:
        texts: Raw texts, n of them.
        value: From 0 (worst) to 1 (best), shape (n,); one star is 0, three stars 0.5, five stars 1.
        film: Whether the text is about a film, shape (n,).
        domain: What kind of data each row is from, n names.
    """

    texts: list[str]
    value: NDArray[np.float64]
    film: NDArray[np.bool_]
    domain: NDArray[np.str_]

    @property
    def polar(self) -> NDArray[np.bool_]:
        """Rows that take a side: at most two stars, or at least four."""
        return (self.value <= 0.3) | (self.value >= 0.7)

    def pick(self, rows: NDArray[np.bool_]) -> Rated:
        """Return some of the rows."""
        texts = [text for text, kept in zip(self.texts, rows.tolist(), strict=True) if kept]
        return Rated(texts, self.value[rows], self.film[rows], self.domain[rows])

    def joined(self, other: Rated) -> Rated:
        """Return these rows and others."""
        return Rated(
            self.texts + other.texts,
            np.concatenate((self.value, other.value)),
            np.concatenate((self.film, other.film)),
            np.concatenate((self.domain, other.domain)),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """Texts as counts of hashed n-grams.

    Attributes:
        counts: One row a text, one column a slot.
        turned: The same, transposed and stored by rows.
        scale: What the sum over a row is multiplied by, shape (n,).
    """

    counts: csr_matrix
    turned: csr_matrix
    scale: NDArray[np.float32]

    def pick(self, rows: NDArray[np.bool_]) -> Counted:
        """Return some of the texts."""
        counts = self.counts[np.flatnonzero(rows)]
        return Counted(counts, counts.T.tocsr(), self.scale[rows])


def count(
    texts: Sequence[str | None],
    fold: NDArray[np.uint32],
    *,
    bits: int,
    fewest: int = _FEWEST_TIMES,
    fine_bits: int = _FINE_BITS,
) -> Counted:
    """Count n-grams by slot of a table of 2**bits slots, leaving out the rarest.

    Args:
        texts: Raw texts.
        fold: The table of `fold_table`.
        bits: Logarithm to base 2 of the number of slots.
        fewest: Times an n-gram must occur to count.
        fine_bits: Bits of its hash by which occurrences are counted; at least `bits`.
    """
    owners, hashes, lengths = [], [], []
    for part in chunks(texts, characters=_CHARACTERS):
        batch = normalise(texts[part], fold)
        lengths.append(np.diff(batch.breaks) - 1)
        for stream in streams(batch):
            valid = np.ones(len(stream.hashes), dtype=bool)
            valid[stream.void] = False
            index = np.flatnonzero(valid)
            at = index if stream.at is None else stream.at[index]
            # A window that opens with the border before a text belongs to that text.
            owners.append((np.searchsorted(batch.breaks, at, side="right") - 1 + part.start).astype(np.int32))
            hashes.append((stream.hashes[index] >> np.uint32(32 - fine_bits)).astype(np.int32))
    owner, fine = np.concatenate(owners), np.concatenate(hashes)
    shared = np.bincount(fine, minlength=1 << fine_bits) >= fewest
    kept = shared[fine]
    slots = fine[kept] >> (fine_bits - bits)
    ones = np.ones(len(slots), dtype=np.float32)
    counts = csr_matrix((ones, (owner[kept], slots)), shape=(len(texts), 1 << bits))
    scale = (1.0 / damped(np.concatenate(lengths))).astype(np.float32)
    return Counted(counts, counts.T.tocsr(), scale)


def logistic(
    counted: Counted,
    target: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    penalty: float,
    steps: int,
    offset: NDArray[np.float64] | float = 0.0,
) -> tuple[NDArray[np.float64], float]:
    """Fit slot weights by logistic regression shrunk along the naive Bayes log-count ratio.

    A slot whose n-grams are as frequent on both sides is held near zero; one that is telling is nearly free.
    Solved by L-BFGS in coordinates scaled by the curvature of each slot.

    Args:
        counted: The texts.
        target: Probability of the positive class each row should get, shape (n,).
        weight: Weight of each row, shape (n,).
        penalty: Strength of the part of the shrinkage that is the same for every slot.
        steps: Largest number of iterations.
        offset: Log odds each row has already, shape (n,); the slots learn what is missing.

    Returns:
        Weight of each slot, shape (slots,), and the constant; zeros when all rows are on one side.

    References:
        Wang and Manning (2012), Baselines and bigrams: simple, good sentiment and topic classification, ACL;
        Wager, Wang, Liang (2013), Dropout training as adaptive regularization, arXiv:1307.1493 (the part of
        the shrinkage that follows the curvature).
    """
    turned, scale = counted.turned, counted.scale
    slots = turned.shape[0]
    positive = target > 0.5
    if not weight[positive].any() or not weight[~positive].any():
        return np.zeros(slots), 0.0
    weight = weight / weight.mean()
    curvature = turned @ (_CURVATURE * weight * scale * scale).astype(np.float32)
    shrink = (penalty + _DROPOUT * curvature) * _stiffness(turned, positive, weight)
    step = np.append(1.0 / np.sqrt(curvature + shrink), 1.0 / np.sqrt(_CURVATURE * len(target)))

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = point * step
        slot = moved[:-1]
        raw = scale * (counted.counts @ slot.astype(np.float32)) + moved[-1] + offset
        error = weight * (expit(raw) - target)
        value = np.sum(weight * (np.logaddexp(0.0, raw) - target * raw)) + 0.5 * np.sum(shrink * slot * slot)
        slope = np.empty_like(point)
        slope[:-1] = turned @ (scale * error).astype(np.float32) + shrink * slot
        slope[-1] = error.sum()
        return float(value), slope * step

    start = np.zeros(slots + 1)
    start[-1] = (np.log(weight[positive].sum() / weight[~positive].sum()) - np.mean(offset)) / step[-1]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 7})
    learned = found.x * step
    return learned[:-1], float(learned[-1])


def _stiffness(
    turned: csr_matrix, positive: NDArray[np.bool_], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    with_it = turned @ (weight * positive).astype(np.float32) + 1.0
    without = turned @ (weight * ~positive).astype(np.float32) + 1.0
    ratio = np.abs(
        np.log(with_it / with_it.sum(dtype=np.float64) * (without.sum(dtype=np.float64) / without))
    )
    stiff = 1.0 / np.square(ratio.astype(np.float64) + 0.3)
    frequent = with_it + without >= 5.0
    return np.asarray(stiff / stiff[frequent].mean() if frequent.any() else stiff)


def quantised(weights: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
    """Return weights in whole steps of -127 to 127 and the size of a step; the rarest extremes are cut."""
    used = np.abs(weights[weights != 0.0])
    if not used.size:
        return np.zeros(len(weights), dtype=np.int8), 1.0
    step = float(np.quantile(used, 0.9998)) / 127.0
    return np.clip(np.rint(weights / step), -127, 127).astype(np.int8), step


def ridge_logistic(
    columns: NDArray[np.float64],
    target: NDArray[np.bool_],
    weight: NDArray[np.float64],
    *,
    ridge: float,
) -> NDArray[np.float64]:
    """Fit a small logistic regression by Newton's method; the first column is the constant, not shrunk.

    Args:
        columns: Evidence, shape (c, n).
        target: Class of each row, shape (n,).
        weight: Weight of each row, shape (n,).
        ridge: Strength of the shrinkage of standardised coefficients, relative to the total weight.

    Returns:
        Coefficient of each column, shape (c,).

    Raises:
        NotEnoughDataError: A class has no row.
    """
    if target.all() or not target.any():
        raise NotEnoughDataError("logistic regression", needed=1, got=0, unit="rows of each class")
    weight = weight / weight.sum()
    spread = np.sqrt(np.maximum(columns.var(axis=1), 1e-12))
    spread[0] = 1.0
    shrink = np.diag(np.where(np.arange(len(columns)) == 0, 0.0, ridge) + 1e-9)
    scaled = columns / spread[:, None]
    found = np.zeros(len(columns))
    for _ in range(50):
        chance = expit(found @ scaled)
        slope = scaled @ (weight * (chance - target)) + shrink @ found
        bend = (scaled * (weight * chance * (1.0 - chance))) @ scaled.T + shrink
        move = np.linalg.solve(bend, slope)
        found = found - move
        if np.abs(move).max() < 1e-9:
            break
    return np.asarray(found / spread, dtype=np.float64)
