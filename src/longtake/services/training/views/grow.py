"""Grow the daily forecast's trees on many series, once for all and once without each fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from longtake.heat.forecasting.features import BLOCKS, HALF, log_ratio
from longtake.heat.forecasting.gaps import bridged
from longtake.heat.forecasting.global_model import (
    Stack,
    global_path,
    predict,
    scale_rows,
    stacked,
)
from longtake.heat.forecasting.intervals import score_table
from longtake.heat.forecasting.season import season
from longtake.heat.forecasting.tables import Table, promotion_table, views_table
from longtake.heat.trees import Trees
from longtake.services.training.boosting import trees_of
from longtake.services.training.views.videos import Videos
from longtake.services.training.views.worlds import worlds

Floats = NDArray[np.float64]

HORIZON = BLOCKS[-1][1]
ORIGINS = (30, 45, 60, 75, 90)
EMPHASIS = (0.3, 0.3, 0.6, 0.8, 1.0)
LAST = ORIGINS[-1]
TUNED = (60, 75)
"""Origins whose out-of-fold forecasts set the weights of the stack; the last one is kept for reporting."""

VARIANTS = ("views", "promotion")
TREES, SCALE_TREES = 260, 50
SHARED: dict[str, Any] = {
    "learning_rate": 0.06,
    "num_leaves": 15,
    "max_depth": 7,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
PATH: dict[str, Any] = {"objective": "fair", "fair_c": 0.6}
SPREAD: dict[str, Any] = {"objective": "regression", "num_leaves": 8, "min_data_in_leaf": 150}
FLOOR = 0.02
EXTRA_ORIGINS, DECOY_SEED = (30, 60, 90), 7
LEAST_SHARE = {"views": (0.0, 0.0, 0.0), "promotion": (0.0, 0.1, 0.0)}
"""Trees answer no plan beyond the largest they have seen; the renewal model's share does."""


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """One variant's table at one origin, and what came after.

    Attributes:
        table: Features and members.
        filled: Bridged counts before the origin.
        after: Counts of the next 30 days, NaN where missing, shape (n, 30).
    """

    table: Table
    filled: Floats
    after: Floats

    @property
    def targets(self) -> list[Floats]:
        """Log ratios of blocks to the last week."""
        return [log_ratio(np.nanmean(self.after[:, a:z], axis=1), self.table.week) for a, z in BLOCKS]


def at_origin(videos: Videos, origin: int, variant: str) -> Origin:
    """Return a variant's table at an origin; unknown shares count as none and are not ``known``."""
    counts, after = videos.counts[:, :origin], videos.counts[:, origin : origin + HORIZON]
    if variant == "views":
        return Origin(views_table(counts, horizon=HORIZON), bridged(counts), after)
    shares = np.nan_to_num(videos.shares)[:, None]
    table = promotion_table(counts, shares[:, :, :origin], shares[:, :, origin : origin + HORIZON])
    return Origin(table, bridged(counts), after)


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """A variant grown once on all series, and once without each fold.

    Attributes:
        whole: Grown on all series.
        without: Grown without each fold; intervals by the residuals of the other folds.
        origins: Tables by origin.
    """

    whole: Stack
    without: tuple[Stack, ...]
    origins: dict[int, Origin]


def decoys(videos: Videos) -> Videos:
    """Return every third series with promotion that has nothing to do with it.

    Half of them get the shares of another series of their fold, half random pulses. Trees that see them
    learn to believe a plan only where past promotion moved the counts.
    """
    rng = np.random.default_rng(DECOY_SEED)
    made = videos.pick(np.arange(0, videos.fold.size, 3))
    shares = np.empty_like(made.shares)
    for fold in np.unique(made.fold):
        rows = np.flatnonzero(made.fold == fold)
        shares[rows] = made.shares[np.roll(rows, 1)]
    rare = rng.random((made.fold.size, 1)) * 0.4
    pulses = (rng.random(shares.shape) < rare) * rng.gamma(1.0, 1.0, shares.shape)
    pulsed = np.arange(made.fold.size) % 2 == 0
    return Videos(made.counts, np.where(pulsed[:, None], pulses, shares), made.fold)


def grow(videos: Videos, variant: str, *, trees: int = TREES, whole: bool = True) -> Grown:
    """Return a variant, cross-fitted over series.

    Weights of the stack come from the out-of-fold pinball loss at the origins before the last; scale and
    quantiles from out-of-fold residuals at the last, those of a fold's own series left out for it (CV+).

    References:
        Barber et al., 2021, Predictive inference with the jackknife+, doi:10.1214/20-AOS1965.
        Fair, 1974, On the robust estimation of econometric models, Annals of Economic and Social
        Measurement 3(4).
    """
    origins = {origin: at_origin(videos, origin, variant) for origin in ORIGINS}
    folds = int(videos.fold.max()) + 1
    made = _joined(worlds(folds), decoys(videos)) if variant == "promotion" else worlds(folds)
    extra = {origin: at_origin(made, origin, variant) for origin in EXTRA_ORIGINS}
    learned = [
        _ratio_trees(origins, videos.fold != out, trees, extra, made.fold != out) for out in range(folds)
    ]
    ratios = {origin: _out_of_fold(origins[origin], learned, videos.fold) for origin in (*TUNED, LAST)}
    stacks = [_finish(tree, origins, ratios, videos.fold != out, trees) for out, tree in enumerate(learned)]
    everyone = np.ones(videos.fold.size, dtype=bool)
    final = _ratio_trees(origins, everyone, trees, extra, made.fold >= 0) if whole else learned[0]
    return Grown(_finish(final, origins, ratios, everyone, trees), tuple(stacks), origins)


