"""What a run takes on a later day: its line continued, and grown trees on what that leaves over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.heat.boxoffice.features import PATH_DAYS, Run, Seen
from longtake.heat.trees import Trees

Floats = NDArray[np.float64]
OWN = 8
"""Columns before those of the run."""


def ahead_rows(run: Run, shown: Seen, future: Floats | None) -> tuple[Floats, Floats]:
    """Return what the trees look at for each day after the last one seen, and the continued line.

    Args:
        run: The days seen.
        shown: What they show.
        future: Theaters of the days to come up to day 35, NaN where not planned, shape (35 - n,); None when
            nothing is known.

    Returns:
        Rows of shape (35 - n, columns) and natural logarithms of shape (35 - n,).
    """
    n = run.gross.size
    days = np.arange(n, PATH_DAYS)
    line = shown.line(shown.slope)[n:PATH_DAYS]
    rest = np.log(run.gross) - shown.profile[:n]
    back = days - 7 * ((days - n) // 7 + 1)
    same = np.where(back >= 0, rest[np.maximum(back, 0)] - shown.level, np.nan)
    supply = np.log(run.theaters)
    planned = np.full(days.size, np.nan) if future is None else np.log(np.where(future > 0, future, np.nan))
    own = np.column_stack(
        [
            days - n + 1.0,
            days + 1.0,
            (run.release.weekday() + days) % 7,
            shown.profile[days] - shown.profile[max(0, n - 7) : n].mean(),
            same,
            planned - supply[-1],
            line - supply[-1] - run.log_price,
            line - run.log_price,
        ]
    )
    return np.column_stack([own, np.broadcast_to(shown.vector, (days.size, shown.vector.size))]), line


PLANNED, DOLLARS_A_THEATER, DOLLARS = 5, 6, 7
"""Columns that need theaters of the days to come, dollars and theaters, dollars."""


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """Two ensembles that add up to a difference on the logarithmic scale.

    Attributes:
        alone: Grown without the theaters of the days to come.
        planned: Grown with them.
    """

    alone: Trees
    planned: Trees

    def predict(self, run: Run, shown: Seen, future: Floats | None) -> Floats:
        """Return the natural logarithm of takings of each day after the last one seen, shape (35 - n,)."""
        rows, line = ahead_rows(run, shown, future)
        left = self.alone.predict(rows)
        known = np.isfinite(rows[:, PLANNED])
        if known.any():
            left = np.where(known, self.planned.predict(rows), left)
        return np.asarray(line + left)

    def stored(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays that :meth:`read` reads."""
        return {**self.alone.stored("path.alone"), **self.planned.stored("path.planned")}

    @classmethod
    def read(cls, stored: Mapping[str, ArrayLike]) -> Ahead:
        """Return the model stored in an opened ``.npz``."""
        return cls(Trees.read(stored, "path.alone"), Trees.read(stored, "path.planned"))


STARTS = (3, 7, 14, 21)
"""Days seen for which errors of the path are stored; other runs use the last one not above theirs."""


def path_kind(run: Run, planned: bool) -> int:
    """Return which past errors apply: by days seen, by theaters planned or not, by what is known at all."""
    whole = bool(run.sized and np.isfinite(run.theaters).all())
    start = int(np.searchsorted(STARTS, run.gross.size, side="right")) - 1
    return (2 * planned + whole) * len(STARTS) + start
