"""No result passes a broken split."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.trial.balance.periods import period_evidence, period_p
from longtake.trial.balance.ratio import ratio_evidence, ratio_p

Found = TypeVar("Found", Contrast, Estimate)

METHOD = "sample ratio, sequential multinomial test (Lindon and Malek 2022)"
ALPHA = 0.001


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether arms got the units they should have got.

    Attributes:
        log_evidence: Highest log evidence against it at any look so far; ``math.inf`` for a unit in an arm
            that should have none.
        alpha: Chance of a false alarm at all looks together.
        p: P-value of the last look alone, for the page; the alarm does not go by it.
        n: Units behind it.

    Examples:
        >>> Balance(log_evidence=1.0, alpha=0.001, p=0.04, n=2100).holds
        True
    """

    log_evidence: float
    alpha: float
    p: float
    n: int

    @property
    def holds(self) -> bool:
        """Whether there is no alarm."""
        return self.log_evidence < math.log(1 / self.alpha)


def balance(counts: ArrayLike, weights: ArrayLike, *, alpha: float = ALPHA) -> Balance:
    """Return whether units fell on arms by their planned weights, whatever looks there were.

    Args:
        counts: New units by look and arm, at least 0, shape (t, k); a single look has t = 1.
        weights: Planned weights, shape (k,), or weights logged for each look, shape (t, k), under a bandit.
        alpha: Chance of a false alarm at all looks together, in (0, 1).

    Raises:
        ValueError: Shapes do not fit, a value is negative, or alpha is not in (0, 1).

    Examples:
        >>> balance([[500, 500], [510, 490]], [1, 1]).holds
        True
        >>> balance([[5000, 4000]], [1, 1]).holds
        False
    """
    if not 0 < alpha < 1:
        raise ValueError(f"alpha {alpha} is not in (0, 1)")
    n, share = np.asarray(counts, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if n.ndim != 2:
        raise ValueError(f"counts of shape {n.shape} are not (t, k)")
    if share.ndim == 1:
        against, p = ratio_evidence(np.cumsum(n, axis=0), share), ratio_p(n.sum(axis=0), share)
    else:
        against, p = period_evidence(n, share), period_p(n, share)
    return Balance(float(against.max(initial=0.0)), alpha, p, int(n.sum()))


def gated(found: Found | Unknown, seen: Balance) -> Found | Unknown:
    """Return a result if the split holds, and otherwise why there is none.

    Args:
        found: What a test said.
        seen: The trial's balance.

    Returns:
        ``found``, or Unknown("sample_ratio_mismatch").

    Examples:
        >>> broken = Balance(log_evidence=50.0, alpha=0.001, p=0.0, n=9000)
        >>> gated(Estimate.count(3, unit="clicks", method="count"), broken).reason
        'sample_ratio_mismatch'
    """
    if seen.holds:
        return found
    unit = found.effect.unit if isinstance(found, Contrast) else found.unit
    return Unknown("sample_ratio_mismatch", METHOD, unit, seen.n)
