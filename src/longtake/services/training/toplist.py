"""Learn how long topics stay on a hot list, and how hot they are then, from an hourly archive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from longtake.heat.toplist.features import COLUMNS, WINDOW, Points, ahead, now
from longtake.heat.toplist.survival import HORIZONS, LEVEL, LONGEST, ListModel, predict
from longtake.heat.trees import Trees
from longtake.services.training import hotlist
from longtake.services.training.boosting import trees_of
from longtake.services.training.hotlist import HotList, Origins

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TREES, LEAVES = 300, 31
EDGE_TREES, EDGE_LEAVES = 120, 15
COMMON: dict[str, Any] = {
    "learning_rate": 0.1,
    "num_leaves": LEAVES,
    "min_data_in_leaf": 500,
    "feature_fraction": 0.6,
    "feature_fraction_seed": 1,
    "seed": 1,
    "num_threads": 1,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
}
SPLIT = (2025, 7, 1)
# Weeks at the end of training kept for the width of the interval.
HELD_HOURS = 8 * 7 * 24
# How often training hides what a user may not know: all but scores; totals and kind; rank; earlier hours.
HIDE_ALL, HIDE_TOTALS, HIDE_RANK, HIDE_EARLIER = 0.15, 0.15, 0.05, 0.25


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
    """Return points of which ranks, totals with kinds, and earlier hours are hidden at random."""
    rng = np.random.default_rng(0)
    n = given.hour.size

    def drop(values: Floats, which: Bools) -> Floats:
        return np.where(which[:, None], np.nan, values)

    lot, no_earlier = rng.random(n), rng.random(n) < HIDE_EARLIER
    no_totals = lot < HIDE_ALL + HIDE_TOTALS
    no_rank = (lot < HIDE_ALL) | (lot >= 1 - HIDE_RANK)
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
        kind=np.where(no_totals, -1, given.kind),
    )


def train(data: Path, out: Path | None) -> Iterator[str]:
    """Learn from the archive of a folder and yield lines that say how well it does.

    Measured on the hours from ``SPLIT`` on by a model that saw none of them; what is written has seen all.

    Args:
        data: Folder with ``heat/weibo_hot_hourly.parquet``.
        out: Where to write ``list.npz`` and ``card.json``; nothing is written when None.

    Raises:
        NotFoundError: The archive is not there.
        UnreadableFileError: It is damaged or lacks a column.
    """
    listed = hotlist.read(data)
    found = hotlist.origins(listed)
    cut = listed.since(*SPLIT)
    measured = measure(learn(listed, found, until=cut), found, found.first & (found.hour >= cut))
    for horizon, figures in measured.items():
        yield f"+{horizon} h: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
    if out is None:
        return
    whole = learn(listed, found, until=listed.threshold.size)
    out.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {"cycle": whole.cycle, "widen": whole.widen}
    for name in ("stays", "change", "low", "high"):
        arrays |= getattr(whole, name).stored(name)
    np.savez_compressed(out / "list.npz", allow_pickle=False, **arrays)
    text = json.dumps(card(listed, found, measured), ensure_ascii=False, indent=2, sort_keys=True)
    (out / "card.json").write_text(text + "\n", "utf-8")
    yield str(out / "list.npz")


def measure(learned: ListModel, found: Origins, use: Bools) -> dict[int, dict[str, float]]:
    """Return the quality at some origins by horizon, over those at whose target hour somebody looked."""
    which = np.flatnonzero(use)
    said = predict(learned, pick(found.points, which))
    level = np.log(found.points.hot[which, -1])
    made = {}
    for column, horizon in enumerate(HORIZONS):
        looked, listed = found.looked[horizon - 1][which], found.listed[horizon - 1][which]
        truth = level + found.change[horizon - 1][which]
        off = np.abs(said.log_heat[:, column] - truth)[listed]
        film = (found.points.kind[which] == 0)[listed]
        shown = np.isin(found.points.kind[which], (0, 1))[listed]
        chance = said.probability[looked, column]
        inside = (said.low[:, column] <= truth) & (truth <= said.high[:, column])
        made[horizon] = {
            "n": float(looked.sum()),
            "listed": float(listed[looked].mean()),
            "auc": auc(chance, listed[looked]),
            "brier": float(np.mean((chance - listed[looked]) ** 2)),
            "mae": float(off.mean()),
            "n_film": float(film.sum()),
            "mae_film": float(off[film].mean()),
            "mae_film_entertainment": float(off[shown].mean()),
            "coverage_80": float(inside[listed].mean()),
            "half_width_80": float(np.mean((said.high - said.low)[listed, column]) / 2),
        }
    return made


def auc(score: Floats, truth: Bools) -> float:
    """Return the probability that a true row scores higher than a false one.

    Examples:
        >>> auc(np.array([0.1, 0.4, 0.8]), np.array([False, True, True]))
        1.0
    """
    ranks, positive = rankdata(score), int(truth.sum())
    pairs = positive * (truth.size - positive)
    return float((ranks[truth].sum() - positive * (positive + 1) / 2) / pairs) if pairs else float("nan")


def card(listed: HotList, found: Origins, measured: Mapping[int, Mapping[str, float]]) -> dict[str, Any]:
    """Return the model card."""
    first = np.datetime64(listed.day, "D")
    last = first + np.timedelta64((listed.threshold.size - 1) // 24, "D")
    return {
        "model": "survival on Weibo's hot list and log score, boosted trees",
        "licence_of_data": "public archive of a hot list, not redistributed: the package holds trees alone",
        "dates": [str(first), str(last)],
        "origins": int(found.hour.size),
        "topics": int(np.unique(listed.topic).size),
        "horizon_hours": [1, LONGEST],
        "split": "measured on hours from "
        + "-".join(f"{part:02d}" for part in SPLIT)
        + " on by a model that saw none of them, at the third hour in a row of topics that were not listed "
        "just before; the packaged trees were then grown on all hours; everything was chosen on the last "
        "quarter before the split",
        "do_not_use": "for other platforms' lists; for topics seen in fewer than three hours; for scores "
        "from before 2024 or after a change of the list's formula; for hours in which nobody looked at "
        "the list; for what would happen under other promotion",
        "measured": {
            f"+{horizon} h": {name: round(value, 4) for name, value in figures.items()}
            for horizon, figures in measured.items()
        },
    }


def learn(listed: HotList, found: Origins, *, until: int, trees: int = TREES) -> ListModel:
    """Return a model learned from the hours of an archive before ``until``.

    The ends of the interval are moved so that they hold 80 % of the last eight of those weeks, which a first
    pair of them has not seen; then they are grown again on all of it.

    Args:
        listed: The archive.
        found: Origins in it.
        until: Hour of the archive.
        trees: Trees of the two larger forests.
    """
    usual = hotlist.cycle(listed, until)
    horizons = tuple(range(1, LONGEST + 1))
    past = found.hour < until - LONGEST
    every = rows(found, past, usual, hide=True, horizons=horizons)
    early = rows(found, found.hour < until - HELD_HOURS - LONGEST, usual, hide=True, horizons=horizons)
    late = rows(found, past & (found.hour >= until - HELD_HOURS), usual, hide=False, horizons=horizons)
    tail, edge = (1 - LEVEL) / 2, min(trees, EDGE_TREES)
    low, high = (flat(grow_edge(early, alpha, edge)) for alpha in (tail, 1 - tail))
    stayed = np.flatnonzero(late.listed)
    outside = np.maximum(
        low.predict(late.features[stayed]) - late.change[stayed],
        late.change[stayed] - high.predict(late.features[stayed]),
    )
    widen = [float(np.quantile(outside[late.horizon[stayed] == horizon], LEVEL)) for horizon in horizons]
    kept = every.listed
    stays = grow(every.features, kept.astype(np.float64), {"objective": "binary"}, trees)
    change = grow(every.features[kept], every.change[kept], {"objective": "l1"}, trees)
    return ListModel(
        stays=flat(stays),
        change=flat(change),
        low=flat(grow_edge(every, tail, edge)),
        high=flat(grow_edge(every, 1 - tail, edge)),
        cycle=usual,
        widen=np.array(widen),
    )


def flat(booster: Any) -> Trees:
    """Return a booster's trees; a split between known and unknown has the highest number as threshold."""
    with np.errstate(over="ignore"):
        return trees_of(booster.dump_model())


def grow_edge(given: Rows, alpha: float, trees: int) -> Any:
    """Return the booster of one quantile of the change of those that stay."""
    special = {"objective": "quantile", "alpha": alpha, "num_leaves": EDGE_LEAVES}
    return grow(given.features[given.listed], given.change[given.listed], special, trees)


def grow(features: NDArray[np.float32], target: Floats, special: dict[str, Any], trees: int) -> Any:
    """Return a booster grown by LightGBM."""
    import lightgbm  # noqa: PLC0415 -- optional dependency

    data = lightgbm.Dataset(features, target, feature_name=list(COLUMNS))
    return lightgbm.train({**COMMON, **special}, data, trees)
