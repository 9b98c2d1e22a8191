"""Tables of features of many runs, and the ridge regressions on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.features import FEATURES, MAX_DAYS, MIN_DAYS, SIZE, SUPPLY, Profile, run_of, seen
from longtake.heat.boxoffice.multiple import PATTERNS, REACH, Line
from longtake.services.training.takings.releases import Release

Floats = NDArray[np.float64]
HALF_LIFE_YEARS = 6.0
DAYS = range(MIN_DAYS, MAX_DAYS + 1)
_PULL = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Every run after every number of days.

    Attributes:
        rows: Features, shape (runs, 32, FEATURES).
        target: Logarithm of total over takings so far, shape (runs, 32).
        opened: Year of each run with its fraction, shape (runs,).
    """

    rows: Floats
    target: Floats
    opened: Floats

    def of(self, chosen: NDArray[np.bool_]) -> Table:
        """Return the table of some runs."""
        return Table(self.rows[chosen], self.target[chosen], self.opened[chosen])

    @property
    def weight(self) -> Floats:
        """Weight of each run: half for each six years before the newest."""
        return np.asarray(0.5 ** ((self.opened.max() - self.opened) / HALF_LIFE_YEARS))


def table(runs: Sequence[Release], profile: Profile) -> Table:
    """Return the features and targets of some runs."""
    rows = np.empty((len(runs), len(DAYS), FEATURES))
    target = np.empty((len(runs), len(DAYS)))
    for place, run in enumerate(runs):
        for n in DAYS:
            first = run_of(run.gross[:n], run.theaters[:n], run.opened, unit="USD", method="training")
            rows[place, n - MIN_DAYS] = seen(first, profile).vector
            target[place, n - MIN_DAYS] = np.log(run.total / run.gross[:n].sum())
    return Table(rows, np.maximum(target, 0.0), np.array([moment(run) for run in runs]))


def moment(run: Release) -> float:
    """Return the year of the opening with its fraction."""
    return run.opened.year + (run.opened.timetuple().tm_yday - 1) / 366


def hide(rows: Floats, kind: int) -> Floats:
    """Return rows without theaters (kinds 0, 2) or dollars (kinds 0, 1)."""
    left = rows.copy()
    if kind < 2:
        left[..., SIZE] = np.nan
    if kind % 2 == 0:
        left[..., SUPPLY] = np.nan
        left[..., SIZE.start + 1 : SIZE.stop] = np.nan
    return left


def fit_line(runs: Table) -> Line:
    """Return the ridge regressions of the targets, newer runs weighing more."""
    share = runs.weight / runs.weight.sum()
    mean = np.nan_to_num(np.einsum("r,rdf->df", share, runs.rows))
    spread = np.sqrt(np.einsum("r,rdf->df", share, np.nan_to_num(runs.rows - mean) ** 2))
    spread = np.where(spread > 1e-9, spread, 1.0)
    slopes = np.zeros((PATTERNS, len(DAYS), FEATURES))
    base, scatter = np.zeros((PATTERNS, len(DAYS))), np.zeros((PATTERNS, len(DAYS)))
    for kind in range(PATTERNS):
        moved = np.clip(np.nan_to_num((hide(runs.rows, kind) - mean) / spread), -REACH, REACH)
        for day in range(len(DAYS)):
            z, y = moved[:, day], runs.target[:, day]
            centre = share @ z
            middle = share @ y
            zc = z - centre
            gram = zc.T @ (zc * runs.weight[:, None]) + _PULL * np.eye(FEATURES)
            b = np.linalg.solve(gram, zc.T @ (runs.weight * (y - middle)))
            slopes[kind, day], base[kind, day] = b, middle - centre @ b
            scatter[kind, day] = np.sqrt(share @ (y - middle - zc @ b) ** 2)
    return Line(mean, spread, slopes, base, scatter)
