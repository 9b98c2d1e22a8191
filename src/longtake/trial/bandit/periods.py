"""Beliefs about arms while the base rate drifts: each batch is compared only with itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

METHOD = "conditional multinomial by period, empirical Bayes"
NEWTON_STEPS = 30
ROUNDS = 4
# Two arms' worth of a prior in which arms differ by a tenth: the spread of few arms says little of itself.
WORTH, USUAL = 2.0, 0.1
LONGEST = 2.0
ENOUGH = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Log rates of arms around their mean.

    Attributes:
        means: Posterior means, shape (..., k); only differences mean anything.
        covariance: Posterior covariances, shape (..., k, k).
        spread: Standard deviation of arms' true log rates, shape (...,).
    """

    means: Floats
    covariance: Floats
    spread: Floats

    @property
    def factor(self) -> Floats:
        """Lower Cholesky factors of the covariances, shape (..., k, k)."""
        return np.asarray(np.linalg.cholesky(self.covariance))


def period_adjusted(
    conversions: ArrayLike,
    units: ArrayLike,
    *,
    usual: float = USUAL,
    start: Effects | None = None,
    rounds: int = ROUNDS,
) -> Effects:
    """Return what is believed of arms, given where each batch's conversions fell.

    In batch t the rate of arm k is ``a_t exp(b_k)`` with any a_t: a wave of heat, its decay, a late evening,
    or results that have not all come in yet multiply all arms alike. Given the batch's conversions, their
    split over arms depends on b alone, so a_t need not be known. The b are normal around their mean with a
    spread that is learnt from the arms.

    Args:
        conversions: By batch and arm, at least 0, shape (..., t, k).
        units: Units given to each arm, at least 0, the same shape.
        usual: Standard deviation of arms' log rates in past trials, above zero; it counts as two arms.
        start: What was believed a batch before, to begin the search there.
        rounds: How often means and spread are fitted in turn, from 1; one is enough from a start.

    Raises:
        ValueError: Shapes differ, or an arm without units has conversions.

    Examples:
        >>> found = period_adjusted([[50, 100], [5, 10]], [[1000, 1000], [1000, 1000]])
        >>> bool(found.means[1] > found.means[0])
        True

    References:
        Cox, 1975, Partial likelihood, doi:10.1093/biomet/62.2.269.
        Tierney and Kadane, 1986, Accurate approximations for posterior moments,
        doi:10.1080/01621459.1986.10478240.
    """
    x, n = np.asarray(conversions, dtype=np.float64), np.asarray(units, dtype=np.float64)
    if not usual > 0:
        raise ValueError(f"usual {usual}")
    if x.shape != n.shape or x.ndim < 2 or not ((x >= 0) & (n >= 0)).all() or ((n == 0) & (x > 0)).any():
        raise ValueError(f"conversions of shape {x.shape}, units of shape {n.shape}")
    lead, k = x.shape[:-2], x.shape[-1]
    with np.errstate(divide="ignore"):
        offset = np.log(n)
    # A batch in which nobody was shown anything says nothing; it must not divide by zero either.
    offset = np.where(n.sum(axis=-1, keepdims=True) > 0, offset, 0.0)
    total, gained = x.sum(axis=-1, keepdims=True), x.sum(axis=-2)
    b = np.zeros((*lead, k)) if start is None else start.means
    spread2 = np.full(lead, usual**2) if start is None else start.spread**2
    eye = np.eye(k)
    for _ in range(rounds):
        tight = 1 / spread2[..., None]
        for _ in range(NEWTON_STEPS):
            slope, bend = _derivatives(b, offset, total, gained)
            step = np.linalg.solve(bend + tight[..., None] * eye, (slope - tight * b)[..., None])[..., 0]
            step *= np.minimum(1.0, LONGEST / np.maximum(np.abs(step).max(axis=-1, keepdims=True), 1e-300))
            b = b + step
            if np.abs(step).max(initial=0.0) < ENOUGH:
                break
        _, bend = _derivatives(b, offset, total, gained)
        covariance = np.linalg.inv(bend + tight[..., None] * eye)
        held = (b * b + np.diagonal(covariance, axis1=-2, axis2=-1)).sum(axis=-1)
        spread2 = (held + WORTH * usual**2) / (k + WORTH)
    return Effects(b, (covariance + np.swapaxes(covariance, -1, -2)) / 2, np.sqrt(spread2))


def _derivatives(b: Floats, offset: Floats, total: Floats, gained: Floats) -> tuple[Floats, Floats]:
    """Return slope and curvature of the conditional log likelihood."""
    raised = offset + b[..., None, :]
    raised = np.exp(raised - raised.max(axis=-1, keepdims=True))
    share = raised / raised.sum(axis=-1, keepdims=True)
    expected = (total * share).sum(axis=-2)
    weighted = np.swapaxes(total * share, -1, -2) @ share
    bend = expected[..., None] * np.eye(b.shape[-1]) - weighted
    return gained - expected, bend
