"""How many further counts one count breeds, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.heat.decomposition.surges import name_surges, with_surges
from longtake.heat.renewal.arrow import Walk, walk
from longtake.heat.renewal.design import design
from longtake.heat.renewal.fades import fit_design
from longtake.heat.renewal.fit import LEAST, Fit, Setting, early_level, prior_precision
from longtake.heat.renewal.kernel import forgetting, memory
from longtake.heat.renewal.normal import quantile
from longtake.heat.renewal.seasoned import fit_seasoned

Floats = NDArray[np.float64]

# Standard deviations of R's walk over a day that are tried and averaged.
DAILY_STEPS = (0.01, 0.04, 0.1, 0.2, 0.4)
# The kernel's mean is known up to a factor like these.
TILTS = (-0.8, -0.4, 0.0, 0.4, 0.8)
PASSES = 2
KERNEL_ROUNDS = 2
LEAST_SHARE = 0.02
WIDE_START = 1.0
TEMPER = 0.3
LEAST_R = 0.05
VERY_STRONG = 5.0


class Run(NamedTuple):
    """One posterior, its expected counts, and its kernel's mean in hours."""

    walk: Walk
    mean: Floats
    memory_hours: float


@dataclass(frozen=True, slots=True, eq=False)
class Reproduction:
    """R over time; arrays have shape (t,).

    Attributes:
        value: R, smoothed over the whole series.
        low: Lower end of the interval.
        high: Upper end.
        level: Coverage of the interval.
        fitted: Expected counts, each step given what came before it.
        memory_hours: Mean time between a count and those it breeds, over the kernels averaged.
    """

    value: Floats
    low: Floats
    high: Floats
    level: float
    fitted: Floats
    memory_hours: float


def reproduction_number(
    counts: ArrayLike,
    *,
    step_hours: float,
    events: Mapping[str, ArrayLike] | None = None,
    seasonality: ArrayLike | None = None,
    level: float = 0.9,
) -> Reproduction:
    """Return R as a random walk, beside background and events that stay as strong as they are.

    Several kernels and several paces of the walk are each solved exactly and averaged by their marginal
    likelihood: a wrong kernel is the main reason why intervals of R miss. R at the last step is also the
    filtered value: nothing later is known.

    Args:
        counts: New counts a step, shape (t,); NaN is missing.
        step_hours: Length of a step in hours.
        events: Intensity by name, each shape (t,), at least 0.
        seasonality: Cycle of mean 1, shape (t,); None to look for one in the counts.
        level: Coverage of the intervals, pointwise, in (0, 1).

    Raises:
        NotEnoughDataError: Fewer than 14 seen steps or 20 counts.
        ValueError: A shape or a sign is wrong.

    Examples:
        >>> held = reproduction_number([20.0] * 60, step_hours=24.0)
        >>> held.value.shape, bool((held.low <= held.value).all())
        ((60,), True)

    References:
        Cori et al., 2013, A new framework and software to estimate time-varying reproduction numbers during
        epidemics, doi:10.1093/aje/kwt133.
        Hoeting et al., 1999, Bayesian model averaging: a tutorial, doi:10.1214/ss/1009212519.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not between 0 and 1")
    given = design(
        counts, step_hours=step_hours, events=events, seasonality=seasonality, method="reproduction_number"
    )
    given, found, setup, fade_steps, _ = fit_seasoned(given)
    found, setup, places = name_surges(found, setup, given, fade_steps)
    given = replace(with_surges(given, places), counts=found.counts[0])
    told = found
    for _ in range(KERNEL_ROUNDS):
        # A kernel fitted while R moves takes some of the movement for memory, and of
        # the fading: fit both along R's path.
        path = np.maximum(_averaged(_runs(told, setup, (0.0,), given.step_hours), level).value, LEAST_R)
        level_of = float(told.mean[0] @ path / told.mean[0].sum())
        told, setup, _ = fit_design(given, drift=path / level_of)
    return _averaged(_runs(told, setup, TILTS, given.step_hours), level)


def moves(found: Fit, setup: Setting, *, step_hours: float) -> bool:
    """Return whether a walking R explains the counts far better than one that hardly moves.

    Its evidence must be higher by 5 in the logarithm (Kass and Raftery, 1995, Bayes factors,
    doi:10.1080/01621459.1995.10476572: very strong).
    """
    runs = _runs(found, setup, (0.0,), step_hours)
    evidence = [run.walk.evidence for run in runs]
    return max(evidence[1:]) - evidence[0] > VERY_STRONG


def _runs(told: Fit, setup: Setting, tilts: Sequence[float], step_hours: float) -> list[Run]:
    """Return one posterior for each tilt of the kernel and each pace of the walk."""
    counts, season, t = told.counts[0], setup.season, setup.season.size
    j = setup.pushes.shape[0]
    seen = np.asarray(setup.seen, dtype=np.float64)
    past = memory(counts, setup.keep) * season
    gone = forgetting(setup.keep, t) * season
    base = np.concatenate([season[None], setup.pushes * season])
    early = early_level(told.counts, setup)
    prior = 1e-6 * np.eye(2 + j)
    # What came from before the first step is as loosely known as in the fit that stays.
    prior[1 + j, 1 + j] = prior_precision(setup, 0, early)[0, -1, -1] / setup.keep.size**2
    share = told.weights[0] + LEAST_SHARE * setup.usual
    taus = -1.0 / np.log(setup.keep)
    runs = []
    for tilt in tilts:
        weights = share * (taus / taus[0]) ** tilt
        weights = weights / weights.sum()
        moved, columns = weights @ past, np.concatenate([base, (weights @ gone)[None]])
        for pace in DAILY_STEPS:
            mean, scatter = told.mean[0], float(told.scatter[0])
            for _ in range(PASSES):
                weight = seen / (mean + scatter * mean**2)
                step = pace * np.sqrt(step_hours / 24.0)
                one = walk(counts, moved, columns, weight, step=step, prior=prior, start=WIDE_START)
                mean = np.maximum(one.fixed @ columns + one.path * moved, LEAST)
            runs.append(Run(one, mean, float(weights @ (taus + 0.5)) * step_hours))
    return runs


def _averaged(runs: list[Run], level: float) -> Reproduction:
    """Return the mixture of the posteriors, by a tempered evidence.

    None of the kernels is the true one, so the likelihood counts for less than its face value (Grunwald and
    van Ommen, 2017, Inconsistency of Bayesian inference for misspecified linear models,
    doi:10.1214/17-BA1085).
    """
    evidence = np.array([run.walk.evidence for run in runs])
    share = np.exp(TEMPER * (evidence - evidence.max()))
    share /= share.sum()
    paths = np.stack([run.walk.path for run in runs])
    spreads = np.stack([run.walk.spread for run in runs])
    value = share @ paths
    spread = np.sqrt(np.maximum(share @ (spreads**2 + paths**2) - value**2, 0.0))
    reach = quantile(level) * spread
    value = np.maximum(value, 0.0)
    fitted = share @ np.stack([run.mean for run in runs])
    memory_hours = float(share @ np.array([run.memory_hours for run in runs]))
    return Reproduction(value, np.maximum(value - reach, 0.0), value + reach, level, fitted, memory_hours)
