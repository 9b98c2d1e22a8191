"""Trees grown on many series at once, and the stack they are part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.heat.forecasting.features import BLOCKS, HALF
from longtake.heat.forecasting.intervals import tails
from longtake.heat.forecasting.season import season
from longtake.heat.forecasting.tables import Table
from longtake.heat.trees import Trees

Floats = NDArray[np.float64]

MEMBERS = ("global", "renewal", "damped")
LEAST_SCALE = 0.02
# Rows at a time: what the trees look at then stays in the cache.
CHUNK = 256


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Paths with their intervals for b series; totals are of the first day to each day.

    Attributes:
        mean: Shape (b, horizon).
        low: Shape (b, horizon).
        high: Shape (b, horizon).
        total: Shape (b, horizon).
        total_low: Shape (b, horizon).
        total_high: Shape (b, horizon).
    """

    mean: Floats
    low: Floats
    high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """One variant of the daily model: with or without planned promotion.

    Attributes:
        ratio: Log ratio of a block's mean to the last week.
        scale: Log of how far off a total usually is.
        weights: Share of each of ``MEMBERS`` in the log mean, sum 1, shape (3,).
        daily: Quantiles of scores by day ahead, shape (2, probabilities, 30).
        totals: Quantiles of scores of running totals, shape (2, probabilities, 30).
    """

    ratio: Trees
    scale: Trees
    weights: Floats
    daily: Floats
    totals: Floats

    @classmethod
    def read(cls, stored: Mapping[str, ArrayLike], name: str) -> Stack:
        """Return the variant stored as ``name.*`` in an opened ``.npz``."""
        plain = (np.asarray(stored[f"{name}.{part}"], float) for part in ("weights", "daily", "totals"))
        return cls(Trees.read(stored, f"{name}.ratio"), Trees.read(stored, f"{name}.scale"), *plain)

    def stored(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays that :meth:`read` reads."""
        made = self.ratio.stored(f"{name}.ratio") | self.scale.stored(f"{name}.scale")
        for part in ("weights", "daily", "totals"):
            made[f"{name}.{part}"] = np.asarray(getattr(self, part), dtype=np.float32)
        return made

    def middle(self, table: Table, counts: Floats) -> Floats:
        """Return the mean path, shape (b, horizon).

        Args:
            table: Features and members.
            counts: Bridged daily counts the table was made of, for the days of the week.
        """
        return stacked(self.members(table), self.weights) * _weekly(counts, table)

    def members(self, table: Table) -> Floats:
        """Return the paths that are stacked, shape (3, b, horizon)."""
        ratios = np.column_stack([predict(self.ratio, rows) for rows in table.rows])
        return np.stack([global_path(ratios, table), table.renewal, table.damped])

    def scales(self, table: Table) -> Floats:
        """Return how far off the log of a total usually is, shape (b,)."""
        return np.maximum(LEAST_SCALE, np.exp(predict(self.scale, scale_rows(table))))

    def band(self, table: Table, counts: Floats, *, level: float) -> Band:
        """Return the paths with intervals of a level."""
        mean, scale = self.middle(table, counts), self.scales(table)[:, None]
        total = np.cumsum(mean, axis=1)
        ends = []
        for path, scores in ((mean, self.daily), (total, self.totals)):
            for tail in tails(scores, level):
                ends.append(np.maximum(0.0, (path + HALF) * np.exp(_longer(tail, path) * scale) - HALF))
        low, high, total_low, total_high = ends
        return Band(
            mean,
            np.minimum(low, mean),
            np.maximum(high, mean),
            total,
            np.minimum(total_low, total),
            np.maximum(total_high, total),
        )


@cache
def _stored() -> Mapping[str, NDArray[np.generic]]:
    with files("longtake.heat.forecasting").joinpath("weights", "daily.npz").open("rb") as file:
        return dict(np.load(file, allow_pickle=False))


@cache
def packaged() -> Mapping[str, Stack]:
    """Return the variants that come with the package: ``views`` and ``promotion``."""
    return {name: Stack.read(_stored(), name) for name in ("views", "promotion")}


def short_weights(*, promotion: bool) -> tuple[Floats, float]:
    """Return the shares of renewal and damped path in the stack of a short series, and its widening."""
    part = np.asarray(_stored()["short.promotion" if promotion else "short.views"], dtype=np.float64)
    return part[:2], float(part[2])


def predict(trees: Trees, rows: Floats) -> Floats:
    """Return what the trees say of each row, shape (n,)."""
    parts = [trees.predict(rows[at : at + CHUNK]) for at in range(0, rows.shape[0], CHUNK)]
    return np.concatenate(parts) if parts else np.zeros(0)


def scale_rows(table: Table) -> Floats:
    """Return what the scale is read from: the first block, and the size of the last week."""
    return np.column_stack([table.rows[0], np.log(table.week + HALF)])


def global_path(ratios: Floats, table: Table) -> Floats:
    """Return daily means from log ratios of blocks to the last week.

    Between the middles of blocks the log ratio to the damped mean runs straight; after the last it stays.

    Args:
        ratios: Shape (b, blocks).
        table: The table they were predicted from.
    """
    horizon, count = table.damped.shape[1], ratios.shape[1]
    damped = np.log(table.damped + HALF)
    middles = [(a + min(z, horizon) - 1) / 2 for a, z in BLOCKS[:count]]
    at = np.arange(horizon)
    held = np.stack([np.interp(middle, at, np.arange(horizon)) for middle in middles])
    lower = np.floor(held).astype(int)
    upper = np.minimum(lower + 1, horizon - 1)
    share = held - lower
    reference = damped[:, lower] * (1 - share) + damped[:, upper] * share
    over = ratios + np.log(table.week + HALF)[:, None] - reference
    mix = np.stack([np.interp(at, middles, row) for row in np.eye(count)])
    return np.asarray(np.maximum(0.0, np.exp(damped + over @ mix) - HALF))


def stacked(members: Floats, weights: Floats) -> Floats:
    """Return the weighted geometric mean of paths, shape (b, horizon).

    Examples:
        >>> stacked(np.array([[[1.5]], [[7.5]]]), np.array([0.5, 0.5])).tolist()
        [[3.5]]
    """
    logs = np.einsum("m,mbh->bh", weights, np.log(members + HALF))
    return np.asarray(np.maximum(0.0, np.exp(logs) - HALF))


def _weekly(counts: Floats, table: Table) -> Floats:
    return season(counts, period=7, horizon=table.damped.shape[1])[1]


def _longer(tail: Floats, path: Floats) -> Floats:
    """Return the tail for each day ahead; beyond what was measured it widens as a random walk."""
    days = np.arange(1, path.shape[1] + 1)
    known = np.minimum(days, tail.size)
    return np.asarray(tail[known - 1] * np.sqrt(days / known))
