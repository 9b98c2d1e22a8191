"""How far R fell at a known onset, and the counts it cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate
from longtake.heat.renewal.design import Design
from longtake.heat.renewal.fades import fit_design
from longtake.heat.renewal.fit import LEAST, Fit, Setting, early_level, prior_precision
from longtake.heat.renewal.kernel import forgetting, memory
from longtake.heat.renewal.normal import quantile
from longtake.heat.renewal.recursion import respond
from longtake.heat.renewal.seasoned import columns
from longtake.heat.renewal.solve import inverse, non_negative

Floats = NDArray[np.float64]

METHOD = "renewal model with one fall of R"
ROUNDS = 3
# A counterfactual with R at one or above would grow without end.
MOST_R = 0.99


@dataclass(frozen=True, slots=True, eq=False)
class Fall:
    """A fall of R.

    Attributes:
        onset: First step after it.
        severity: ``1 - R_after / R_before``, in [0, 1].
        before: R before the onset.
        after: R from the onset on.
        lost: Counts missing since the onset against R as it was; may be below 0 at its lower end.
        kept: Expected counts with R as it was, shape (t,); NaN before the onset.
    """

    onset: int
    severity: Estimate
    before: Estimate
    after: Estimate
    lost: Estimate
    kept: Floats


def fall(given: Design, onset: int, *, level: float) -> Fall:
    """Return the fall of R at ``onset``.

    The fit gains one coefficient, what is bred after the onset; the interval holds what is not known of
    everything else, not that the onset was looked for.

    Args:
        given: The series, with its cycle and all pushes known of.
        onset: First step after the fall.
        level: Coverage of the intervals.
    """
    t = given.season.size
    after = (np.arange(t) >= onset).astype(np.float64)
    drop = 0.0
    for _ in range(ROUNDS):
        # Kernel and fading are fitted along the fall: without it they take some of it for their own.
        told, setup, _ = fit_design(given, drift=1.0 - drop * after)
        setup = replace(setup, drift=None)
        drop = _drop(told, setup, after)
    j, k = setup.pushes.shape[0], setup.keep.size
    alpha = slice(1 + j, 1 + j + k)
    prior = prior_precision(setup, j, early_level(told.counts, setup))[0]
    theta = told.coefficients[0]
    tall = columns(told, setup)
    bred = (theta[alpha] @ tall[alpha]) * after
    tall[alpha.start :] *= 1.0 - drop * after
    both = np.concatenate([tall, -bred[None]])
    mean = np.maximum(theta @ tall, LEAST)
    seen = np.asarray(given.seen, dtype=np.float64)
    gram = (both * (seen / (mean + told.scatter[0] * mean**2))) @ both.T
    gram[:-1, :-1] += prior
    active = np.concatenate([theta > 0, [True]])
    active[alpha] = True
    inner = gram[np.ix_(active, active)]
    wide = np.zeros_like(gram)
    wide[np.ix_(active, active)] = inverse(inner)
    reach = quantile(level)
    n = int(seen[onset:].sum())
    r, unsure = float(theta[alpha].sum()), reach * float(np.sqrt(max(wide[alpha, alpha].sum(), 0.0)))
    sway = reach * float(np.sqrt(max(wide[-1, -1], 0.0)))
    severity = Estimate(_share(drop), _share(drop - sway), _share(drop + sway), level, "share", METHOD, n)
    before = Estimate(r, max(0.0, r - unsure), r + unsure, level, "per count", METHOD, n)
    later = Estimate(
        r * (1 - severity.value),
        r * (1 - severity.high),
        r * (1 - severity.low),
        level,
        "per count",
        METHOD,
        n,
    )
    kept = _kept(told, setup, onset, theta, r)
    ends = [_kept(told, setup, onset, theta, r * keep) for keep in _ends(drop, sway)]
    missing = [float(((path - told.counts[0]) * seen)[onset:].sum()) for path in (kept, *ends)]
    lost = Estimate(missing[0], min(missing), max(missing), level, "counts", METHOD, n)
    return Fall(onset, severity, before, later, lost, kept)


def _drop(told: Fit, given: Setting, after: Floats) -> float:
    """Return the fall of R when it may differ on both sides of the onset and the kernel's shape is known."""
    j, k = given.pushes.shape[0], given.keep.size
    alpha = slice(1 + j, 1 + j + k)
    tall = columns(told, given)
    theta = told.coefficients[0]
    bred = told.weights[0] @ tall[alpha]
    brought = theta[1 + j + k :] @ tall[1 + j + k :]
    sides = np.concatenate([tall[: 1 + j], [bred * (1 - after)], [bred * after], [brought]])
    mean = told.mean[0]
    weighted = sides * (np.asarray(given.seen, dtype=np.float64) / (mean + told.scatter[0] * mean**2))
    gram = weighted @ sides.T + 1e-6 * np.eye(sides.shape[0])
    found = non_negative(gram[None], (weighted @ told.counts[0])[None])[0]
    before, later = found[1 + j], found[2 + j]
    return float(np.clip(1.0 - later / before, -1.0, 1.0)) if before > 0 else 0.0


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _ends(drop: float, sway: float) -> tuple[float, float]:
    """Return by what R before the onset is scaled at both ends of the severity's interval."""
    low, high = _share(drop - sway), min(0.95, _share(drop + sway))
    left = 1.0 - _share(drop)
    return left / (1.0 - low), left / (1.0 - high)


def _kept(found: Fit, given: Setting, onset: int, theta: Floats, r: float) -> Floats:
    """Return expected counts from the onset on with R at ``r``, shape (t,), NaN before it."""
    j, k, t = given.pushes.shape[0], given.keep.size, given.season.size
    alpha = theta[1 + j : 1 + j + k]
    total = float(alpha.sum())
    weights = alpha * (min(r, MOST_R) / total) if total > 0 else alpha
    season = given.season[onset:]
    past = memory(found.counts[0], given.keep)[:, onset] if onset < t else np.zeros(k)
    brought = theta[1 + j + k :] @ forgetting(given.keep, t)[:, onset:]
    source = theta[0] + theta[1 : 1 + j] @ given.pushes[:, onset:]
    source = source + brought + (weights * past) @ forgetting(given.keep, t - onset)
    out = np.full(t, np.nan)
    out[onset:] = respond(source * season, season, weights, given.keep)
    return out