def _joined(one: Videos, other: Videos) -> Videos:
    parts = ((getattr(each, name) for each in (one, other)) for name in ("counts", "shares", "fold"))
    return Videos(*(np.concatenate(list(part)) for part in parts))


def _ratio_trees(
    origins: dict[int, Origin],
    keep: NDArray[np.bool_],
    trees: int,
    extra: dict[int, Origin],
    keep_extra: NDArray[np.bool_],
) -> Trees:
    rows, wanted, weight = [], [], []
    emphases = dict(zip(ORIGINS, EMPHASIS, strict=True))
    pairs = [(at, keep, emphases[origin]) for origin, at in origins.items()]
    pairs += [(at, keep_extra, emphases[origin]) for origin, at in extra.items()]
    for at, kept, emphasis in pairs:
        table = at.table
        use = kept & table.known
        for block, target in zip(table.rows, at.targets, strict=True):
            rows.append(block[use])
            wanted.append(target[use])
            weight.append(np.full(int(use.sum()), emphasis))
    rising = origins[LAST].table.rising
    return _boost(
        np.concatenate(rows),
        np.concatenate(wanted),
        np.concatenate(weight),
        special=PATH,
        trees=trees,
        rising=rising,
    )


def _boost(
    rows: Floats,
    wanted: Floats,
    weight: Floats,
    *,
    special: dict[str, Any],
    trees: int,
    rising: Sequence[int] = (),
) -> Trees:
    import lightgbm as lgb  # noqa: PLC0415 -- optional dependency

    options = SHARED | special
    if rising:
        options["monotone_constraints"] = [int(column in rising) for column in range(rows.shape[1])]
    grown = lgb.train(options, lgb.Dataset(rows, wanted, weight=weight), trees)
    return trees_of(grown.dump_model())


def _out_of_fold(at: Origin, learned: Sequence[Trees], fold: NDArray[np.intp]) -> Floats:
    ratios = np.full((fold.size, len(BLOCKS)), np.nan)
    for out, trees in enumerate(learned):
        rows = fold == out
        for block, table in enumerate(at.table.rows):
            ratios[rows, block] = predict(trees, table[rows])
    return ratios


def _members(at: Origin, ratios: Floats) -> Floats:
    return np.stack([global_path(ratios, at.table), at.table.renewal, at.table.damped])


def _finish(
    ratio: Trees,
    origins: dict[int, Origin],
    ratios: dict[int, Floats],
    keep: NDArray[np.bool_],
    trees: int,
) -> Stack:
    weights = stack_weights(
        [_members(origins[o], ratios[o])[:, keep & origins[o].table.known] for o in TUNED],
        [origins[o].after[keep & origins[o].table.known] for o in TUNED],
        LEAST_SHARE["promotion" if origins[LAST].table.rising else "views"],
    )
    at = origins[LAST]
    use = keep & at.table.known
    mean = stacked(_members(at, ratios[LAST]), weights) * season(at.filled, period=7, horizon=HORIZON)[1]
    running = np.cumsum(np.nan_to_num(at.after), axis=1)
    off = np.log(running + HALF) - np.log(np.cumsum(np.where(np.isnan(at.after), 0, mean), axis=1) + HALF)
    spread = np.log(np.abs(off[:, -1]) + FLOOR)
    rows = scale_rows(at.table)
    # Scores are taken with a scale grown on the other half: its own residuals would look too small to it.
    odd = np.arange(use.size) % 2 == 1
    scale = np.ones((use.size, 1))
    for side in (odd, ~odd):
        apart = _scale_trees(rows, spread, use & side, trees)
        scale[~side, 0] = np.maximum(FLOOR, np.exp(predict(apart, rows[~side])))
    scale_trees = _scale_trees(rows, spread, use, trees)
    daily = (np.log(at.after + HALF) - np.log(mean + HALF)) / scale
    return Stack(ratio, scale_trees, weights, score_table(daily[use]), score_table((off / scale)[use]))


def _scale_trees(rows: Floats, spread: Floats, use: NDArray[np.bool_], trees: int) -> Trees:
    plain = np.ones(int(use.sum()))
    return _boost(rows[use], spread[use], plain, special=SPREAD, trees=min(trees, SCALE_TREES))


def stack_weights(members: Sequence[Floats], after: Sequence[Floats], least: Sequence[float] = ()) -> Floats:
    """Return the weights of least pinball loss at one half of log means of blocks, pooled over origins.

    Args:
        members: Paths by origin, each shape (m, n, 30).
        after: What came, each shape (n, 30).
        least: Smallest share of each member; none when empty.

    Returns:
        At least 0, sum 1, shape (m,).
    """
    logs = [np.log(each + HALF) for each in members]
    truth = [np.column_stack([np.nanmean(each[:, a:z], axis=1) for a, z in BLOCKS]) for each in after]

    floor = np.asarray(least if len(least) else np.zeros(logs[0].shape[0]))

    def shares(free: Floats) -> Floats:
        raw = np.exp(free - free.max())
        return np.asarray(floor + (1.0 - floor.sum()) * raw / raw.sum())

    def loss(free: Floats) -> float:
        share = shares(free)
        total = 0.0
        for log, come in zip(logs, truth, strict=True):
            path = np.exp(np.einsum("m,mnh->nh", share, log)) - HALF
            made = np.column_stack([path[:, a:z].mean(axis=1) for a, z in BLOCKS])
            total += float(np.abs(np.log(made + HALF) - np.log(come + HALF)).mean()) / 2
        return total

    start = np.zeros(logs[0].shape[0])
    start[0] = 2.0
    found = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 80, "xatol": 0.02}).x
    return np.asarray(np.round(shares(found), 3))
