"""Bandits run many at once in worlds whose best arm is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.trial.bandit.allocation import drawn_best, floored
from longtake.trial.bandit.periods import USUAL, Effects, period_adjusted
from longtake.trial.bandit.pooled import pooled
from longtake.trial.bandit.prior import FLAT, BetaPrior

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Policy:
    """How a bandit shares out its batches.

    Attributes:
        name: As printed.
        belief: ``uniform``, ``pooled`` or ``periods``.
        rule: ``thompson``, ``top_two`` or ``greedy`` (the leader, with the floor for the rest).
        floor: Share of a batch that is always split evenly.
        prior: Prior of pooled beliefs.
        usual: Spread of log rates that period-adjusted beliefs begin with.
    """

    name: str
    belief: str
    rule: str = "thompson"
    floor: float = 0.02
    prior: BetaPrior = FLAT
    usual: float = USUAL


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """What happened: conversions and units (r, t, k), regret over uniform's, and whether the leader was "
    "best."""

    conversions: Floats
    units: Floats
    regret: Floats
    right: NDArray[np.bool_]


def simulate(
    rates: Floats, wave: Floats, policy: Policy, *, runs: int, batch: int, seed: int, draws: int = 300
) -> Runs:
    """Return runs of one policy; ``rates`` has shape (k,) or (r, k) and ``wave`` multiplies them batch by "
    "batch."""
    rng = np.random.default_rng(seed)
    p = np.broadcast_to(rates, (runs, rates.shape[-1]))
    k, batches = p.shape[1], wave.size
    x, n = np.zeros((runs, batches, k)), np.zeros((runs, batches, k))
    weights, means = np.full((runs, k), 1 / k), np.zeros((runs, k))
    best = p.max(axis=1, keepdims=True)
    lost = np.zeros(runs)
    told: Effects | None = None
    for t in range(batches):
        n[:, t] = rng.multinomial(batch, weights)
        x[:, t] = rng.binomial(n[:, t].astype(np.int64), np.minimum(p * wave[t], 1.0))
        lost += ((best - p) * wave[t] * n[:, t]).sum(axis=1)
        if policy.belief == "periods":
            told = period_adjusted(
                x[:, : t + 1], n[:, : t + 1], usual=policy.usual, start=told, rounds=1 if told else 4
            )
            means, factor = told.means, told.factor
        else:
            means, error = pooled(x[:, : t + 1].sum(axis=1), n[:, : t + 1].sum(axis=1), prior=policy.prior)
            factor = error[..., None] * np.eye(k)
        if policy.belief == "uniform":
            continue
        if policy.rule == "greedy":
            first = (means.argmax(axis=1)[:, None] == np.arange(k)).astype(float)
        else:
            first, second = drawn_best(means, factor, draws=draws, seed=t)
            first = first if policy.rule == "thompson" else (first + second) / 2
        weights = floored(first, floor=policy.floor / k)
    even = (best - p).mean(axis=1) * wave.sum() * batch
    return Runs(x, n, lost / even, p[np.arange(runs), means.argmax(axis=1)] == best[:, 0])
