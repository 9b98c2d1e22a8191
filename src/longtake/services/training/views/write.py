"""Train the daily forecast, measure it out of fold, and write weights and card."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from longtake.heat.forecasting.global_model import Band
from longtake.services.training.views.grow import (
    EMPHASIS,
    HORIZON,
    LAST,
    ORIGINS,
    VARIANTS,
    Grown,
    grow,
)
from longtake.services.training.views.measure import accuracy, held
from longtake.services.training.views.short import short_stack
from longtake.services.training.views.videos import FOLDS, Videos, read

LEVEL = 0.8
DIGITS = 4
LICENCE = "research data, not redistributed: the package holds thresholds and leaf values alone"


def train(data: Path, out: Path | None) -> Iterator[str]:
    """Train both variants and yield lines that say how well they do out of fold.

    Args:
        data: Folder with ``heat/youtube_daily_views.parquet``.
        out: Where to write ``daily.npz`` and ``card.json``; nothing is written when None.

    Raises:
        NotFoundError: The file is not there.
    """
    videos = read(data)
    grown = {variant: grow(videos, variant) for variant in VARIANTS}
    figures: dict[str, dict[str, float]] = {}
    bands = out_of_fold(videos, grown, level=LEVEL)
    after, before = videos.counts[:, LAST:], videos.counts[:, :LAST]
    for variant, band in bands.items():
        figures[variant] = accuracy(band.mean, after, before) | held(band, after)
        yield f"{variant:<10}" + "  ".join(f"{key} {value:.3f}" for key, value in figures[variant].items())
    stored: dict[str, Any] = {}
    for variant, each in grown.items():
        stored |= each.whole.stored(variant)
        stored[f"short.{variant}"] = short_stack(videos, promotion=variant == "promotion")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(out / "daily.npz", allow_pickle=False, **stored)
        text = json.dumps(card(videos, grown, figures), indent=2, ensure_ascii=False)
        (out / "card.json").write_text(text + "\n", "utf-8")
        yield str(out / "daily.npz")


def out_of_fold(videos: Videos, grown: Mapping[str, Grown], *, level: float) -> dict[str, Band]:
    """Return bands from day 90 of each series by the stack that never saw it.

    Where promotion says nothing of a series, its forecast with promotion is the one without.
    """
    bands: dict[str, Band] = {}
    for variant, each in grown.items():
        at = each.origins[LAST]
        parts = {field.name: np.empty((videos.fold.size, HORIZON)) for field in fields(Band)}
        for fold, stack in enumerate(each.without):
            rows = np.flatnonzero(videos.fold == fold)
            made = stack.band(at.table.pick(rows), at.filled[rows], level=level)
            for name, array in parts.items():
                array[rows] = getattr(made, name)
        if "views" in bands:
            for name, array in parts.items():
                array[~at.table.known] = getattr(bands["views"], name)[~at.table.known]
        bands[variant] = replace(made, **parts)
    return bands


def card(
    videos: Videos, grown: Mapping[str, Grown], figures: Mapping[str, Mapping[str, float]]
) -> dict[str, Any]:
    """Return the model card."""
    return {
        "model": "daily attention, 30 days ahead: boosted trees, renewal model and damped mean, stacked",
        "trained_on": "daily views and shares of YouTube videos in their first 120 days (a part of the "
        "ACTIVE set of Rizoiu et al., 2017, doi:10.1145/3038912.3052650)",
        "series": int(videos.fold.size),
        "date_range": "videos found in tweets of 29 May to 26 December 2014, as the study states",
        "licence_of_data": LICENCE,
        "origins": {str(day): weight for day, weight in zip(ORIGINS, EMPHASIS, strict=True)},
        "split": f"{FOLDS} folds by a hash of the video's id; figures are out of fold, from day {LAST} on",
        "stack": {name: each.whole.weights.tolist() for name, each in grown.items()},
        "trees": {name: int(each.whole.ratio.feature.shape[0]) for name, each in grown.items()},
        "measured": {
            name: {key: round(value, DIGITS) for key, value in each.items()} for name, each in figures.items()
        },
        "promotion_known": round(float(grown["promotion"].origins[LAST].table.known.mean()), DIGITS),
        "not_for": "hourly counts, box office, list scores; fewer than 28 days of history; works whose "
        "promotion differs in kind from shares of a link; a statement of what promotion causes",
    }
