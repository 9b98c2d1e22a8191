"""When the measure starts: on a day set before, or on one the series itself chose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = -1


@dataclass(frozen=True, slots=True)
class OnDay:
    """The start does not depend on the series.

    Attributes:
        day: Index of the first step of the measure.
    """

    day: int

    def starts(self, series: Floats) -> Ints:
        """Return the start in each series, shape (b,)."""
        return np.full(series.shape[0], self.day, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class AfterWorst:
    """The start follows the worst run of steps: what is chosen for being low comes back up by itself.

    Attributes:
        steps: Length of the run.
        first: Earliest start, at least ``steps + usual``.
        last: Latest start.
        usual: The run is the worst against the mean of so many steps before it, so that heat that fades
            steadily has no worst run at its end; 0: the lowest run.

    Examples:
        >>> AfterWorst(steps=2, first=3, last=6).starts(np.array([[5.0, 5, 5, 1, 1, 5, 5, 5]])).tolist()
        [5]
        >>> AfterWorst(1, first=3, last=5, usual=2).starts(np.array([[99.0, 90, 40, 39, 38, 37]])).tolist()
        [3]
    """

    steps: int
    first: int
    last: int
    usual: int = 0

    def __post_init__(self) -> None:
        """Refuse a run that reaches before the series."""
        if self.steps < 1 or self.usual < 0 or not self.steps + self.usual <= self.first <= self.last:
            raise ValueError(f"steps {self.steps}, usual {self.usual}, first {self.first}, last {self.last}")

    def starts(self, series: Floats) -> Ints:
        """Return the start in each series, shape (b,)."""
        total = np.pad(np.cumsum(series, axis=1), ((0, 0), (1, 0)))
        days = np.arange(self.first, min(self.last, series.shape[1]) + 1)
        before = days - self.steps
        run = total[:, days] - total[:, before]
        if self.usual:
            run = run / np.maximum(total[:, before] - total[:, before - self.usual], np.finfo(float).tiny)
        return np.asarray(days[run.argmin(axis=1)])


@dataclass(frozen=True, slots=True)
class AfterDrop:
    """The start follows the first fall below a share of what was usual just before.

    Attributes:
        steps: Steps whose mean is watched.
        share: The start comes once that mean is below ``1 - share`` times the mean of ``usual`` steps
            before them; in (0, 1).
        usual: Steps that say what was usual.
        first: Earliest start, at least ``steps + usual``.
        last: Latest start.

    Examples:
        >>> rule = AfterDrop(steps=1, share=0.5, usual=2, first=3, last=6)
        >>> rule.starts(np.array([[8.0, 8, 8, 8, 3, 8, 8], [8.0] * 7])).tolist()
        [5, -1]
    """

    steps: int
    share: float
    usual: int
    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse a rule that reaches before the series."""
        if self.steps < 1 or self.usual < 1 or not self.steps + self.usual <= self.first <= self.last:
            raise ValueError(f"steps {self.steps}, usual {self.usual}, first {self.first}, last {self.last}")
        if not 0 < self.share < 1:
            raise ValueError(f"share {self.share}")

    def starts(self, series: Floats) -> Ints:
        """Return the start in each series, shape (b,); -1 where it never fell so far."""
        total = np.pad(np.cumsum(series, axis=1), ((0, 0), (1, 0)))
        days = np.arange(self.first, min(self.last, series.shape[1]) + 1)
        now = (total[:, days] - total[:, days - self.steps]) / self.steps
        before = days - self.steps
        usual = (total[:, before] - total[:, before - self.usual]) / self.usual
        low = now < (1 - self.share) * usual
        return np.asarray(np.where(low.any(axis=1), days[low.argmax(axis=1)], NEVER))


Rule = OnDay | AfterWorst | AfterDrop
