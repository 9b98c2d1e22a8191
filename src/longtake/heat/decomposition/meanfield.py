"""R from the response to named pushes alone: past counts enter through their mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.fit import LEAST, Fit, Setting, early_level, prior_precision
from longtake.heat.renewal.kernel import forgetting, memory
from longtake.heat.renewal.recursion import respond
from longtake.heat.renewal.solve import inverse, non_negative

Floats = NDArray[np.float64]

STEPS = 8
LAGS = 48


def response_fit(found: Fit, given: Setting) -> tuple[float, float]:
    """Return R and its standard deviation by the output-error fit.

    The one-step fit takes every lasting surge for breeding; this one sees only what follows named pushes.
    Where the two differ by more than both are unsure, something unnamed pushed. Errors of neighbouring
    steps go together, so the standard deviation is of Newey and West's kind.

    Args:
        found: The one-step fit to start from.
        given: Its setting.

    References:
        Rizoiu et al., 2017, Expecting to be HIP: Hawkes intensity processes for social media popularity,
        doi:10.1145/3038912.3052650.
        Newey and West, 1987, A simple, positive semi-definite, heteroskedasticity and autocorrelation
        consistent covariance matrix, doi:10.2307/1913610.
    """
    counts, seen = found.counts[0], np.asarray(given.seen, dtype=np.float64)
    j, k, t = given.pushes.shape[0], given.keep.size, given.season.size
    alpha = slice(1 + j, 1 + j + k)
    breeding = given.breeding
    fixed = np.concatenate([np.ones((1, t)), given.pushes]) * given.season
    gone = forgetting(given.keep, t) * breeding
    theta = found.coefficients[0].copy()
    total = theta[alpha].sum()
    if total > 0.98:
        theta[alpha] *= 0.98 / total
    prior = prior_precision(given, j, early_level(found.counts, given))[0]
    best: tuple[float, Floats, Floats, Floats] | None = None
    step = 1.0
    trial, aim = theta, theta
    for _ in range(STEPS):
        source = fixed.T @ trial[: 1 + j] + gone.T @ trial[1 + j + k :]
        mean = np.maximum(respond(source, breeding, trial[alpha], given.keep), LEAST)
        weight = seen / (mean + found.scatter[0] * mean**2)
        # Pearson's statistic with the weights held is not a likelihood; add what the weights cost.
        cost = float((weight * (counts - mean) ** 2 - np.log(np.maximum(weight, 1e-300)) * seen).sum())
        cost += float(trial @ prior @ trial)
        if best is not None and cost > best[0]:
            step /= 2
            trial = theta + step * (aim - theta)
            continue
        theta, step = trial, 1.0
        past = memory(mean, given.keep) * breeding
        tall = respond(np.concatenate([fixed, past, gone]).T, breeding, theta[alpha], given.keep).T
        gram = (tall * weight) @ tall.T + prior
        best = (cost, tall, weight, counts - mean)
        aim = non_negative(gram[None], (tall @ (weight * (counts - mean + theta @ tall)))[None])[0]
        if aim[alpha].sum() > 0.995:
            aim[alpha] *= 0.995 / aim[alpha].sum()
        trial = aim
    assert best is not None
    _, tall, weight, rest = best
    active = theta > 0
    active[alpha] |= True
    bread = inverse(((tall * weight) @ tall.T + prior)[np.ix_(active, active)])
    scores = (tall * (weight * rest))[active]
    meat = scores @ scores.T
    lags = min(LAGS, t // 4)
    for lag in range(1, lags + 1):
        cross = scores[:, lag:] @ scores[:, :-lag].T
        meat += (1 - lag / (lags + 1)) * (cross + cross.T)
    wide = bread @ meat @ bread
    chosen = np.zeros(theta.size)
    chosen[alpha] = 1.0
    chosen = chosen[active]
    return float(theta[alpha].sum()), float(np.sqrt(max(chosen @ wide @ chosen, 1e-12)))
