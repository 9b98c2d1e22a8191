"""How good a two-class scorer is: accuracy, macro F1, AUC and expected calibration error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from longtake.errors import NotEnoughDataError


@dataclass(frozen=True, slots=True)
class Quality:
    """Measured quality on rows with a known class.

    Attributes:
        n: Rows.
        positive: Share of positive rows.
        accuracy: Share of rows on the right side of one half.
        macro_f1: Mean of the F1 of the positive and of the negative class.
        auc: Chance that a positive row scores above a negative one, ties counted half.
        ece: Expected calibration error over ten equal bins of the probability.
    """

    n: int
    positive: float
    accuracy: float
    macro_f1: float
    auc: float
    ece: float


def quality(probability: NDArray[np.float64], positive: NDArray[np.bool_]) -> Quality:
    """Measure probabilities of the positive class against the truth.

    Args:
        probability: Probability of the positive class, shape (n,).
        positive: Whether each row is positive, shape (n,).

    Raises:
        NotEnoughDataError: A class has no row.

    Examples:
        >>> quality(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])).auc
        0.75

    References:
        Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks, arXiv:1706.04599.
    """
    positives, negatives = int(positive.sum()), int((~positive).sum())
    if not positives or not negatives:
        raise NotEnoughDataError("AUC", needed=1, got=0, unit="rows of each class")
    said = probability >= 0.5
    ranks = rankdata(probability)
    auc = (ranks[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives)
    return Quality(
        n=len(positive),
        positive=positives / len(positive),
        accuracy=float(np.mean(said == positive)),
        macro_f1=(f1(said, positive) + f1(~said, ~positive)) / 2,
        auc=float(auc),
        ece=expected_calibration_error(probability, positive),
    )


def f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Return the harmonic mean of precision and recall; 0 when nothing was found or nothing was there.

    Examples:
        >>> f1(np.array([True, True, False]), np.array([True, False, True]))
        0.5
    """
    both = int(said.sum() + true.sum())
    return 2.0 * int((said & true).sum()) / both if both else 0.0


def expected_calibration_error(
    probability: NDArray[np.float64], positive: NDArray[np.bool_], *, bins: int = 10
) -> float:
    """Return the mean distance of stated probability and observed share, weighted by rows of each bin.

    Examples:
        >>> expected_calibration_error(np.array([0.75] * 4), np.array([True, True, True, False]))
        0.0
    """
    cell = np.minimum((probability * bins).astype(np.int64), bins - 1)
    stated = np.bincount(cell, probability, minlength=bins)
    seen = np.bincount(cell, positive.astype(np.float64), minlength=bins)
    return float(np.abs(stated - seen).sum() / len(positive))
