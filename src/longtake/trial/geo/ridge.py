"""What donors' weights leave over before the start, taken up by a ridge regression."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.trial.geo.simplex import simplex_weights

Floats = NDArray[np.float64]

PENALTIES = 20
SMALLEST = 1e-8


def augmented(donors: Floats, treated: Floats, weights: Floats, *, penalty: float) -> Floats:
    """Return the weights moved so that the path before the start is followed more closely.

    The weights still sum to one, and may fall below zero: the fit reaches beyond the hull of the donors.

    Args:
        donors: Donors before the start, each less its mean, shape (k, t).
        treated: The treated cities before the start, less their mean, shape (t,).
        weights: Simplex weights, shape (k,).
        penalty: Ridge penalty, above zero; the larger, the nearer to ``weights``.

    Raises:
        ValueError: The penalty is not above zero.

    Examples:
        >>> donors = np.array([[1.0, -1.0], [-1.0, 1.0]])
        >>> augmented(donors, np.array([2.0, -2.0]), np.array([1.0, 0.0]), penalty=4.0).round(6).tolist()
        [1.25, -0.25]

    References:
        Ben-Michael, Feller and Rothstein, 2021, The augmented synthetic control method,
        doi:10.1080/01621459.2021.1929245.
    """
    if not penalty > 0:
        raise ValueError(f"penalty {penalty}")
    common = donors.mean(axis=0)
    around, aim = donors - common, treated - common
    left = aim - weights @ around
    inner = around @ around.T + penalty * np.eye(len(donors))
    return np.asarray(weights + np.linalg.solve(inner, around @ left))


def choose_penalty(donors: Floats, treated: Floats) -> float:
    """Return the largest penalty whose error on days left out is within one standard error of the least.

    Each day before the start is left out in turn and foretold from the others.

    Args:
        donors: Donors before the start, each less its mean, shape (k, t).
        treated: The treated cities before the start, less their mean, shape (t,).

    Examples:
        >>> wave = np.sin(np.arange(12.0))
        >>> donors = np.stack([wave, -wave, 2 * wave])
        >>> choose_penalty(donors, wave) > 1.0
        True
    """
    common = donors.mean(axis=0)
    around, aim = donors - common, treated - common
    most = float(np.linalg.svd(around, compute_uv=False)[0] ** 2)
    if most <= 0:
        return 1.0
    penalties = most * SMALLEST ** (np.arange(PENALTIES + 1) / PENALTIES)
    errors = np.empty((treated.size, penalties.size))
    gram, pull = around @ around.T, around @ aim
    start = None
    for day in range(treated.size):
        column = around[:, day]
        part, toward = gram - np.outer(column, column), pull - column * aim[day]
        start = simplex_weights(part, toward, start)
        value, vector = np.linalg.eigh(part)
        left = vector.T @ (toward - part @ start)
        moved = (vector.T @ column * left) @ (1.0 / (np.maximum(value, 0.0)[:, None] + penalties))
        errors[day] = (aim[day] - start @ column - moved) ** 2
    mean = errors.mean(axis=0)
    best = int(mean.argmin())
    spread = float(errors[:, best].std(ddof=1)) / np.sqrt(treated.size)
    return float(penalties[mean <= mean[best] + spread].max())
