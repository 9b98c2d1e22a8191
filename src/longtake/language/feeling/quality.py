"""How good a classifier of several classes is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.errors import NotEnoughDataError
from longtake.language.judgement.quality import expected_calibration_error, f1


@dataclass(frozen=True, slots=True)
class ClassQuality:
    """Measured quality on rows with a known class.

    Attributes:
        n: Rows.
        accuracy: Share of rows named right.
        macro_f1: Mean of the F1 of the classes.
        f1: F1 of each class, in order; 0 for a class that is neither there nor named.
        ece: Expected calibration error of the probability of the named class, over ten equal bins.
    """

    n: int
    accuracy: float
    macro_f1: float
    f1: tuple[float, ...]
    ece: float


def class_quality(
    named: NDArray[np.intp], true: NDArray[np.intp], probability: NDArray[np.float64]
) -> ClassQuality:
    """Measure named classes and their probabilities against the truth.

    Args:
        named: Index of the class named for each row, shape (n,).
        true: Index of the true class, shape (n,).
        probability: Probability of each of k classes, shape (n, k).

    Raises:
        NotEnoughDataError: No row.

    Examples:
        >>> even = np.full((4, 2), 0.5)
        >>> found = class_quality(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 0]), even)
        >>> found.accuracy, found.macro_f1, found.ece
        (0.5, 0.5, 0.0)

    References:
        Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks, arXiv:1706.04599.
    """
    if not len(true):
        raise NotEnoughDataError("quality", needed=1, got=0, unit="rows")
    each = tuple(f1(named == kind, true == kind) for kind in range(probability.shape[1]))
    right = named == true
    stated = probability[np.arange(len(true)), named]
    return ClassQuality(
        n=len(true),
        accuracy=float(np.mean(right)),
        macro_f1=sum(each) / len(each),
        f1=each,
        ece=expected_calibration_error(stated, right),
    )
