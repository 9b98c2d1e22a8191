"""Learn how long topics stay on a hot list, and how hot they are then, from an hourly archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.heat.toplist.features import COLUMNS, WINDOW, Points, ahead, now
from longtake.heat.toplist.survival import LEVEL, LONGEST, ListModel
from longtake.services.training import hotlist
from longtake.services.training.boosting import trees_of
from longtake.services.training.hotlist import HotList, Origins

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

COMMON: dict[str, Any] = {
    "learning_rate": 0.06,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.6,
    "feature_fraction_seed": 1,
    "seed": 1,
    "num_threads": 1,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
}
TREES, LEAVES = 300, 31
EDGE_TREES, EDGE_LEAVES = 120, 15
# Weeks at the end of training kept for the width of the interval.
HELD_HOURS = 8 * 7 * 24
# How often training hides what a user may not know.
HIDE = {"rank": 0.15, "totals": 0.2, "kind": 0.1, "earlier": 0.25}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What the trees are grown on: a row an origin and horizon at which somebody looked."""

    features: NDArray[np.float32]
    horizon: NDArray[np.int64]
    listed: Bools
    change: Floats


def rows(found: Origins, use: Bools, usual: Floats, *, hide: bool, horizons: tuple[int, ...]) -> Rows:
    """Return the rows of some origins.

    Args:
        found: Origins.
        use: Which of them, shape (n,).
        usual: Usual log threshold by hour of day, shape (24,).
        hide: Whether to hide at random what a user may not know.
        horizons: Hours ahead.
    """
    given = pick(found.points, np.flatnonzero(use))
    if hide:
        given = hidden(given)
    features = now(given)
    parts, which, listed, change = [], [], [], []
    for horizon in horizons:
        looked = found.looked[horizon - 1][use]
        parts.append(ahead(features[looked], given.hour[looked], usual, horizon).astype(np.float32))
        which.append(np.full(int(looked.sum()), horizon))
        listed.append(found.listed[horizon - 1][use][looked])
        change.append(found.change[horizon - 1][use][looked])
    return Rows(np.concatenate(parts), *(np.concatenate(each) for each in (which, listed, change)))


def pick(given: Points, which: NDArray[np.intp]) -> Points:
    """Return the points of some topics."""
    return Points(*(getattr(given, name)[which] for name in Points.__slots__))


def hidden(given: Points) -> Points:
    """Return points of which ranks, totals, kinds and earlier hours are hidden at random."""
    rng = np.random.default_rng(0)
    n = given.hour.size

    def drop(values: Floats, which: Bools) -> Floats:
        return np.where(which[:, None], np.nan, values)

    no_rank, no_totals, no_kind, no_earlier = (rng.random(n) < HIDE[name] for name in HIDE)
    enough = np.isfinite(given.hot[:, -3:]).all(axis=1) & no_earlier
    early = enough[:, None] & (np.arange(WINDOW) < WINDOW - 3)
    rank, reads, discussions, posts = (
        np.where(early, np.nan, drop(values, which))
        for values, which in (
            (given.rank, no_rank),
            (given.reads, no_totals),
            (given.discussions, no_totals),
            (given.posts, no_totals),
        )
    )
    return replace(
        given,
        hot=np.where(early, np.nan, given.hot),
        threshold=np.where(early, np.nan, given.threshold),
        rank=rank,
        reads=reads,
        discussions=discussions,
        posts=posts,
        kind=np.where(no_kind, -1, given.kind),
    )


def learn(listed: HotList, found: Origins, *, until: int) -> ListModel:
    """Return a model learned from the hours of an archive before ``until``.

    The ends of the interval are moved so that they hold 80 % of the last eight of those weeks, which a first
    pair of them has not seen; then they are grown again on all of it.
    """
    usual = hotlist.cycle(listed, until)
    horizons = tuple(range(1, LONGEST + 1))
    past = found.hour < until - LONGEST
    every = rows(found, past, usual, hide=True, horizons=horizons)
    early = rows(found, found.hour < until - HELD_HOURS - LONGEST, usual, hide=True, horizons=horizons)
    late = rows(found, past & (found.hour >= until - HELD_HOURS), usual, hide=False, horizons=horizons)
    tail = (1 - LEVEL) / 2
    low, high = (grow_edge(early, alpha) for alpha in (tail, 1 - tail))
    stayed = np.flatnonzero(late.listed)
    outside = np.maximum(
        low.predict(late.features[stayed]) - late.change[stayed],
        late.change[stayed] - high.predict(late.features[stayed]),
    )
    widen = [float(np.quantile(outside[late.horizon[stayed] == horizon], LEVEL)) for horizon in horizons]
    chance = every.listed.mean()
    stays = grow(
        every.features,
        every.listed.astype(np.float64),
        {"objective": "binary", "num_leaves": LEAVES},
        TREES,
    )
    del chance
    kept = every.listed
    return ListModel(
        stays=trees_of(stays.dump_model()),
        change=trees_of(
            grow(
                every.features[kept],
                every.change[kept],
                {"objective": "l1", "num_leaves": LEAVES, "learning_rate": 0.08},
                TREES,
            ).dump_model()
        ),
        low=trees_of(grow_edge(every, tail).dump_model()),
        high=trees_of(grow_edge(every, 1 - tail).dump_model()),
        cycle=usual,
        widen=np.array(widen),
    )


def grow_edge(given: Rows, alpha: float) -> Any:
    """Return the booster of one quantile of the change of those that stay."""
    special = {"objective": "quantile", "alpha": alpha, "num_leaves": EDGE_LEAVES, "learning_rate": 0.1}
    return grow(given.features[given.listed], given.change[given.listed], special, EDGE_TREES)


def grow(features: NDArray[np.float32], target: Floats, special: dict[str, Any], trees: int) -> Any:
    """Return a booster grown by LightGBM."""
    import lightgbm  # noqa: PLC0415 -- optional dependency

    data = lightgbm.Dataset(features, target, feature_name=list(COLUMNS))
    return lightgbm.train({**COMMON, **special}, data, trees)
