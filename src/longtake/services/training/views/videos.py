"""Daily views and shares of videos, dealt into folds by a hash of their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longtake.errors import NotFoundError

Floats = NDArray[np.float64]

FOLDS = 5
DAYS = 120
PATH = Path("heat") / "youtube_daily_views.parquet"


@dataclass(frozen=True, slots=True, eq=False)
class Videos:
    """Daily views and shares.

    Attributes:
        counts: NaN where missing, shape (n, 120).
        shares: At least 0, NaN where unknown, shape (n, 120).
        fold: Fold of each series, by a hash of its id, shape (n,).
    """

    counts: Floats
    shares: Floats
    fold: NDArray[np.intp]

    def pick(self, rows: NDArray[Any]) -> Videos:
        """Return some of the series."""
        return Videos(self.counts[rows], self.shares[rows], self.fold[rows])


def read(data: Path, *, folds: int = FOLDS) -> Videos:
    """Return the series of ``heat/youtube_daily_views.parquet`` below a folder.

    Raises:
        NotFoundError: The file is not there.
    """
    if not (data / PATH).is_file():
        raise NotFoundError(
            "training set", str(data / PATH), fix="Set LONGTAKE_DATA to the folder that holds `heat`."
        )
    table = pq.read_table(data / PATH)
    shares = matrix(table["daily_shares"].to_pylist())
    # Interpolated shares carry rounding of either sign where there were none.
    shares = np.where(shares < 1e-6, 0.0, shares)
    fold = [
        int.from_bytes(blake2b(each.encode(), digest_size=4).digest(), "big") % folds
        for each in table["video_id"].to_pylist()
    ]
    return Videos(matrix(table["daily_views"].to_pylist()), shares, np.asarray(fold))


def matrix(rows: Sequence[Sequence[float] | None], days: int = DAYS) -> Floats:
    """Return ragged rows as one table, NaN where they end early."""
    out = np.full((len(rows), days), np.nan)
    for place, row in enumerate(rows):
        if row is not None:
            out[place, : min(days, len(row))] = row[:days]
    return out
