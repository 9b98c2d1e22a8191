"""Coefficients that the counts allow: what every interval of a decomposition is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.fit import Fit, Setting, fit
from longtake.heat.renewal.paths import draw
from longtake.heat.renewal.seasoned import columns
from longtake.heat.renewal.solve import inverse

Floats = NDArray[np.float64]

SEED = 20_260
REFITS = 60
REFIT_ROUNDS = 3
DRAWS = 128
RESPONSE_SHARE = 0.5
# A constant R at one or above has no mean to return to.
MOST_R = 0.999
# Something must have set the first count off.
LEAST_OUTSIDE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Plausible:
    """Draws around a fit; the first of them is its middle, without chance.

    Attributes:
        reproduction: R, half of its estimated bias taken off.
        spread: Standard deviation of R.
        background: Shape (d,).
        effects: Shape (d, j).
        weights: Shape (d, k).
        before: Shape (d, k).
    """

    reproduction: float
    spread: float
    background: Floats
    effects: Floats
    weights: Floats
    before: Floats


def plausible(
    found: Fit,
    given: Setting,
    *,
    unsure: Floats,
    response: float | None = None,
    fading: tuple[float, float] = (0.0, 0.0),
    draws: int = DRAWS,
) -> Plausible:
    """Return draws from the coefficients that the counts allow.

    Their covariance is the curvature of the penalised likelihood, which holds what is not known of the
    kernel and of the start. R is refitted on series drawn from the fit: autoregression is biased down near
    one, and half of the bias found is taken off (all of it costs more in variance than it gains). What is
    told from the response to named pushes has no such bias: it enters the more, the nearer R is to one. R's
    spread is the larger of the two. Draws are moved and stretched to that R, and what comes from outside is
    rescaled so that all parts still add up to the counts.

    Args:
        found: One fit.
        given: Its setting.
        unsure: What an estimated cycle adds to the covariance, shape (p, p).
        fading: How far R moves, and its variance, over the fadings there may be.
        response: R told from the response to named pushes; None where there is none to trust.
        draws: Number of draws.

    References:
        Kendall, 1954, Note on bias in the estimation of autocorrelation, doi:10.1093/biomet/41.3-4.403.
        Efron and Tibshirani, 1993, An introduction to the bootstrap, ISBN 9780412042317, section 10.6.
    """
    rng = np.random.default_rng(SEED)
    again = fit(draw(rng, found, given, draws=REFITS), given, rounds=REFIT_ROUNDS, start=found)
    refitted = again.reproduction
    own = float(found.reproduction[0])
    best = found.coefficients[0]
    j, k = found.effects.shape[1], given.keep.size
    alpha = slice(1 + j, 1 + j + k)
    active = best > 0
    active[1 : 1 + j] = np.diag(found.precision[0])[1 : 1 + j] > 0
    wide = np.zeros_like(found.precision[0])
    inner = found.precision[0][np.ix_(active, active)]
    wide[np.ix_(active, active)] = inverse(inner)
    wide += unsure
    curved = float(np.sqrt(max(wide[alpha, alpha].sum(), 1e-12)))
    spread = float(np.hypot(max(curved, float(refitted.std(ddof=1))), np.sqrt(fading[1])))
    centre = own + fading[0] - 0.5 * (float(refitted.mean()) - own)
    centre = min(max(0.0, centre), MOST_R)
    if response is not None:
        share = RESPONSE_SHARE * centre**2
        centre = min((1 - share) * centre + share * response, MOST_R)
    values, vectors = np.linalg.eigh((wide + wide.T) / 2)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    luck = rng.standard_normal((draws, best.size))
    luck[0] = 0.0
    drawn = np.maximum(best + luck @ root.T, 0.0)
    total = drawn[:, alpha].sum(axis=1)
    wanted = np.clip(centre + (total - own) * (spread / curved), 0.0, MOST_R)
    shape = np.where(total[:, None] > 0, drawn[:, alpha], given.usual)
    drawn[:, alpha] = shape * (wanted / shape.sum(axis=1))[:, None]
    sums = columns(found, given) @ np.asarray(given.seen, dtype=np.float64)
    bred = drawn[:, alpha] @ sums[alpha] + drawn[:, 1 + j + k :] @ sums[1 + j + k :]
    outside = drawn[:, : 1 + j] @ sums[: 1 + j]
    counted = float((found.counts[0] * given.seen).sum())
    left = np.maximum(counted - bred, LEAST_OUTSIDE * counted)
    drawn[:, : 1 + j] *= np.where(outside > 0, left / np.maximum(outside, 1e-12), 1.0)[:, None]
    drawn[outside <= 0, 0] = left[outside <= 0] / max(float(sums[0]), 1e-12)
    return Plausible(centre, spread, drawn[:, 0], drawn[:, 1 : 1 + j], drawn[:, alpha], drawn[:, 1 + j + k :])
