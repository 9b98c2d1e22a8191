"""Score tests of a fall in R at every onset, as the counts come in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.fit import Fit, Setting, early_level, prior_precision
from longtake.heat.renewal.seasoned import columns

Floats = NDArray[np.float64]

SEED = 411
FINE = 12
# Squared height that a 90 % interval of the onset may lose: no chi-square, an onset is no smooth parameter.
ONSET_DROP = 5.94


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What the test saw.

    Attributes:
        highest: Highest standardised score at each step that is watched, shape (n,).
        onset: Onset at which it was reached, shape (n,).
        earliest: First onset whose height is within the interval of the highest, shape (n,).
        latest: Last such onset, shape (n,).
        watched: Steps that are watched, shape (n,).
        threshold: Height that a series without a fall passes with the stated probability.
    """

    highest: Floats
    onset: NDArray[np.int64]
    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]
    watched: NDArray[np.int64]
    threshold: float

    @property
    def alarm(self) -> int | None:
        """First watched step at which the height is passed; None when it never is."""
        over = np.flatnonzero(self.highest > self.threshold)
        return int(self.watched[over[0]]) if over.size else None


def scores(
    found: Fit,
    given: Setting,
    *,
    quiet: int,
    longest: int,
    shortest: int,
    stride: int,
    false_alarm: float,
    draws: int = 200,
) -> Scores:
    """Return the running score test of ``R -> (1 - d) R`` from an unknown onset on.

    At each watched step all coefficients are refitted, in effect, to what was seen so far: the score of a
    fall is freed from background, events, kernel and start by projection. The threshold is the quantile of
    the same maximum under Gaussian noise of the fitted variance, passed through the same projection: what
    is not known of the kernel is in it.

    Args:
        found: Fit without a fall.
        given: Its setting.
        quiet: Steps before the first onset that is thought of.
        longest: Steps an onset may lie back.
        shortest: Steps that must follow an onset.
        stride: Steps between onsets tried.
        false_alarm: Probability of any alarm on a series without a fall, in (0, 1).
        draws: Noise series behind the threshold.

    References:
        Rao, 1948, Large sample tests of statistical hypotheses concerning several parameters,
        doi:10.1017/S0305004100023987.
        Chu, Stinchcombe and White, 1996, Monitoring structural change, doi:10.2307/2171955.
        Hansen, 2000, Sample splitting and threshold estimation, doi:10.1111/1468-0262.00124, table I.
    """
    tall = columns(found, given)
    active = found.coefficients[0] > 0
    j, k = given.pushes.shape[0], given.keep.size
    active[1 + j : 1 + j + k] = True
    prior = prior_precision(given, j, early_level(found.counts, given))[0][np.ix_(active, active)]
    tall = tall[active]
    fall = np.zeros(active.size)
    fall[1 + j : 1 + j + k] = found.weights[0]
    fall = fall[active]
    mean = found.mean[0]
    variance = mean + found.scatter[0] * mean**2
    seen = np.asarray(given.seen, dtype=np.float64)
    weighted = tall * (seen / variance)
    noise = np.random.default_rng(SEED).standard_normal((draws, mean.size)) * np.sqrt(variance)
    errors = np.concatenate([(found.counts[0] - found.coefficients[0][active] @ tall)[None], noise])
    moment = np.cumsum(weighted.T[:, :, None] * errors.T[:, None, :], axis=0)
    gram = np.cumsum(weighted.T[:, :, None] * tall.T[:, None, :], axis=0)
    turned = gram @ fall
    own = turned @ fall
    pushed = np.einsum("p,tpd->td", fall, moment)
    pull = prior @ found.coefficients[0][active]
    ridge = prior + 1e-9 * np.trace(gram[-1]) / active.sum() * np.eye(prior.shape[0])
    watched = np.arange(quiet + shortest, mean.size)
    heights = np.empty((watched.size, draws + 1))
    where = np.empty((3, watched.size), dtype=np.int64)
    for row, n in enumerate(watched.tolist()):
        begin = _onsets(max(quiet, n - longest), n - shortest + 1, stride)
        after = turned[n] - turned[begin - 1]
        right = moment[n].copy()
        right[:, 0] -= pull
        solved = np.linalg.solve(gram[n] + ridge, np.column_stack([right, after.T]))
        inverse = solved[:, draws + 1 :]
        spread = own[n] - own[begin - 1] - np.einsum("op,po->o", after, inverse)
        score = pushed[n] - pushed[begin - 1] - after @ solved[:, : draws + 1]
        height = -score / np.sqrt(np.maximum(spread, 1e-9))[:, None]
        heights[row] = height.max(axis=0)
        best = height[:, 0].max()
        near = begin[height[:, 0] ** 2 >= best**2 - ONSET_DROP]
        where[:, row] = begin[int(height[:, 0].argmax())], near.min() - stride + 1, near.max() + stride - 1
    threshold = float(np.quantile(heights[:, 1:].max(axis=0), 1 - false_alarm))
    return Scores(heights[:, 0], where[0], where[1], where[2], watched, threshold)


def _onsets(first: int, stop: int, stride: int) -> NDArray[np.int64]:
    """Return the onsets tried: every step of the last few, then every ``stride``."""
    recent = np.arange(max(first, stop - FINE), stop)
    return np.concatenate([np.arange(first, max(first, stop - FINE), stride), recent])
