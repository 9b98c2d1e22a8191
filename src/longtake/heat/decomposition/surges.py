"""Pushes that nobody named: hours far above anything chance or breeding makes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from longtake.heat.renewal.design import Design
from longtake.heat.renewal.fit import Fit, Setting, fit
from longtake.heat.renewal.kernel import fade

Floats = NDArray[np.float64]

# Probability of one such step in a whole series without any.
CHANCE = 1e-3
MOST = 12
SEARCHES = 2


def name_surges(
    found: Fit, setup: Setting, given: Design, fade_steps: float
) -> tuple[Fit, Setting, NDArray[np.int64]]:
    """Return a fit in which surges that nothing explains have pushes of their own, and where they begin.

    Left alone, a hidden push counts as breeding: two of them lift R from .3 to .45. The steps are those
    whose count the negative binomial of the fit all but rules out.

    Args:
        found: The fit without them.
        setup: Its setting; the new pushes are appended to its own.
        given: Series and events.
        fade_steps: How long such a push works on, in steps.
    """
    places = np.zeros(0, dtype=np.int64)
    plain = setup
    for _ in range(SEARCHES):
        more = np.setdiff1d(_beginnings(found, given), places)[: MOST - places.size]
        if not more.size:
            break
        places = np.sort(np.concatenate([places, more]))
        setup = replace(plain, pushes=fade(with_surges(given, places).events, fade_steps))
        found = fit(found.counts, setup, rounds=6)
    return found, setup, places


def with_surges(given: Design, places: NDArray[np.int64]) -> Design:
    """Return the design with a push of its own at each place, after the named events."""
    own = np.zeros((places.size, given.season.size))
    own[np.arange(places.size), places] = 1.0
    names = (*given.names, *(f"unnamed {place}" for place in places.tolist()))
    return replace(given, names=names, events=np.concatenate([given.events, own]))


def _beginnings(found: Fit, given: Design) -> NDArray[np.int64]:
    """Return the steps that open a surge, most surprising first."""
    mean, size = found.mean[0], 1.0 / float(found.scatter[0])
    chance = np.where(given.counts > mean, upper_tail(given.counts, mean, size), 1.0)
    high = (chance < CHANCE / given.counts.size) & given.seen
    opens = np.flatnonzero(high & ~np.concatenate([[False], high[:-1]]))
    return opens[np.argsort(chance[opens], kind="stable")]


def upper_tail(counts: Floats, mean: Floats, size: float) -> Floats:
    """Return the probability of at least so many counts under a negative binomial.

    Args:
        counts: Shape (t,).
        mean: Shape (t,), above 0.
        size: One over phi.

    Examples:
        A geometric law (size 1) with mean 1: three or more with probability one eighth.

        >>> upper_tail(np.array([3.0]), np.array([1.0]), 1.0).round(9).tolist()
        [0.125]
    """
    share = mean / (mean + size)
    return np.where(counts > 0, betainc(np.maximum(counts, 1e-9), size, share), 1.0)
