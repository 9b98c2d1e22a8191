"""Fit the renewal model to one series, or to many that share their events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from longtake.heat.renewal.kernel import USUAL_WEIGHTS, forgetting, memory
from longtake.heat.renewal.solve import non_negative

Floats = NDArray[np.float64]

# How far a kernel weight may stray from its usual share of R before the data must pay for it.
STRAY = 0.3
LEAST = 1e-9
# Above one a constant R has no mean to return to.
MOST_R = 0.999


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients of ``lambda_t = s_t (b + sum_j beta_j z_jt + sum_k alpha_k e_kt)`` for b series.

    Attributes:
        background: b, counts a step, shape (b,).
        effects: beta, shape (b, j).
        weights: alpha, shape (b, k); their sum is R.
        before: Level of the counts before the first step, shape (b,).
        scatter: phi of the variance ``lambda + phi lambda^2``, shape (b,).
        mean: lambda, shape (b, t).
    """

    background: Floats
    effects: Floats
    weights: Floats
    before: Floats
    scatter: Floats
    mean: Floats

    @property
    def reproduction(self) -> Floats:
        """R: further counts one count breeds, shape (b,)."""
        return np.asarray(self.weights.sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What a fit is given beside the counts.

    Attributes:
        season: s, mean 1, shape (t,).
        pushes: z, faded events, shape (j, t).
        keep: Share each exponential keeps over a step, shape (k,).
        seen: Which steps were observed, shape (t,).
        usual: Usual kernel weights, sum 1, shape (k,).
        stray: Standard deviation of a weight around its usual share of R.
    """

    season: Floats
    pushes: Floats
    keep: Floats
    seen: NDArray[np.bool_]
    usual: Floats
    stray: float = STRAY


def setting(season: Floats, pushes: Floats, keep: Floats, seen: NDArray[np.bool_]) -> Setting:
    """Return a setting with the usual kernel weights."""
    usual = (
        np.asarray(USUAL_WEIGHTS) if keep.size == len(USUAL_WEIGHTS) else np.full(keep.size, 1 / keep.size)
    )
    return Setting(season, pushes, keep, seen, usual)


def fit(counts: Floats, given: Setting, *, rounds: int = 6, start: Fit | None = None) -> Fit:
    """Return the quasi-likelihood fit by reweighted least squares, coefficients at least 0.

    What came before the first step is unknown and estimated as one level (``before``) at which every
    exponential average stood: a series rarely starts from silence.

    Args:
        counts: Shape (b, t), NaN nowhere (fill unseen steps with anything; they weigh nothing).
        given: Season, events, kernel.
        rounds: Rounds of reweighting.
        start: A fit to start from; its arrays may have b = 1.

    References:
        McCullagh and Nelder, 1989, Generalized linear models, ISBN 9780412317606.
        Kirchner, 2016, Hawkes and INAR(infinity) processes, doi:10.1016/j.spa.2016.02.008.
    """
    b, t = counts.shape
    k, j = given.keep.size, given.pushes.shape[0]
    past = memory(counts, given.keep)
    gone = forgetting(given.keep, t)
    early = np.maximum(counts[:, : min(t, 24)].mean(axis=1), LEAST)
    if start is None:
        mean = np.maximum(
            memory(counts, np.array([0.85]))[:, 0] + 0.2 * counts.mean(axis=1, keepdims=True), LEAST
        )
        scatter, before = np.full(b, 0.03), early.copy()
        weights = np.broadcast_to(0.6 * given.usual, (b, k)).copy()
    else:
        mean = np.broadcast_to(start.mean, (b, t)).copy()
        scatter = np.broadcast_to(start.scatter, (b,)).copy()
        before = np.broadcast_to(start.before, (b,)).copy()
        weights = np.broadcast_to(start.weights, (b, k)).copy()
    columns = np.empty((b, 2 + j + k, t))
    columns[:, 0] = given.season
    columns[:, 1 : 1 + j] = given.pushes * given.season
    prior = np.zeros((2 + j + k, 2 + j + k))
    pull = (np.eye(k) - np.outer(given.usual, np.ones(k))) / given.stray
    prior[1 + j : 1 + j + k, 1 + j : 1 + j + k] = pull.T @ pull
    seen = given.seen.astype(np.float64)
    freedom = max(1.0, seen.sum() - (2 + j + k))
    for _ in range(rounds):
        columns[:, 1 + j : 1 + j + k] = (past + before[:, None, None] * gone) * given.season
        columns[:, -1] = (weights @ gone) * given.season
        weight = seen / (mean + scatter[:, None] * mean**2)
        weighted = columns * weight[:, None, :]
        gram = weighted @ columns.transpose(0, 2, 1) + prior
        wanted = counts + before[:, None] * columns[:, -1]
        moment = np.einsum("bpt,bt->bp", weighted, wanted)
        gram[:, -1, -1] += 1.0 / early**2
        moment[:, -1] += 1.0 / early
        found = non_negative(gram, moment)
        weights, before = found[:, 1 + j : 1 + j + k], found[:, -1]
        mean = np.einsum("bp,bpt->bt", found[:, : 1 + j], columns[:, : 1 + j])
        mean += np.einsum("bk,bkt->bt", weights, past + before[:, None, None] * gone) * given.season
        mean = np.maximum(mean, LEAST)
        over = ((counts - mean) ** 2 * (seen.sum() / freedom) - mean) * seen
        scatter = np.maximum(over.sum(axis=1) / (mean**2 * seen).sum(axis=1), 1e-6)
    return Fit(found[:, 0], found[:, 1 : 1 + j], weights, before, scatter, mean)


def log_likelihood(counts: Floats, mean: Floats, scatter: Floats, seen: NDArray[np.bool_]) -> Floats:
    """Return the negative-binomial log-likelihood of the seen steps, shape (b,).

    Examples:
        >>> one = np.array([[0.0]])
        >>> round(float(log_likelihood(one, one + 2.0, np.array([1.0]), np.array([True]))[0]), 6)
        -1.098612
    """
    size = 1.0 / scatter[:, None]
    each = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1.0)
    each += size * np.log(size / (size + mean)) + counts * np.log(mean / (size + mean))
    return np.asarray((each * seen).sum(axis=1))
