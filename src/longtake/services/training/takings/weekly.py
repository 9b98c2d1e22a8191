"""Next week's admissions: the regressions on Korean days, and their errors on films left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longtake.heat.boxoffice.admissions import FEATURES, HOLIDAYS, REACH, WEEK, Weekly, weekly_features
from longtake.heat.boxoffice.spread import GRID, Spread

Floats = NDArray[np.float64]
FILE = "boxoffice/kr_daily.parquet"
FOLDS, KINDS = 10, 4
_PULL, _HUBER, _ROUNDS = 5.0, 0.1, 30
DAYS_OFF = ("01-01", "02-09", "02-12", "03-01", "04-10", "05-06", "05-15", "06-06", "08-15", "09-16", "09-17")
DAYS_OFF_2024 = frozenset(
    date.fromisoformat(f"2024-{day}") for day in (*DAYS_OFF, "09-18", "10-01", "10-03", "10-09", "12-25")
)
"""Public holidays of Korea in 2024 from Monday to Friday (관공서의 공휴일에 관한 규정)."""


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """Fortnights of films: seven days seen, seven that came.

    Attributes:
        rows: Features with everything known, shape (m, FEATURES).
        came: Logarithm of next over last week's tickets, shape (m,).
        fold: Fold of each film, 0 to 9, shape (m,).
        films: Number of films.
    """

    rows: Floats
    came: Floats
    fold: NDArray[np.int64]
    films: int


def weeks(data: Path) -> Weeks:
    """Return every fourteen days in a row of every film.

    Args:
        data: Folder that holds ``boxoffice/kr_daily.parquet``.
    """
    table = pq.read_table(data / FILE, columns=["movie_cd", "date", "admissions", "showings"])
    table = table.sort_by([("movie_cd", "ascending"), ("date", "ascending")])
    day = pc.cast(table["date"], "date32").to_numpy().astype("datetime64[D]").astype(np.int64)
    tickets, supply = (table[name].to_numpy().astype(np.float64) for name in ("admissions", "showings"))
    film = np.asarray(table["movie_cd"].to_pylist())
    broken = np.r_[True, (film[1:] != film[:-1]) | (np.diff(day) != 1)]
    begin = np.maximum.accumulate(np.where(broken, np.arange(day.size), 0))
    off = {(one - date(1970, 1, 1)).days for one in DAYS_OFF_2024}
    rows, came, fold, names = [], [], [], set()
    for at in range(WEEK, day.size - WEEK + 1):
        if begin[at + WEEK - 1] > at - WEEK:
            continue
        first = max(int(begin[at]), at - 2 * WEEK)
        free = [int(day[place]) in off for place in range(at - WEEK, at + WEEK)]
        # 1970-01-01 was a Thursday.
        weekday = int((day[at] + 3) % 7)
        rows.append(
            weekly_features(tickets[first:at], supply[first:at], supply[at : at + WEEK], weekday, free)
        )
        came.append(np.log(tickets[at : at + WEEK].sum() / tickets[at - WEEK : at].sum()))
        digest = blake2b(str(film[at]).encode(), digest_size=4).digest()
        fold.append(int.from_bytes(digest, "big") % FOLDS)
        names.add(film[at])
    return Weeks(np.array(rows), np.array(came), np.array(fold), len(names))


def known(rows: Floats, kind: int) -> Floats:
    """Return rows without plans (kinds 0, 1) or holidays (kinds 0, 2)."""
    left = rows.copy()
    if kind < 2:
        left[:, HOLIDAYS + 1 :] = np.nan
    if kind % 2 == 0:
        left[:, HOLIDAYS] = np.nan
    return left


def fit_weekly(seen: Weeks, chosen: NDArray[np.bool_] | None = None) -> Weekly:
    """Return the regressions on the chosen rows, errors empty."""
    rows = seen.rows if chosen is None else seen.rows[chosen]
    came = seen.came if chosen is None else seen.came[chosen]
    mean, spread = np.nanmean(rows, axis=0), np.nanstd(rows, axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    slopes, base = np.zeros((KINDS, FEATURES)), np.zeros(KINDS)
    for kind in range(KINDS):
        moved = np.nan_to_num(np.clip((known(rows, kind) - mean) / spread, -REACH, REACH))
        z = np.column_stack([np.ones(len(moved)), moved])
        pull = _PULL * np.eye(FEATURES + 1)
        pull[0, 0] = 0.0
        weight = np.ones(len(z))
        for _ in range(_ROUNDS):
            fitted = np.linalg.solve(z.T @ (z * weight[:, None]) + pull, z.T @ (weight * came))
            weight = np.minimum(1.0, _HUBER / np.maximum(np.abs(came - z @ fitted), 1e-9))
        base[kind], slopes[kind] = fitted[0], fitted[1:]
    return Weekly(mean, spread, slopes, base, Spread(np.zeros(1), np.zeros((KINDS, 1, GRID.size)), 0.0))


def left_out(seen: Weeks) -> Floats:
    """Return forecasts of each row by regressions that never saw its film, shape (KINDS, m)."""
    made = np.empty((KINDS, seen.came.size))
    for fold in range(FOLDS):
        out = seen.fold == fold
        if out.any():
            model = fit_weekly(seen, ~out)
            for kind in range(KINDS):
                made[kind, out] = model.predict(known(seen.rows[out], kind), kind)
    return made


def learn_weekly(seen: Weeks) -> Weekly:
    """Return the regressions on all rows, with the errors of films left out."""
    quantiles = np.quantile(seen.came - left_out(seen), GRID, axis=1).T[:, None, :]
    model = fit_weekly(seen)
    return Weekly(model.mean, model.spread, model.slopes, model.base, Spread(np.zeros(1), quantiles, 0.0))
