"""Series that could have been instead: drawn from what the time before the start says, no measure in them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from longtake.trial.its.mixture import Ahead, Bank, model
from longtake.trial.its.shapes import PERSISTENCE, courses, persistence
from longtake.trial.its.start import NEVER, Rule

Floats = NDArray[np.float64]


@lru_cache(maxsize=64)
def bank(before: int, after: int, cycle: int) -> Bank:
    """Return the models of a series without gaps.

    Args:
        before: Steps before the start.
        after: Steps from the start on.
        cycle: Steps of the cycle; 0 for none.
    """
    steps = before + after
    return Bank.of(
        courses(steps, before, cycle=cycle), [persistence(steps, rho) for rho in PERSISTENCE], before
    )


def drawn_series(past: Floats, *, after: int, cycle: int, draws: int, rng: np.random.Generator) -> Floats:
    """Return whole series drawn from the models that a past leaves likely, shape (draws, past + after).

    Args:
        past: The series before the start, shape (n,), on the scale of the models.
        after: Steps to add after it.
        cycle: Steps of the cycle; 0 for none.
        draws: Series to draw.
        rng: Source of the draws.
    """
    n = past.size
    made = bank(n, after, cycle)
    found = made.ahead(past[None])
    counts = rng.multinomial(draws, found.weights[0])
    out = []
    for place in np.flatnonzero(counts).tolist():
        course, errors = made.at(place)
        one = model(course.columns, errors, n)
        size = int(counts[place])
        freedom = found.freedom[place]
        deviation = np.sqrt(found.variances[0, place] * freedom / rng.chisquare(freedom, size))[:, None]
        p = course.columns.shape[1]
        lower = np.linalg.cholesky(one.uncertainty + 1e-12 * np.eye(p))
        shift = one.coefficients @ past + deviation * (rng.normal(size=(size, p)) @ lower.T)
        noise = rng.normal(size=(size, n + after)) @ np.linalg.cholesky(errors).T
        out.append(shift @ course.columns.T + deviation * noise)
    return np.concatenate(out)


def placebo_errors(
    series: Floats, rule: Rule, *, window: int, after: int, cycle: int, on_counts: bool
) -> Floats:
    """Return the errors of the forecast at starts the rule picks in series without any measure.

    Args:
        series: Series without a measure, shape (b, t), on the scale of the models.
        rule: The start rule.
        window: Steps before the start that the forecast rests on.
        after: Steps from the start on.
        cycle: Steps of the cycle; 0 for none.
        on_counts: The models' scale is logarithmic; the rule looks at counts.

    Returns:
        Mean of the steps after each start less its forecast, over the forecast's standard deviation; one for
        each series in which the rule finds a start.
    """
    starts = rule.starts(np.exp(series) if on_counts else series)
    held = np.flatnonzero((starts != NEVER) & (starts >= window) & (starts + after <= series.shape[1]))
    if held.size == 0:
        return np.zeros(0)
    steps = starts[held][:, None] + np.arange(-window, after)
    cut = series[held[:, None], steps]
    return standardised(bank(window, after, cycle).ahead(cut[:, :window]), cut[:, window:].mean(axis=1))


def standardised(found: Ahead, mean: Floats) -> Floats:
    """Return means less what was foretold, over its standard deviation, shape (b,)."""
    return np.asarray((mean - found.mean) / found.deviation)
