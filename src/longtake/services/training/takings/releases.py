"""Wide releases in the US daily figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longtake.heat.boxoffice.calendar import COLUMNS, marks
from longtake.heat.boxoffice.features import PATH_DAYS, Profile

Floats = NDArray[np.float64]
FILE = "boxoffice/us_daily.parquet"
WIDE, FRIDAY, SETTLED_DAYS = 600, 4, 120
FIRST_YEAR = 2002
_PULL = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """One wide release.

    Attributes:
        opened: Day of the wide opening.
        gross: Takings of the first 35 days, dollars, shape (35,).
        theaters: Theaters of the same days, shape (35,).
        total: All takings up to the last day of the file, dollars.
        settled: Whether the file goes on for at least 120 days after the opening.
    """

    opened: date
    gross: Floats
    theaters: Floats
    total: float
    settled: bool


def releases(data: Path) -> list[Release]:
    """Return the releases whose first day in the file is a Friday in at least 600 theaters, oldest first.

    Each has a figure on each of its first 35 days.

    Args:
        data: Folder that holds ``boxoffice/us_daily.parquet``.
    """
    table = pq.read_table(data / FILE, columns=["release_id", "date", "gross", "theaters"])
    table = table.sort_by([("release_id", "ascending"), ("date", "ascending")])
    days = pc.cast(table["date"], "date32").to_numpy().astype("datetime64[D]").astype(np.int64)
    gross, theaters = (table[name].to_numpy().astype(np.float64) for name in ("gross", "theaters"))
    ids = np.asarray(table["release_id"].to_pylist())
    starts = np.flatnonzero(np.r_[True, ids[1:] != ids[:-1]])
    found: list[Release] = []
    for begin, stop in zip(starts, np.r_[starts[1:], ids.size], strict=True):
        if stop - begin < PATH_DAYS or days[begin + PATH_DAYS - 1] - days[begin] != PATH_DAYS - 1:
            continue
        opened = date(1970, 1, 1) + timedelta(days=int(days[begin]))
        if opened.weekday() != FRIDAY or not theaters[begin] >= WIDE or opened.year < FIRST_YEAR:
            continue
        first = slice(begin, begin + PATH_DAYS)
        settled = bool(days.max() - days[begin] >= SETTLED_DAYS)
        found.append(Release(opened, gross[first], theaters[first], float(gross[begin:stop].sum()), settled))
    return sorted(found, key=lambda one: (one.opened, one.total))


def fit_profile(runs: Iterable[Release]) -> Profile:
    """Return the profile of calendar and age, each run's own level and slope set aside.

    Ridge regression of the daily logarithms, all projected off a constant and a slope run by run.
    """
    design = np.stack([np.ones(PATH_DAYS), np.arange(PATH_DAYS)], axis=1)
    base, _ = np.linalg.qr(design)
    size = COLUMNS + PATH_DAYS
    left, right = _PULL * np.eye(size), np.zeros(size)
    for run in runs:
        x = np.hstack([marks(run.opened, PATH_DAYS), np.eye(PATH_DAYS)])
        y = np.log(np.maximum(run.gross, 1e-3 * run.gross.mean()))
        x, y = x - base @ (base.T @ x), y - base @ (base.T @ y)
        left += x.T @ x
        right += x.T @ y
    fitted: Floats = np.asarray(np.linalg.solve(left, right), dtype=np.float64)
    return Profile(fitted[:COLUMNS], fitted[COLUMNS:])
