"""How much of what people will bring could be seen by now."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def seen_by(delays: Floats, windows: Floats, ages: Floats) -> Floats:
    """Return the share of delays that are no longer than each age, from delays cut off on the right.

    A delay is in the file only where it was no longer than the time its inviter was followed, its window;
    long ones are missing, and more so among the newest. The product limit in reverse time undoes that. It
    knows nothing beyond the longest window: shares are of the people brought within it.

    Args:
        delays: Days from an inviter's coming to the invited person's, shape (d,).
        windows: Days each of those inviters was followed, not below the delay, shape (d,).
        ages: Days to ask for, shape (n,).

    Returns:
        Shares in [0, 1], shape (n,); 1 everywhere without any delay.

    Raises:
        ValueError: A delay is longer than its window, or their numbers differ.

    Examples:
        >>> seen_by(np.array([1.0, 2.0]), np.array([5.0, 5.0]), np.array([0.5, 1.0, 3.0])).tolist()
        [0.0, 0.5, 1.0]
        >>> seen_by(np.array([1.0, 1.0, 3.0]), np.array([2.0, 4.0, 4.0]), np.array([1.0])).round(3).tolist()
        [0.5]

    References:
        Lagakos, Barraj, De Gruttola, 1988, Nonparametric analysis of truncated survival data, with
        application to AIDS, doi:10.1093/biomet/75.3.515.
    """
    if len(delays) != len(windows) or bool((delays > windows).any()):
        raise ValueError(f"{len(delays)} delays, {len(windows)} windows, each delay within its own")
    if not len(delays):
        return np.ones(len(ages))
    at, events = np.unique(delays, return_counts=True)
    began = np.cumsum(events)
    ended = np.searchsorted(np.sort(windows), at, side="left")
    risk = np.maximum(began - ended, events)
    factor = 1.0 - events / risk
    # Where nobody with a shorter delay was followed so long, nothing is known of how common this one is.
    factor[1:][factor[1:] <= 0] = 1.0
    # The share below a delay is the product of the factors at it and beyond.
    below = np.append(np.cumprod(factor[::-1])[::-1], 1.0)
    return np.asarray(below[np.searchsorted(at, ages, side="right")])
