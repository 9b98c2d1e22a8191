"""Hourly counts that breed further counts, pushed by promotion, with every part known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Activity by hour of the Chinese day, mean 1: low before dawn, high at noon and in the evening.
DAY_HOURS = np.array(
    [
        *(0.9, 0.55, 0.33, 0.22, 0.17, 0.19, 0.34, 0.62, 0.85, 0.95, 1.02, 1.12),
        *(1.35, 1.25, 1.05, 1.0, 1.02, 1.1, 1.25, 1.4, 1.6, 1.75, 1.65, 1.32),
    ]
)
DAY_HOURS /= DAY_HOURS.mean()


@dataclass(frozen=True, slots=True)
class Push:
    """One act of promotion.

    Attributes:
        start: Hour it begins.
        hours: How long it lasts, at least 1.
        mass: Counts it brings directly, spread over its hours and their fading.
        fade_hours: Time constant of the fading after each hour; zero for none.
    """

    start: int
    hours: int
    mass: float
    fade_hours: float = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Cascade:
    """A world of :func:`cascade`; arrays have shape (n,).

    Attributes:
        counts: What happened in each hour.
        promoted: Those a push or the background brought directly.
        organic: Those that earlier ones bred; ``promoted + organic == counts``.
        expected: Mean of the counts before any happened (past enters through its mean), daily cycle included.
        smooth: The same with the daily cycle held at its mean.
        calm: ``smooth`` without the pushes: what the background alone keeps up.
        reproduction: Further counts one count breeds, hour by hour (R).
        direct_share: Promoted over all counts, in [0, 1].
        exogenous_share: Share of the expected counts that would not be there without the pushes.
        half_life_hours: Hours from the highest ``smooth`` after the last dominant push until half of what
            is above the background is left; NaN when it never is.
    """

    counts: NDArray[np.int64]
    promoted: NDArray[np.int64]
    organic: NDArray[np.int64]
    expected: Floats
    smooth: Floats
    calm: Floats
    reproduction: Floats
    direct_share: float
    exogenous_share: float
    half_life_hours: float


def cascade(
    rng: np.random.Generator,
    *,
    hours: int,
    pushes: Sequence[Push],
    reproduction: Floats | float,
    background: float = 1.0,
    kernel: Sequence[tuple[float, float]] = ((2.0, 0.5), (12.0, 0.35), (48.0, 0.15)),
    profile: Floats = DAY_HOURS,
    first_hour: int = 0,
    scatter: float = 0.03,
) -> Cascade:
    """Return hourly counts of a renewal process with promotion.

    ``mean_t = s_t * (background + pushes_t + R_t * sum_k w_k e_kt)`` where ``e_k`` is an exponential average
    of earlier counts over the daily cycle with time constant ``tau_k``; counts are negative binomial with
    variance ``mean + scatter * mean**2``. A binomial draw splits an hour into its direct and its bred part.

    Args:
        rng: Source of chance.
        hours: Length n.
        pushes: What promotion brings.
        reproduction: R, one number or shape (n,), at least 0.
        background: Counts an hour that come whatever is done.
        kernel: Pairs of time constant in hours and weight; weights add up to 1.
        profile: Daily cycle by hour of day, mean 1, shape (24,).
        first_hour: Hour of day of the first hour.
        scatter: Over-dispersion of the counts, 0 for Poisson.

    Raises:
        ValueError: Weights do not add up to 1, R is negative, or the expected counts run away.

    References:
        Hawkes, 1971, Spectra of some self-exciting and mutually exciting point processes,
        doi:10.1093/biomet/58.1.83.
        Cori et al., 2013, A new framework and software to estimate time-varying reproduction numbers during
        epidemics, doi:10.1093/aje/kwt133.
    """
    r = np.broadcast_to(np.asarray(reproduction, dtype=np.float64), (hours,)).copy()
    weights = np.array([weight for _, weight in kernel])
    if abs(weights.sum() - 1) > 1e-9 or (r < 0).any():
        raise ValueError(f"kernel weights {weights.tolist()}, lowest R {r.min()}")
    keep = np.exp(-1.0 / np.array([tau for tau, _ in kernel]))
    cycle = profile[(np.arange(hours) + first_hour) % 24]
    flat = np.ones(hours)
    pushed = pulses(pushes, hours)
    expected = _mean(cycle, background + pushed, r, weights, keep)
    without = _mean(cycle, np.full(hours, background), r, weights, keep)
    smooth = _mean(flat, background + pushed, r, weights, keep)
    calm = _mean(flat, np.full(hours, background), r, weights, keep)
    if not np.isfinite(expected).all() or expected.max() > 1e9:
        raise ValueError("the expected counts run away: R stays above one for too long")
    counts = np.zeros(hours, dtype=np.int64)
    promoted = np.zeros(hours, dtype=np.int64)
    memory = np.zeros(weights.size)
    for t in range(hours):
        direct = cycle[t] * (background + pushed[t])
        mean = direct + cycle[t] * r[t] * float(weights @ memory)
        luck = rng.gamma(1 / scatter, scatter) if scatter > 0 else 1.0
        counts[t] = rng.poisson(mean * luck)
        promoted[t] = rng.binomial(counts[t], direct / mean) if mean > 0 else 0
        memory = keep * memory + (1 - keep) * counts[t] / cycle[t]
    total = max(1, int(counts.sum()))
    return Cascade(
        counts=counts,
        promoted=promoted,
        organic=counts - promoted,
        expected=expected,
        smooth=smooth,
        calm=calm,
        reproduction=r,
        direct_share=float(promoted.sum() / total),
        exogenous_share=float(1 - without.sum() / expected.sum()) if expected.sum() > 0 else 0.0,
        half_life_hours=half_life(smooth, calm),
    )


def pulses(pushes: Sequence[Push], hours: int) -> Floats:
    """Return what pushes bring directly in each hour, daily cycle not yet applied, shape (hours,).

    Examples:
        >>> pulses([Push(1, 2, 10.0, 0.0)], 4).tolist()
        [0.0, 5.0, 5.0, 0.0]
    """
    out = np.zeros(hours)
    for push in pushes:
        even = np.zeros(hours)
        even[push.start : push.start + push.hours] = push.mass / push.hours
        if push.fade_hours > 0:
            fade = math.exp(-1.0 / push.fade_hours)
            level = 0.0
            for t in range(hours):
                level = fade * level + (1 - fade) * even[t]
                out[t] += level
        else:
            out += even
    return out


def half_life(smooth: Floats, calm: Floats) -> float:
    """Return hours from the last dominant top until half of the excess over ``calm`` is left.

    Examples:
        >>> half_life(np.array([0.0, 8.0, 6.0, 2.0]), np.zeros(4))
        1.5
    """
    excess = smooth - calm
    inner = np.flatnonzero((excess[1:-1] >= excess[:-2]) & (excess[1:-1] > excess[2:])) + 1
    tops = inner[excess[inner] >= excess.max() / 2] if inner.size else np.array([int(excess.argmax())])
    top = int(tops[-1]) if tops.size else int(excess.argmax())
    under = np.flatnonzero(excess[top:] <= excess[top] / 2)
    if not under.size:
        return math.nan
    after = top + int(under[0])
    before = after - 1
    part = (excess[before] - excess[top] / 2) / (excess[before] - excess[after])
    return float(before - top + part)


def fading_half_life(smooth: Floats, *, left: float = 0.05) -> float:
    """Return the half-life of the straight line through ``log(smooth)`` from its top until ``left`` of it.

    This is what a log-linear fit of the whole fall estimates; :func:`half_life` is when the first half is
    gone, which comes sooner where a prompt response is followed by a slow one.

    Examples:
        >>> round(fading_half_life(2.0 ** (-np.arange(100.0) / 7)), 6)
        7.0
    """
    top = int(smooth.argmax())
    under = np.flatnonzero(smooth[top:] < left * smooth[top])
    stop = top + int(under[0]) if under.size else smooth.size
    if stop - top < 3:
        return math.nan
    slope = float(np.polyfit(np.arange(stop - top), np.log(smooth[top:stop]), 1)[0])
    return math.log(2.0) / -slope if slope < 0 else math.nan


def _mean(cycle: Floats, source: Floats, r: Floats, weights: Floats, keep: Floats) -> Floats:
    """Return expected counts when the past enters through its mean."""
    out = np.zeros(cycle.size)
    memory = np.zeros(weights.size)
    for t in range(cycle.size):
        level = source[t] + r[t] * float(weights @ memory)
        out[t] = cycle[t] * level
        memory = keep * memory + (1 - keep) * level
    return out
