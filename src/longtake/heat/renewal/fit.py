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
STRAY = 0.2
# How far what an average held before the first step may be from the first day's level.
LOOSE = 2.0
LEAST = 1e-9
FIRST = 24


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients of ``lambda_t = s_t (b + sum_j beta_j z_jt + sum_k alpha_k e_kt)`` for b series.

    Attributes:
        background: b, counts a step, shape (b,).
        effects: beta, shape (b, j).
        weights: alpha, shape (b, k); their sum is R.
        before: What each average brought in from before the first step, counts a step at that step,
            shape (b, k).
        scatter: phi of the variance ``lambda + phi lambda^2``, shape (b,).
        mean: lambda, shape (b, t).
        precision: Curvature of the penalised quasi-likelihood in (b, beta, alpha, before), shape (b, p, p).
        counts: What was fitted, unseen steps at their mean, shape (b, t).
    """

    background: Floats
    effects: Floats
    weights: Floats
    before: Floats
    scatter: Floats
    mean: Floats
    precision: Floats
    counts: Floats

    @property
    def reproduction(self) -> Floats:
        """R: further counts one count breeds, shape (b,)."""
        return np.asarray(self.weights.sum(axis=1))

    @property
    def coefficients(self) -> Floats:
        """(b, beta, alpha, before) side by side, shape (b, p)."""
        parts = (self.background[:, None], self.effects, self.weights, self.before)
        return np.concatenate(parts, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What a fit is given beside the counts.

    Attributes:
        season: s, mean 1, shape (t,).
        pushes: z, faded events, shape (j, t).
        keep: Share each exponential keeps over a step, shape (k,).
        seen: Weight of each step: 0 unseen, 1 seen, between them half forgotten, shape (t,).
        usual: Usual kernel weights, sum 1, shape (k,).
        stray: Standard deviation of a weight around its usual share of R.
        drift: How R moves around its mean, shape (t,); None where it stays.
        paced: Whether averages are of the counts over the cycle: what was said at night then breeds no
            less in the morning.
    """

    season: Floats
    pushes: Floats
    keep: Floats
    seen: NDArray[np.float64] | NDArray[np.bool_]
    usual: Floats
    stray: float = STRAY
    drift: Floats | None = None
    paced: bool = False

    @property
    def breeding(self) -> Floats:
        """What a count's offspring are multiplied by in each step: the cycle, and how R moves, shape (t,)."""
        return self.season if self.drift is None else self.season * self.drift


