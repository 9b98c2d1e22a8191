"""How long a count keeps breeding further ones: a mixture of exponentials."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float64]

# A log grid of exponentials stands in for any kernel between them, power laws too, and costs O(steps).
FINE_HOURS = (1.0, 4.0, 16.0, 64.0)
COARSE_DAYS = (1.0, 3.0, 9.0, 27.0)
FINE_STEP_HOURS = 6.0
# Weights the data are pulled to where they cannot tell: prompt answers are the most.
USUAL_WEIGHTS = (0.4, 0.3, 0.2, 0.1)


def time_constants(step_hours: float) -> Floats:
    """Return the time constants of the mixture, in steps, shape (4,).

    Args:
        step_hours: Length of a step in hours, above 0.

    Raises:
        ValueError: The step is not above zero.

    Examples:
        >>> time_constants(1.0).tolist(), time_constants(24.0).tolist()
        ([1.0, 4.0, 16.0, 64.0], [1.0, 3.0, 9.0, 27.0])
    """
    if not step_hours > 0:
        raise ValueError(f"step_hours {step_hours} is not above zero")
    if step_hours <= FINE_STEP_HOURS:
        return np.asarray(FINE_HOURS) / step_hours if step_hours <= 1 else np.asarray(FINE_HOURS)
    return np.asarray(COARSE_DAYS) * max(1.0, 24.0 / step_hours)


def keeps(taus: ArrayLike) -> Floats:
    """Return the share that each exponential keeps over one step, ``exp(-1 / tau)``."""
    return np.exp(-1.0 / np.asarray(taus, dtype=np.float64))


def memory(counts: ArrayLike, keep: ArrayLike) -> Floats:
    """Return exponential averages of the past of a series that starts from silence.

    ``e_{k,t+1} = keep_k * e_{k,t} + (1 - keep_k) * y_t`` with ``e_{k,0} = 0``.

    Args:
        counts: Shape (..., t).
        keep: Shape (k,), each in (0, 1).

    Returns:
        Shape (..., k, t); the entry at t knows nothing of ``counts`` at t or later.

    Examples:
        >>> memory([4.0, 0.0, 0.0], [0.5]).tolist()
        [[0.0, 2.0, 1.0]]
    """
    series = np.asarray(counts, dtype=np.float64)
    parts = [lfilter([0.0, 1.0 - k], [1.0, -k], series, axis=-1) for k in np.asarray(keep).tolist()]
    return np.stack(parts, axis=-2)


def forgetting(keep: ArrayLike, steps: int) -> Floats:
    """Return what is left after each step of an average that stood at one, shape (k, steps).

    Examples:
        >>> forgetting([0.5], 3).tolist()
        [[1.0, 0.5, 0.25]]
    """
    return np.asarray(keep, dtype=np.float64)[:, None] ** np.arange(steps)[None, :]


def fade(intensity: ArrayLike, tau: float) -> Floats:
    """Return how an act of promotion works on after it, of the same mass as ``intensity``.

    Args:
        intensity: Shape (..., t).
        tau: Time constant in steps; 0 for an effect that is over with its step.

    Examples:
        >>> fade([1.0, 0.0], 0.0).tolist()
        [1.0, 0.0]

    References:
        Broadbent, 1979, One way TV advertisements work, Journal of the Market Research Society 21(3).
    """
    series = np.asarray(intensity, dtype=np.float64)
    if tau <= 0:
        return series
    kept = float(np.exp(-1.0 / tau))
    return np.asarray(lfilter([1.0 - kept], [1.0, -kept], series, axis=-1))
