"""How long heat lasts after the last strong push."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from longtake.heat.decomposition.plausible import Plausible
from longtake.heat.renewal.fit import Setting

Floats = NDArray[np.float64]

DOMINANT = 0.5
MOST = 1e12


def excess(near: Plausible, setup: Setting, *, after: int) -> Floats:
    """Return expected counts above the background's with the cycle at its mean, shape (t + after, d).

    After the last step nothing more is pushed; what was pushed goes on inside the averages.
    """
    steps = setup.season.size
    source = np.zeros((steps + after, near.background.size))
    source[:steps] = setup.pushes.T @ near.effects.T
    if setup.drift is None:
        above, below = transfer(near.weights, setup.keep)
        for draw in range(source.shape[1]):
            source[:, draw] = lfilter(above, below[draw], source[:, draw])
    else:
        source = _along(source, np.pad(setup.drift, (0, after), "edge"), near.weights.T, setup.keep)
    return np.asarray(np.clip(np.nan_to_num(source, nan=MOST, posinf=MOST), 0.0, MOST))


def _along(source: Floats, drift: Floats, weights: Floats, keep: Floats) -> Floats:
    """Return all expected counts of n processes whose R moves, source of shape (t, n), weights (k, n)."""
    out = np.empty_like(source)
    level = np.zeros_like(weights)
    fed, kept = (1.0 - keep)[:, None], keep[:, None]
    for t in range(source.shape[0]):
        out[t] = np.minimum(source[t] + drift[t] * (weights * level).sum(axis=0), MOST)
        level = kept * level + fed * out[t]
    return out


def transfer(weights: Floats, keep: Floats) -> tuple[Floats, Floats]:
    """Return the filter that turns what comes from outside into all expected counts.

    ``1 / (1 - sum_k alpha_k (1 - rho_k) z / (1 - rho_k z))`` as polynomials in the lag z.

    Args:
        weights: alpha of n processes, shape (n, k).
        keep: rho, shape (k,).

    Returns:
        The one above, shape (k + 1,), and those below, shape (n, k + 1).

    Examples:
        >>> above, below = transfer(np.array([[0.5]]), np.array([0.0]))
        >>> lfilter(above, below[0], [8.0, 0.0, 0.0]).tolist()
        [8.0, 4.0, 2.0]
    """
    factors = [np.array([1.0, -kept]) for kept in keep.tolist()]
    above = _product(factors)
    parts = np.zeros((keep.size, above.size))
    for i, kept in enumerate(keep.tolist()):
        parts[i, 1:] = (1.0 - kept) * _product([factor for j, factor in enumerate(factors) if j != i])
    return above, above - weights @ parts


def _product(factors: list[Floats]) -> Floats:
    made = np.ones(1)
    for factor in factors:
        made = np.convolve(made, factor)
    return made


def half_lives(excess: Floats) -> Floats:
    """Return the steps from the top after the last dominant push until half of the excess is left.

    Args:
        excess: Expected counts above the background's, daily cycle held at its mean, shape (t, d); long
            enough to have fallen.

    Returns:
        Shape (d,); NaN where half is never reached or there is no excess.

    Examples:
        >>> half_lives(np.array([[0.0], [8.0], [6.0], [2.0], [1.0]])).tolist()
        [1.5]
    """
    steps, draws = excess.shape
    edge = np.zeros((1, draws))
    before, after = np.vstack([edge, excess[:-1]]), np.vstack([excess[1:], edge])
    tops = (excess >= before) & (excess > after) & (excess >= DOMINANT * excess.max(axis=0))
    top = steps - 1 - np.argmax(tops[::-1], axis=0)
    height = excess[top, np.arange(draws)]
    under = (excess <= height / 2) & (np.arange(steps)[:, None] > top)
    reached = under.any(axis=0) & (height > 0)
    place = np.where(reached, np.argmax(under, axis=0), 1)
    column = np.arange(draws)
    last, now = excess[place - 1, column], excess[place, column]
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (last - height / 2) / (last - now)
    return np.asarray(np.where(reached, place - 1 - top + part, np.nan))
