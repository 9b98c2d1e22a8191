"""What the field does instead: a window's ratio, and a cumulative sum of likelihood ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.design import design
from longtake.heat.renewal.fades import fit_design
from longtake.heat.renewal.fit import Fit, Setting, setting
from longtake.heat.renewal.kernel import fade, keeps, memory, time_constants
from longtake.heat.renewal.paths import draw
from longtake.heat.renewal.seasoned import columns
from longtake.simulate.renewal import RenewalWorld

Floats = NDArray[np.float64]

WINDOW = 24
FALL = 0.7
LEARN = 240


def window_ratio(counts: Floats, season: Floats, kernel: Sequence[tuple[float, float]]) -> Floats:
    """Return the conjugate estimate of R over the last day (Cori et al., 2013), kernel known, shape (t,)."""
    keep = keeps([tau for tau, _ in kernel])
    bred = season * (np.array([weight for _, weight in kernel]) @ memory(counts, keep))
    whole = np.cumsum(np.concatenate([np.zeros((2, 1)), np.stack([counts, bred])], axis=1), axis=1)
    first = np.maximum(np.arange(counts.size) + 1 - WINDOW, 0)
    sums = whole[:, 1:] - whole[:, first]
    return np.asarray((1.0 + sums[0]) / (0.2 + sums[1]))


def cumulative_ratio(world: RenewalWorld, seed: int) -> int | None:
    """Return the first alarm of a CUSUM of log-likelihood ratios, fitted on the first ten days."""
    events = {name: one[:LEARN] for name, one in world.events.items()}
    early = design(world.counts[:LEARN], step_hours=1.0, events=events, seasonality=world.season[:LEARN])
    found, _, fade_steps = fit_design(early)
    whole = design(world.counts, step_hours=1.0, events=world.events, seasonality=world.season)
    setup = setting(whole.season, fade(whole.events, fade_steps), keeps(time_constants(1.0)), whole.seen)
    # A pulse after the tenth day was never seen: its effect is the mean of those that were.
    known = whole.events[:, :LEARN].any(axis=1)
    effects = found.effects.copy()
    effects[0, ~known] = found.effects[0, known].mean() if known.any() else 0.0
    fitted = replace(found, effects=effects)
    drawn = draw(np.random.default_rng([seed, 9]), fitted, setup, draws=60)
    highest = [_sums(fitted, setup, one)[LEARN:].max() for one in drawn]
    own = _sums(fitted, setup, world.counts)
    over = np.flatnonzero(own[LEARN:] > np.quantile(highest, 0.95))
    return LEARN + int(over[0]) if over.size else None


def _sums(found: Fit, setup: Setting, counts: Floats) -> Floats:
    tall = columns(replace(found, counts=counts[None]), setup)
    j, k = found.effects.shape[1], setup.keep.size
    theta = found.coefficients[0]
    bred = theta[1 + j : 1 + j + k] @ tall[1 + j : 1 + j + k]
    mean = np.maximum(theta @ tall, 1e-9)
    less = np.maximum(mean - (1 - FALL) * bred, 1e-9)
    size = 1.0 / found.scatter[0]
    ratio = counts * np.log(less / mean) + (counts + size) * np.log((size + mean) / (size + less))
    sums = np.zeros(counts.size)
    level = 0.0
    for t in range(counts.size):
        level = max(0.0, level + float(ratio[t])) if t >= LEARN else 0.0
        sums[t] = level
    return sums
