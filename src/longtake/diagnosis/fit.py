"""Learn what the signs are worth from campaigns whose causes are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from longtake.diagnosis.model import MEMBERS, SETS, Model, Weight
from longtake.diagnosis.reading import reading
from longtake.domain.answers.cause import CAUSES
from longtake.domain.estimate import Estimate, Quantity

Floats = NDArray[np.float64]

RIDGE = 0.002
FOLDS = 5
# Two causes at once are rarer than one, but never impossible, whatever was seen.
PAIR = (-4.0, 1.0)
LEAST = 20


@dataclass(frozen=True, slots=True)
class Case:
    """One campaign whose causes are known.

    Attributes:
        causes: The planted causes, none when healthy, at most two.
        signs: What was measured, by sign.
    """

    causes: tuple[str, ...]
    signs: Mapping[str, Quantity]


def fit(cases: Sequence[Case], home: Mapping[str, str], card: Mapping[str, object]) -> Model:
    """Return the model of highest penalised likelihood.

    Centre and scale of a sign are the median and the median absolute deviation (times 1.4826) of what
    campaigns without its cause show. Slopes are held at zero or above: a sign speaks for its cause or not
    at all. The sharpness is chosen out of fold.

    Args:
        cases: Campaigns with known causes.
        home: The cause each sign speaks of.
        card: What to write on the model's card.

    Raises:
        ValueError: A campaign has more than two causes.
    """
    usual = {key: _usual(cases, key, cause) for key, cause in sorted(home.items())}
    keys = tuple(key for key, found in usual.items() if found is not None)
    places = {key: found for key, found in usual.items() if found is not None}
    away, trust = _matrices(cases, keys, places)
    truth = np.array([SETS.index(tuple(sorted(CAUSES.index(c) for c in case.causes))) for case in cases])
    owner = np.array([CAUSES.index(home[key]) for key in keys])
    slope, against, prior, pair = _solve(away, trust, truth, owner)
    return Model(
        weights={
            key: Weight(home[key], *places[key], float(slope[i]), float(against[i]))
            for i, key in enumerate(keys)
        },
        prior=tuple(float(x) for x in prior),
        pair=float(pair),
        sharpness=_sharpness(away, trust, truth, owner),
        card=dict(card),
    )


def _usual(cases: Sequence[Case], key: str, cause: str) -> tuple[float, float] | None:
    shown = [case.signs.get(key) for case in cases if cause not in case.causes]
    values = np.array([quantity.value for quantity in shown if isinstance(quantity, Estimate)])
    values = values[np.isfinite(values)]
    if values.size < LEAST:
        return None
    centre = float(np.median(values))
    spread = 1.4826 * float(np.median(np.abs(values - centre)))
    # A sign that is zero in most campaigns has no median deviation; its mean square still has.
    return centre, max(spread, 0.5 * float(values.std()), 1e-6)


def _matrices(
    cases: Sequence[Case], keys: Sequence[str], places: Mapping[str, tuple[float, float]]
) -> tuple[Floats, Floats]:
    away, trust = np.zeros((len(cases), len(keys))), np.zeros((len(cases), len(keys)))
    for row, case in enumerate(cases):
        for column, key in enumerate(keys):
            if key in case.signs:
                centre, scale = places[key]
                away[row, column], trust[row, column] = reading(case.signs[key], centre=centre, scale=scale)
    return away, trust


def _solve(
    away: Floats, trust: Floats, truth: NDArray[np.int64], owner: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats, float]:
    """Return slopes, what a sign at its centre takes away, priors and the pair's log odds."""
    n, k = away.shape
    c = len(CAUSES)
    home = np.zeros((k, c))
    home[np.arange(k), owner] = 1.0
    paired = (MEMBERS.sum(axis=1) == 2).astype(float)
    held = MEMBERS[truth]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        slope, against, prior, pair = np.split(parameters, [k, 2 * k, 2 * k + c])
        alone = prior + (away * slope - trust * against) @ home
        score = alone @ MEMBERS.T + pair[0] * paired
        log_p = score - logsumexp(score, axis=1, keepdims=True)
        value = -log_p[np.arange(n), truth].mean() + RIDGE * float(slope @ slope + against @ against)
        p = np.exp(log_p)
        d_alone = (p @ MEMBERS - held) / n
        d_sign = d_alone @ home.T
        gradient = np.concatenate(
            [
                (d_sign * away).sum(axis=0) + 2 * RIDGE * slope,
                -(d_sign * trust).sum(axis=0) + 2 * RIDGE * against,
                d_alone.sum(axis=0),
                [float((p @ paired).mean() - paired[truth].mean())],
            ]
        )
        return value, gradient

    start = np.concatenate([np.full(k, 0.5), np.zeros(k), np.zeros(c), [-1.0]])
    bounds = [(0.0, None)] * (2 * k) + [(None, None)] * c + [PAIR]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    slope, against, prior, pair = np.split(found.x, [k, 2 * k, 2 * k + c])
    return slope, against, prior, float(pair[0])


def _sharpness(away: Floats, trust: Floats, truth: NDArray[np.int64], owner: NDArray[np.int64]) -> float:
    """Return the factor on the log odds that makes unseen campaigns likeliest."""
    home = np.zeros((away.shape[1], len(CAUSES)))
    home[np.arange(away.shape[1]), owner] = 1.0
    fold = np.arange(truth.size) % FOLDS
    parts = []
    for one in range(FOLDS):
        learn, test = fold != one, fold == one
        slope, against, prior, pair = _solve(away[learn], trust[learn], truth[learn], owner)
        added = (away[test] * slope - trust[test] * against) @ home
        parts.append((prior, pair, added, truth[test]))

    def loss(factor: float) -> float:
        total = 0.0
        for prior, pair, added, wanted in parts:
            p = Model({}, tuple(prior), pair, factor, {}).posterior(added)
            total -= float(np.log(p[np.arange(wanted.size), wanted] + 1e-12).sum())
        return total

    grid = np.linspace(0.5, 1.5, 41)
    return float(grid[int(np.argmin([loss(factor) for factor in grid]))])
