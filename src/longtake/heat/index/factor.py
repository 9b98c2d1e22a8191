"""The common level of several platforms: fitted by expectation and maximisation."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from longtake.heat.index.level import Walk, walk

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ROUNDS = 200
ENOUGH = 1e-4
# Scatter and steps that are smaller than a hundredth of a logarithm are not told from none.
LEAST_VARIANCE = 1e-4
# How far a loading strays from one before the data must pay for it.
STRAY = 0.5
# Cells of the usual platform's scatter lent to each, so that none is taken as exact by chance.
LENT = 5.0
# Step variances tried, over the likeliest.
STEPS = tuple(2.0**power for power in range(-5, 7))
_HALF_LOG = 0.5 * math.log(2 * math.pi)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Logarithms of p platforms over t steps.

    Attributes:
        value: Shape (p, t); a bound where ``below``, anything where not ``seen`` and not ``below``.
        seen: Which were observed, shape (p, t).
        below: Which are only known to lie below ``value``, shape (p, t).
    """

    value: Floats
    seen: Bools
    below: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """``u_pt = offset_p + loading_p h_t + N(0, noise_p)``, h a random walk.

    Attributes:
        offset: Mean 0, shape (p,).
        loading: Mean 1, shape (p,).
        noise: Variances, shape (p,).
        step: Variance of a step of h.
        level: Posterior of h.
        information: What each cell adds to the precision of h, shape (p, t).
        log_likelihood: Of the observed cells under the flat start; without censored cells it is exact.
    """

    offset: Floats
    loading: Floats
    noise: Floats
    step: float
    level: Walk
    information: Floats
    log_likelihood: float


@dataclass(frozen=True, slots=True, eq=False)
class _Law:
    """The parameters of the model, as in :class:`Factor`."""

    offset: Floats
    loading: Floats
    noise: Floats
    step: float


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    """E u, E u^2, E u h, E h and E h^2 of every cell, shape (p, t) each."""

    value: Floats
    square: Floats
    product: Floats
    level: Floats
    level_square: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Sites:
    """Normal stand-ins of the censored cells, shape (p, t); zero elsewhere."""

    precision: Floats
    pull: Floats


def factor(cells: Cells, *, rounds: int = ROUNDS) -> Factor:
    """Return the fit with the highest likelihood, loadings held near one by a weak prior.

    Each censored cell is stood in for by the normal that leaves the level with the mean and variance it has
    under the truncated distribution (one sweep of expectation propagation a round).

    References:
        Dempster, Laird and Rubin, 1977, Maximum likelihood from incomplete data via the EM algorithm,
        doi:10.1111/j.2517-6161.1977.tb01600.x.
        Shumway and Stoffer, 1982, An approach to time series smoothing and forecasting using the EM
        algorithm, doi:10.1111/j.1467-9892.1982.tb00349.x.
        Minka, 2001, Expectation propagation for approximate Bayesian inference, arXiv:1301.2294.
    """
    p, t = cells.value.shape
    known = cells.seen | cells.below
    count = known.sum(axis=1)
    offset = np.where(known, cells.value, 0.0).sum(axis=1) / count
    law = _Law(offset - offset.mean(), np.ones(p), np.full(p, 0.1), 0.05)
    sites = _Sites(np.zeros((p, t)), np.zeros((p, t)))
    before = -math.inf
    for turn in range(rounds + 1):
        found, information = _level(cells, sites, law)
        reached = _likelihood(cells, found, law)
        if turn == rounds or (turn > 5 and abs(reached - before) < ENOUGH):
            break
        before = reached
        moments = _moments(cells, sites, found, law)
        sites = _propagate(cells, sites, found, law)
        law = _better(known, moments, found, law)
    level = _averaged(cells, sites, law)
    return Factor(law.offset, law.loading, law.noise, law.step, level, information, reached)


def _averaged(cells: Cells, sites: _Sites, law: _Law) -> Walk:
    """Return the level averaged over steps smaller and larger than the likeliest, flat in their size.

    A short series fits nearly as well with a level that hardly moves, whose band would be too narrow.

    References:
        Gelman, 2006, Prior distributions for variance parameters in hierarchical models,
        doi:10.1214/06-BA117A.
    """
    tried = []
    for factor_of_step in STEPS:
        other = _Law(law.offset, law.loading, law.noise, law.step * factor_of_step)
        found, _ = _level(cells, sites, other)
        tried.append((_likelihood(cells, found, other) + 0.5 * math.log(factor_of_step), found))
    best = max(value for value, _ in tried)
    weight = np.array([math.exp(value - best) for value, _ in tried])
    weight /= weight.sum()
    mean = weight @ np.stack([one.mean for _, one in tried])
    apart = np.stack([one.variance + (one.mean - mean) ** 2 for _, one in tried])
    return Walk(
        mean,
        weight @ apart,
        weight @ np.stack([one.neighbours for _, one in tried]),
        weight @ np.stack([one.filtered for _, one in tried]),
        best,
    )


