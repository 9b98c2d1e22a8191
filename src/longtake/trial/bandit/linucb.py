"""Arms chosen by context: ridge regression an arm, and the highest bound wins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LinUCB:
    """What is known of each arm's reward as a line in the context.

    Attributes:
        gram: Sums of outer products plus ``l2`` times the identity, shape (k, d, d).
        moment: Sums of context times reward, shape (k, d).
        alpha: Width of the bound in standard errors, at least 0.

    Examples:
        >>> known = LinUCB.fit([[1.0], [1.0]], [0, 1], [0.0, 1.0], arms=2)
        >>> known.choose([[1.0]]).tolist()
        [1]

    References:
        Li, Chu, Langford, Schapire, 2010, A contextual-bandit approach to personalized news article
        recommendation, doi:10.1145/1772690.1772758.
    """

    gram: Floats
    moment: Floats
    alpha: float

    @classmethod
    def fit(
        cls,
        contexts: ArrayLike,
        arms_taken: ArrayLike,
        rewards: ArrayLike,
        *,
        arms: int,
        alpha: float = 1.0,
        l2: float = 1.0,
    ) -> LinUCB:
        """Return what past choices teach.

        Args:
            contexts: Shape (n, d).
            arms_taken: Arm of each, 0 to ``arms - 1``, shape (n,).
            rewards: Shape (n,).
            arms: How many arms there are, from 1.
            alpha: Width of the bound in standard errors, at least 0.
            l2: Ridge penalty, above zero.

        Raises:
            ValueError: Shapes differ, an arm is unknown, or a parameter is out of its range.
        """
        x, taken = np.asarray(contexts, dtype=np.float64), np.asarray(arms_taken, dtype=np.int64)
        y = np.asarray(rewards, dtype=np.float64)
        if x.ndim != 2 or taken.shape != x.shape[:1] or y.shape != taken.shape:
            raise ValueError(f"contexts of shape {x.shape}, arms of {taken.shape}, rewards of {y.shape}")
        if not ((taken >= 0) & (taken < arms)).all() or not l2 > 0 or not alpha >= 0:
            raise ValueError(f"arms 0 to {arms - 1}, l2 {l2} above zero, alpha {alpha} at least 0")
        chosen = (taken[None, :] == np.arange(arms)[:, None]).astype(np.float64)
        gram = np.einsum("kn,ni,nj->kij", chosen, x, x) + l2 * np.eye(x.shape[1])
        return cls(gram, np.einsum("kn,n,ni->ki", chosen, y, x), alpha)

    def bounds(self, contexts: ArrayLike) -> Floats:
        """Return the upper bound of each arm's reward, shape (m, k), for contexts of shape (m, d)."""
        x = np.asarray(contexts, dtype=np.float64)
        slope = np.linalg.solve(self.gram, self.moment[..., None])[..., 0]
        spread = np.einsum("mi,kij,mj->mk", x, np.linalg.inv(self.gram), x)
        return np.asarray(x @ slope.T + self.alpha * np.sqrt(np.maximum(spread, 0.0)))

    def choose(self, contexts: ArrayLike) -> NDArray[np.int64]:
        """Return the arm with the highest bound for each context, the first of equals, shape (m,)."""
        return np.asarray(self.bounds(contexts).argmax(axis=1), dtype=np.int64)