def setting(
    season: Floats, pushes: Floats, keep: Floats, seen: NDArray[np.float64] | NDArray[np.bool_]
) -> Setting:
    """Return a setting with the usual kernel weights."""
    usual = (
        np.asarray(USUAL_WEIGHTS) if keep.size == len(USUAL_WEIGHTS) else np.full(keep.size, 1 / keep.size)
    )
    return Setting(season, pushes, keep, seen, usual)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What fits of the same counts share, whatever pushed them.

    Attributes:
        past: Averages of the past, cycle and drift included, shape (b, k, t).
        gone: What is left of the time before, shape (k, t).
        early: Level of the first day, shape (b,).
    """

    past: Floats
    gone: Floats
    early: Floats


def prepare(counts: Floats, given: Setting) -> Prepared:
    """Return what does not depend on the pushes."""
    past = memory(counts / given.season if given.paced else counts, given.keep) * given.breeding
    gone = forgetting(given.keep, counts.shape[1]) * given.breeding
    return Prepared(past, gone, early_level(counts, given))


def fit(
    counts: Floats,
    given: Setting,
    *,
    rounds: int = 6,
    start: Fit | None = None,
    ready: Prepared | None = None,
) -> Fit:
    """Return the quasi-likelihood fit by reweighted least squares, coefficients at least 0.

    What came before the first step is unknown: each exponential average stood at a level of its own, drawn
    loosely towards the first day's. A series rarely starts from silence.

    Args:
        counts: Shape (b, t), NaN nowhere; what stands in an unseen step is replaced by its mean.
        given: Season, events, kernel.
        rounds: Rounds of reweighting.
        start: A fit to start from; its arrays may have b = 1.
        ready: What :func:`prepare` returns for these counts; None to work it out.

    References:
        McCullagh and Nelder, 1989, Generalized linear models, ISBN 9780412317606.
        Kirchner, 2016, Hawkes and INAR(infinity) processes, doi:10.1016/j.spa.2016.02.008.
    """
    b, t = counts.shape
    k, j = given.keep.size, given.pushes.shape[0]
    alpha, before = slice(1 + j, 1 + j + k), slice(1 + j + k, 1 + j + 2 * k)
    seen = np.asarray(given.seen, dtype=np.float64)
    ready = prepare(counts, given) if ready is None else ready
    if start is None:
        mean = memory(counts, np.array([0.85]))[:, 0] + 0.2 * counts.mean(axis=1, keepdims=True)
        mean, scatter = np.maximum(mean, LEAST), np.full(b, 0.03)
    else:
        mean = np.broadcast_to(start.mean, (b, t)).copy()
        scatter = np.broadcast_to(start.scatter, (b,)).copy()
    columns = np.empty((b, 1 + j + 2 * k, t))
    columns[:, 0] = given.season
    columns[:, 1 : 1 + j] = given.pushes * given.season
    columns[:, alpha] = ready.past
    columns[:, before] = ready.gone
    prior = prior_precision(given, j, ready.early)
    freedom = max(1.0, seen.sum() - (1 + j + k))
    whole = bool((seen > 0).all())
    for _ in range(rounds):
        weight = seen / (mean + scatter[:, None] * mean**2)
        weighted = columns * weight[:, None, :]
        precision = weighted @ columns.transpose(0, 2, 1) + prior
        found = non_negative(precision, np.einsum("bpt,bt->bp", weighted, counts))
        mean = np.maximum(np.einsum("bp,bpt->bt", found, columns), LEAST)
        over = ((counts - mean) ** 2 * (seen.sum() / freedom) - mean) * seen
        scatter = np.maximum(over.sum(axis=1) / (mean**2 * seen).sum(axis=1), 1e-6)
        if not whole:
            counts = np.where(seen > 0, counts, mean)
            columns[:, alpha] = prepare(counts, given).past
    return Fit(
        found[:, 0],
        found[:, 1 : 1 + j],
        found[:, alpha],
        found[:, before],
        scatter,
        mean,
        precision,
        counts,
    )


def early_level(counts: Floats, given: Setting) -> Floats:
    """Return the mean level of the first seen steps, season taken out, above 0, shape (b,)."""
    first = np.flatnonzero(np.asarray(given.seen, dtype=np.float64) > 0)[:FIRST]
    if not first.size:
        return np.full(counts.shape[0], LEAST)
    level = counts[:, first].sum(axis=1) / max(float(given.season[first].sum()), LEAST)
    return np.asarray(np.maximum(level, max(1e-3, LEAST)))


def prior_precision(given: Setting, events: int, early: Floats) -> Floats:
    """Return the prior precision: weights near their usual share of R, starts near the first day's level."""
    k, p = given.keep.size, 1 + events + 2 * given.keep.size
    alpha, before = slice(1 + events, 1 + events + k), slice(1 + events + k, p)
    shape = np.zeros((p, p))
    pull = (np.eye(k) - np.outer(given.usual, np.ones(k))) / given.stray
    shape[alpha, alpha] = pull.T @ pull
    rows = np.zeros((early.size, k, p))
    rows[:, :, alpha] = np.eye(k)
    rows[:, :, before] = -np.eye(k) / early[:, None, None]
    rows /= LOOSE * given.usual[:, None]
    return np.asarray(shape + rows.transpose(0, 2, 1) @ rows)


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