def _better(known: Bools, moments: _Moments, found: Walk, law: _Law) -> _Law:
    """Return the parameters of highest expected likelihood, offsets of mean 0 and loadings of mean 1."""
    several = law.loading.size > 1
    offset, loading = _regress(known, law.noise, moments) if several else (law.offset, law.loading)
    rest = (
        moments.square
        - 2 * offset[:, None] * moments.value
        - 2 * loading[:, None] * moments.product
        + offset[:, None] ** 2
        + 2 * (offset * loading)[:, None] * moments.level
        + loading[:, None] ** 2 * moments.level_square
    )
    total, count = np.where(known, rest, 0.0).sum(axis=1), known.sum(axis=1)
    usual = float(np.median(law.noise))
    # An offset and a loading were taken from each platform's cells.
    freedom = np.maximum(count - 2.0 * several, 1.0) + LENT
    noise = np.maximum((total + LENT * usual) / freedom, LEAST_VARIANCE)
    moved = np.diff(found.mean) ** 2 + found.variance[1:] + found.variance[:-1] - 2 * found.neighbours
    step = max(float(moved.mean()), LEAST_VARIANCE**2)
    if several:
        scale, shift = loading.mean(), offset.mean() / loading.mean()
        offset = offset - loading * shift
        loading, step = loading / scale, step * float(scale) ** 2
    return _Law(offset, loading, noise, step)


def _level(cells: Cells, sites: _Sites, law: _Law) -> tuple[Walk, Floats]:
    information = np.where(cells.seen, (law.loading**2 / law.noise)[:, None], sites.precision)
    apart = cells.value - law.offset[:, None]
    pull = np.where(cells.seen, (law.loading / law.noise)[:, None] * apart, sites.pull)
    return walk(information.sum(axis=0), pull.sum(axis=0), law.step), information


def _likelihood(cells: Cells, found: Walk, law: _Law) -> float:
    noise = law.noise[:, None]
    alone = -_HALF_LOG - 0.5 * np.log(noise) - (cells.value - law.offset[:, None]) ** 2 / (2 * noise)
    return float(np.where(cells.seen, alone, 0.0).sum()) + found.log_normaliser + _HALF_LOG


def _cavity(cells: Cells, sites: _Sites, found: Walk) -> tuple[Floats, Floats]:
    """Return the mean and variance of the level without each censored cell's own stand-in, shape (m,)."""
    row, column = np.nonzero(cells.below)
    precision = np.maximum(1.0 / found.variance[column] - sites.precision[row, column], 1e-8)
    return (
        found.mean[column] / found.variance[column] - sites.pull[row, column]
    ) / precision, 1.0 / precision


def _truncated(bound: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Return the mean and variance of a normal that is known to lie below a bound."""
    spread = np.sqrt(variance)
    edge = (bound - mean) / spread
    hazard = np.exp(-0.5 * edge * edge - _HALF_LOG - log_ndtr(edge))
    return mean - spread * hazard, np.maximum(variance * (1.0 - hazard * (hazard + edge)), 1e-12)


def _conditioned(
    cells: Cells, sites: _Sites, found: Walk, law: _Law
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats], tuple[Floats, Floats], Floats]:
    """Return cavity, truncated cell and level under the bound (mean and variance each), and the gain."""
    row, column = np.nonzero(cells.below)
    mean, variance = _cavity(cells, sites, found)
    loading, own = law.loading[row], law.offset[row] + law.loading[row] * mean
    total = loading**2 * variance + law.noise[row]
    cut_mean, cut_variance = _truncated(cells.value[row, column], own, total)
    gain = loading * variance / total
    under = mean + gain * (cut_mean - own), variance - gain**2 * (total - cut_variance)
    return (mean, variance), (cut_mean, cut_variance), under, gain


def _propagate(cells: Cells, sites: _Sites, found: Walk, law: _Law) -> _Sites:
    if not cells.below.any():
        return sites
    (mean, variance), _, (new_mean, new_variance), _ = _conditioned(cells, sites, found, law)
    precision, pull = sites.precision.copy(), sites.pull.copy()
    precision[cells.below] = np.maximum(1.0 / new_variance - 1.0 / variance, 0.0)
    pull[cells.below] = new_mean / new_variance - mean / variance
    return _Sites(precision, pull)


def _moments(cells: Cells, sites: _Sites, found: Walk, law: _Law) -> _Moments:
    level = np.broadcast_to(found.mean, cells.value.shape).copy()
    level_square = np.broadcast_to(found.mean**2 + found.variance, cells.value.shape).copy()
    value = np.where(cells.seen, cells.value, 0.0)
    square, product = value**2, value * level
    if cells.below.any():
        _, (cut_mean, cut_variance), (mean, variance), gain = _conditioned(cells, sites, found, law)
        value[cells.below] = cut_mean
        square[cells.below] = cut_mean**2 + cut_variance
        product[cells.below] = cut_mean * mean + gain * cut_variance
        level[cells.below] = mean
        level_square[cells.below] = mean**2 + variance
    return _Moments(value, square, product, level, level_square)


def _regress(known: Bools, noise: Floats, moments: _Moments) -> tuple[Floats, Floats]:
    """Return each platform's offset and loading, the loading drawn to one by the prior."""
    count = known.sum(axis=1)

    def over(values: Floats) -> Floats:
        return np.asarray(np.where(known, values, 0.0).sum(axis=1))

    first, own = over(moments.level), over(moments.value)
    prior = noise / STRAY**2
    fall = over(moments.level_square) + prior - first**2 / count
    loading = np.maximum((over(moments.product) + prior - first * own / count) / fall, 0.05)
    return (own - loading * first) / count, loading
