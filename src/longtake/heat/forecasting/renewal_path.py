"""Renewal model of many series at once, each with its own promotion, run ahead as a mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.kernel import forgetting, memory
from longtake.heat.renewal.solve import non_negative

Floats = NDArray[np.float64]

HALF_LIFE_DAYS = 30.0
ROUNDS = 5
STRAY = 0.3
LEAST = 1e-9
# A constant R of one or more has no mean to return to.
MOST_R = 0.97


@dataclass(frozen=True, slots=True, eq=False)
class RenewalPath:
    """Coefficients of ``lambda_t = b + sum_j beta_j z_jt + sum_k alpha_k e_kt`` for b series.

    Attributes:
        background: Counts a step, shape (b,).
        effects: Counts for one unit of each event, at least 0, shape (b, j).
        weights: alpha, at least 0, their sum R at most 0.97, shape (b, k).
        level: Exponential averages after the last step, shape (b, k).
        scatter: phi of the variance ``lambda + phi lambda^2``, shape (b,).
        keep: Share each average keeps over a step, shape (k,).
    """

    background: Floats
    effects: Floats
    weights: Floats
    level: Floats
    scatter: Floats
    keep: Floats

    @property
    def reproduction(self) -> Floats:
        """R: further counts one count breeds, shape (b,)."""
        return np.asarray(self.weights.sum(axis=1))

    def ahead(self, pushes: Floats) -> Floats:
        """Return the mean of the coming steps, never lower where a push is higher.

        Args:
            pushes: Events of the coming steps, shape (b, j, horizon).

        Returns:
            Counts a step, shape (b, horizon).
        """
        source = self.background[:, None] + (self.effects[:, None] @ pushes)[:, 0]
        out, level = np.empty_like(source), self.level
        for step in range(source.shape[1]):
            out[:, step] = source[:, step] + (self.weights * level).sum(axis=1)
            level = level * self.keep + (1.0 - self.keep) * out[:, step : step + 1]
        return out


def fit_recent(
    counts: Floats, pushes: Floats, seen: NDArray[np.bool_], *, keep: Floats, half_life: float
) -> RenewalPath:
    """Return the quasi-likelihood fit in which a step weighs less the longer it is past.

    Reweighted least squares with coefficients at least 0, as in :mod:`longtake.heat.renewal.fit`, where the
    weight of a step halves with each ``half_life`` and promotion is each series' own.

    Args:
        counts: Bridged counts, shape (b, t).
        pushes: Events, at least 0, shape (b, j, t); j may be 0.
        seen: Observed steps, shape (b, t).
        keep: Share each exponential average keeps over a step, shape (k,).
        half_life: Steps in which the weight of a step halves.

    Returns:
        The fit; a series of zeros has a mean of zero.

    Examples:
        >>> still = fit_recent(np.full((1, 40), 6.0), np.zeros((1, 0, 40)), np.ones((1, 40), bool),
        ...                    keep=np.array([0.4]), half_life=30.0)
        >>> still.ahead(np.zeros((1, 0, 2))).round(3).tolist()
        [[6.0, 6.0]]

    References:
        Kirchner, 2016, Hawkes and INAR(infinity) processes, doi:10.1016/j.spa.2016.02.008.
        Rizoiu et al., 2017, Expecting to be HIP, doi:10.1145/3038912.3052650.
    """
    b, t = counts.shape
    k, j = keep.size, pushes.shape[1]
    past, gone = memory(counts, keep), forgetting(keep, t)
    weigh = seen * 0.5 ** ((t - 1 - np.arange(t)) / half_life)
    early = np.maximum(counts[:, : min(t, 7)].mean(axis=1), LEAST)
    usual = np.full(k, 1.0 / k)
    columns = np.empty((b, 2 + j + k, t))
    columns[:, 0] = 1.0
    columns[:, 1 : 1 + j] = pushes
    pull = (np.eye(k) - np.outer(usual, np.ones(k))) / STRAY
    prior = np.zeros((2 + j + k, 2 + j + k))
    prior[1 + j : 1 + j + k, 1 + j : 1 + j + k] = pull.T @ pull
    total = weigh.sum(axis=1)
    spare = total / np.maximum(1.0, total - (2 + j + k))
    mean = np.maximum(
        memory(counts, np.array([0.85]))[:, 0] + 0.2 * counts.mean(axis=1, keepdims=True), LEAST
    )
    scatter, before, weights = np.full(b, 0.03), early, np.tile(0.6 * usual, (b, 1))
    for _ in range(ROUNDS):
        reach = past + before[:, None, None] * gone
        columns[:, 1 + j : 1 + j + k] = reach
        columns[:, -1] = weights @ gone
        weighted = columns * (weigh / (mean + scatter[:, None] * mean**2))[:, None]
        gram = weighted @ columns.transpose(0, 2, 1) + prior
        moment = np.einsum("bpt,bt->bp", weighted, counts + before[:, None] * columns[:, -1])
        gram[:, -1, -1] += 1.0 / early**2
        moment[:, -1] += 1.0 / early
        found = non_negative(gram, moment)
        weights, before = found[:, 1 + j : 1 + j + k], found[:, -1]
        mean = np.einsum("bp,bpt->bt", found[:, : 1 + j], columns[:, : 1 + j])
        mean += np.einsum("bk,bkt->bt", weights, past + before[:, None, None] * gone)
        mean = np.maximum(mean, LEAST)
        over = ((counts - mean) ** 2 * spare[:, None] - mean) * weigh
        scatter = np.maximum(over.sum(axis=1) / (mean**2 * weigh).sum(axis=1), 1e-6)
    level = (past[:, :, -1] + before[:, None] * gone[:, -1]) * keep + (1.0 - keep) * counts[:, -1:]
    strength = np.maximum(weights.sum(axis=1), LEAST)
    weights = weights * np.minimum(1.0, MOST_R / strength)[:, None]
    return RenewalPath(found[:, 0], found[:, 1 : 1 + j], weights, level, scatter, keep)
