"""A number over time on an even grid, with its gaps kept as gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

MISSING, OBSERVED, CENSORED = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values on an even time grid; a gap is not a zero and absence from a list is a bound.

    Attributes:
        start: First bin, aware UTC.
        step: Width of a bin.
        values: Shape (n,); NaN unless ``state`` is OBSERVED.
        state: Shape (n,), int8: MISSING (nobody looked), OBSERVED, or CENSORED (someone looked and
            the value was below ``bound``).
        bound: Shape (n,); the threshold where CENSORED, NaN elsewhere.

    Raises:
        ValueError: Shapes differ or the step is not positive.

    Examples:
        >>> from datetime import UTC
        >>> s = Series(datetime(2022, 1, 1, tzinfo=UTC), timedelta(hours=1),
        ...            np.array([5.0, np.nan]), np.array([1, 0], dtype=np.int8), np.array([np.nan, np.nan]))
        >>> s.observed.tolist()
        [True, False]
    """

    start: datetime
    step: timedelta
    values: NDArray[np.float64]
    state: NDArray[np.int8]
    bound: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse arrays that do not line up."""
        if not self.values.shape == self.state.shape == self.bound.shape or self.values.ndim != 1:
            raise ValueError("values, state and bound must be one-dimensional and of one length")
        if self.step <= timedelta(0):
            raise ValueError(f"step {self.step} is not positive")

    def __len__(self) -> int:
        """Return the number of bins."""
        return len(self.values)

    @property
    def observed(self) -> NDArray[np.bool_]:
        """Which bins hold a value, shape (n,)."""
        return np.asarray(self.state == OBSERVED)

    @property
    def times(self) -> list[datetime]:
        """Start of each bin, aware UTC, length n."""
        return [self.start + i * self.step for i in range(len(self))]
