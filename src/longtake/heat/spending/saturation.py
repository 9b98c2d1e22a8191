"""Whether the last money spent still brings what the first did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]

METHOD = "power response to cumulative spend, profile likelihood"
LEAST = 3
WIDEST = 1.0
"""An elasticity known no better than this says nothing: both growing and vanishing returns would fit."""

# From "the first yuan did it all" to "each yuan brings more than the one before".
ELASTICITIES = np.linspace(0.02, 1.5, 297)


@dataclass(frozen=True, slots=True, eq=False)
class Saturation:
    """How the response to spend bends.

    Attributes:
        elasticity: gamma of ``A spend^gamma``: 1 is constant returns, below 1 each yuan brings less.
        saturated: ``1 -`` what a yuan of the last stretch brings over what one of the first brought; 0 is
            no saturation, 1 is nothing more for the last money, below 0 growing returns.
        returns: Counts a yuan of each stretch brought by the fitted curve, shape (j,), in order of time.
    """

    elasticity: Quantity
    saturated: Quantity
    returns: Floats


def saturation(
    costs: ArrayLike, effects: ArrayLike, deviations: ArrayLike, *, level: float = 0.9
) -> Saturation:
    """Return how the counts that money brings bend as spend adds up.

    The counts of stretch j are ``A (C_j^gamma - C_{j-1}^gamma)`` with C the spend so far, plus an error of
    its own standard deviation, widened by one common factor where the stretches scatter more than that.
    A is solved exactly for each gamma of a grid on [.02, 1.5]; the interval is where twice the fall of
    the log likelihood stays below the chi-squared quantile.

    It describes: a campaign that tires while it spends looks saturated. A trial by city tells the two apart.

    Args:
        costs: Spend of each stretch in order of time, yuan, shape (j,), above 0.
        effects: Counts each brought directly, shape (j,).
        deviations: Their standard deviations, shape (j,), above 0.
        level: Coverage, in (0, 1).

    Returns:
        Both quantities are Unknown("too_few_stretches") with fewer than three, Unknown("no_effect") where
        nothing that was spent brought anything, Unknown("wide") where the interval of the elasticity is
        wider than one.

    Raises:
        ValueError: Shapes differ, or a cost or a deviation is not above zero.

    Examples:
        >>> told = saturation([1, 1, 2], [10, 10, 20], [0.1, 0.1, 0.1])
        >>> round(told.elasticity.value, 2), abs(round(told.saturated.value, 2))
        (1.0, 0.0)

    References:
        Jin, Wang, Sun, Chan and Koehler, 2017, Bayesian methods for media mix modeling with carryover and
        shape effects, Google research paper 46001 (why the response must be allowed to bend).
    """
    spent = np.asarray(costs, dtype=np.float64)
    brought, sd = np.asarray(effects, dtype=np.float64), np.asarray(deviations, dtype=np.float64)
    if not spent.shape == brought.shape == sd.shape or spent.ndim != 1 or not 0 < level < 1:
        raise ValueError(f"costs {spent.shape}, effects {brought.shape}, deviations {sd.shape}")
    if (spent <= 0).any() or (sd <= 0).any():
        raise ValueError("a cost or a deviation is not above zero")
    n = spent.size
    if n < LEAST:
        none = _unknown("too_few_stretches", n, LEAST)
        return Saturation(none[0], none[1], np.full(n, np.nan))
    steps = _steps(spent)
    worth, loss = _fitted(steps, brought, sd)
    best = int(loss.argmin())
    if worth[best] <= 0:
        none = _unknown("no_effect", n, None)
        return Saturation(none[0], none[1], np.full(n, np.nan))
    # With gamma and A taken from n stretches, what is left over their own errors is common scatter.
    widened = max(1.0, float(loss[best]) / (n - 2))
    inside = loss - loss[best] <= widened * chdtri(1, 1 - level)
    if np.ptp(ELASTICITIES[inside]) > WIDEST:
        none = _unknown("wide", n, None)
        return Saturation(none[0], none[1], np.full(n, np.nan))
    returns = steps * worth[:, None] / spent
    lost = 1 - returns[:, -1] / np.where(returns[:, 0] > 0, returns[:, 0], np.nan)
    elasticity = _spread(ELASTICITIES, best, inside, unit="elasticity", n=n, level=level)
    return Saturation(elasticity, _spread(lost, best, inside, unit="share", n=n, level=level), returns[best])


def _steps(spent: Floats) -> Floats:
    """Return what each stretch adds to ``spend^gamma``, shape (gammas, j); all spend is taken for 1."""
    so_far = np.concatenate([[0.0], np.cumsum(spent)]) / spent.sum()
    return np.asarray(np.diff(so_far[None, :] ** ELASTICITIES[:, None], axis=1))


def _fitted(steps: Floats, brought: Floats, sd: Floats) -> tuple[Floats, Floats]:
    """Return A and twice the negative log likelihood for each gamma, each shape (gammas,)."""
    weights = 1 / sd**2
    worth = np.maximum(0.0, (steps * weights) @ brought / (steps**2 @ weights))
    left = brought - worth[:, None] * steps
    return worth, np.asarray(left**2 @ weights)


def _spread(
    values: Floats, best: int, inside: NDArray[np.bool_], *, unit: str, n: int, level: float
) -> Estimate:
    kept = values[inside & np.isfinite(values)]
    value = float(values[best])
    return Estimate(
        value, min(value, float(kept.min())), max(value, float(kept.max())), level, unit, METHOD, n
    )


def _unknown(reason: str, n: int, needed: int | None) -> Sequence[Unknown]:
    return tuple(Unknown(reason, METHOD, unit, n, needed) for unit in ("elasticity", "share"))
