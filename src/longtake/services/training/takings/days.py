"""Tables of later days of many runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.ahead import DOLLARS, DOLLARS_A_THEATER, OWN, PLANNED, ahead_rows
from longtake.heat.boxoffice.features import PATH_DAYS, Profile, run_of, seen
from longtake.heat.boxoffice.multiple import PATTERNS
from longtake.services.training.takings.lines import HALF_LIFE_YEARS, hide, moment
from longtake.services.training.takings.releases import Release

Floats = NDArray[np.float64]
PATH_ANCHORS = (3, 5, 7, 10, 14, 21, 28)


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Later days of runs, after several numbers of days seen; days of one run and start stand together.

    Attributes:
        rows: What the trees look at, theaters of the days to come among it, shape (m, columns).
        line: Continued line, natural logarithm, shape (m,).
        came: Natural logarithm of what came, shape (m,).
        opened: Year of the run with its fraction, shape (m,).
        start: Days seen, shape (m,).
    """

    rows: Floats
    line: Floats
    came: Floats
    opened: Floats
    start: NDArray[np.int64]

    def of(self, chosen: NDArray[np.bool_]) -> Days:
        """Return the table of some rows."""
        return Days(
            self.rows[chosen],
            self.line[chosen],
            self.came[chosen],
            self.opened[chosen],
            self.start[chosen],
        )

    @property
    def weight(self) -> Floats:
        """Weight of each row: half for each six years before the newest."""
        return np.asarray(0.5 ** ((self.opened.max() - self.opened) / HALF_LIFE_YEARS))


def days(runs: Sequence[Release], profile: Profile, starts: Sequence[int] = PATH_ANCHORS) -> Days:
    """Return the later days of some runs, after each of several numbers of days."""
    rows, line, came, opened, start = [], [], [], [], []
    for run in runs:
        for n in starts:
            first = run_of(run.gross[:n], run.theaters[:n], run.opened, unit="USD", method="training")
            made, straight = ahead_rows(first, seen(first, profile), run.theaters[n:])
            rows.append(made)
            line.append(straight)
            came.append(np.log(np.maximum(run.gross[n:], 1e-3 * run.gross[:n].mean())))
            opened.append(np.full(PATH_DAYS - n, moment(run)))
            start.append(np.full(PATH_DAYS - n, n))
    return Days(*(np.concatenate(parts) for parts in (rows, line, came, opened, start)))


def conceal(rows: Floats, kind: int, *, planned: bool) -> Floats:
    """Return rows without theaters (kind 0), dollars (kinds 0, 1) or theaters of the days to come."""
    left = np.column_stack([rows[:, :OWN], hide(rows[:, OWN:], kind)])
    if kind < PATTERNS - 1:
        left[:, [DOLLARS_A_THEATER, DOLLARS]] = np.nan
    if not planned:
        left[:, PLANNED] = np.nan
    return left
