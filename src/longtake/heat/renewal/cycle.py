"""The daily or weekly cycle of a series, told from the series itself when nothing better is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc

Floats = NDArray[np.float64]

CYCLES = 5
# Own counts are a poor witness of the cycle: a chance pattern must not be taken for one.
CHANCE = 1e-4
HARMONICS = 3


def own_cycle(counts: ArrayLike, *, step_hours: float) -> Floats:
    """Return the cycle of the counts, mean 1, or ones where none can be told from chance.

    Harmonics of a day (steps of at most six hours) or of a week (daily steps) are fitted to the logarithm of
    the counts less its moving mean over one cycle. The cycle of other titles is better: a film's own events
    enter a cycle estimated from the film alone.

    Args:
        counts: Shape (t,); NaN is missing.
        step_hours: Length of a step in hours.

    Returns:
        Shape (t,), mean 1.

    Examples:
        >>> own_cycle([5.0] * 72, step_hours=1.0).tolist() == [1.0] * 72
        True

    References:
        Cleveland et al., 1990, STL: a seasonal-trend decomposition procedure based on loess, Journal of
        Official Statistics 6(1).
    """
    series = np.asarray(counts, dtype=np.float64)
    length = cycle_length(step_hours)
    flat = np.ones(series.size)
    if length is None or series.size < CYCLES * length:
        return flat
    seen = np.isfinite(series)
    height = np.where(seen, np.log(np.where(seen, series, 0.0) + 0.5), 0.0)
    window = np.ones(length)
    near = np.convolve(seen, window, "same")
    level = np.convolve(height, window, "same") / np.maximum(near, 1)
    use = seen & (near >= 0.75 * length)
    use[: length // 2] = use[series.size - length // 2 :] = False
    if use.sum() < 3 * length:
        return flat
    angle = 2 * np.pi * np.arange(series.size) / length
    waves = min(HARMONICS, (length - 1) // 2)
    columns = np.stack([part(k * angle) for k in range(1, waves + 1) for part in (np.sin, np.cos)], axis=1)
    rest = (height - level)[use]
    rest = rest - rest.mean()
    found, *_ = np.linalg.lstsq(columns[use], rest, rcond=None)
    left = rest - columns[use] @ found
    freedom = int(use.sum()) - columns.shape[1] - 1
    spread = float(left @ left)
    gain = float(rest @ rest) - spread
    if spread <= 0 or gain <= 1e-12 * max(1.0, spread):
        return flat
    ratio = (gain / columns.shape[1]) / (spread / freedom)
    # Neighbouring steps repeat each other: a third of them count.
    if fdtrc(columns.shape[1], freedom / 3, ratio / 3) > CHANCE:
        return flat
    cycle = np.exp(columns @ found)
    return np.asarray(cycle / cycle[:length].mean())


def cycle_length(step_hours: float) -> int | None:
    """Return the steps of one cycle: a day of fine steps, a week of daily ones; None for other steps.

    Examples:
        >>> cycle_length(1.0), cycle_length(24.0), cycle_length(168.0)
        (24, 7, None)
    """
    if step_hours <= 6 and (24 / step_hours).is_integer():
        return int(24 / step_hours)
    return 7 if step_hours == 24 else None
