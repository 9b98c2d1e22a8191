"""Hour by hour, a list of fifty invented topics among which a campaign's own must hold its place."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from longtake.simulate.fading import THRESHOLD
from longtake.simulate.sample import Entry, Snapshot

Floats = NDArray[np.float64]
PLACES = 50
BIRTHS = 11.0


def hotlist(
    rng: np.random.Generator,
    *,
    start: datetime,
    hours: int,
    own: Mapping[str, Floats],
    missing: float = 0.19,
    every: int = 1,
    activity: Floats | None = None,
) -> tuple[tuple[Snapshot, ...], dict[str, NDArray[np.int64]]]:
    """Return the snapshots that were kept, and the true ranks of the campaign's topics.

    Other topics are born at a constant rate, climb for two hours and halve every few; their level follows
    the hour of day, so that the lowest place of the list is seven times higher at noon than before dawn.

    Args:
        rng: Source of chance.
        start: First hour, aware, on the hour.
        hours: How many.
        own: Score of each of the campaign's topics, hour by hour, shape (hours,).
        missing: Share of hours nobody kept, in [0, 1).
        every: Look at one in so many hours only, from the first on.
        activity: Factor on the score of the others' topics, shape (hours,); None for one.

    Returns:
        Snapshots in order of time, and for each own title its rank in every hour, kept or not, 0 where it
        is not on the list.
    """
    before = 48
    births = rng.poisson(BIRTHS, hours + before)
    born = np.repeat(np.arange(-before, hours), births)
    n = born.size
    height = np.exp(rng.normal(math.log(90_000.0), 1.0, n))
    fade = np.exp(rng.normal(math.log(3.0), 0.5, n))
    titles, categories, notes = _topics(rng, n)
    kept = rng.random(hours) >= missing
    ranks = {title: np.zeros(hours, dtype=np.int64) for title in own}
    snapshots = []
    cycle = THRESHOLD / THRESHOLD.mean()
    for t in range(0, hours, every):
        alive = np.flatnonzero((born <= t) & (born > t - before))
        age = t - born[alive]
        shape = np.where(age < 2, 0.5 + 0.25 * age, 2.0 ** (-(age - 2) / fade[alive]))
        hot = height[alive] * shape * cycle[(start + timedelta(hours=t)).hour]
        hot = hot * np.exp(rng.normal(0.0, 0.08, alive.size)) * (1.0 if activity is None else activity[t])
        best = alive[np.argsort(-hot, kind="stable")[:PLACES]]
        score = dict(zip(alive.tolist(), hot.tolist(), strict=True))
        rows = [Entry(titles[i], categories[i], notes[i], round(score[i])) for i in best.tolist()]
        rows += [
            Entry(title, "电影", "", round(float(level[t]))) for title, level in own.items() if level[t] > 0
        ]
        rows = sorted(rows, key=lambda row: (-row.hot, row.title))[:PLACES]
        for rank, row in enumerate(rows, 1):
            if row.title in ranks:
                ranks[row.title][t] = rank
        if rng.random() < 0.5:
            rows.insert(3, Entry(f"{titles[int(rng.random() * n)]}同款", "", "", 0, sponsored=True))
        if kept[t]:
            snapshots.append(Snapshot(start + timedelta(hours=t), tuple(rows)))
    return tuple(snapshots), ranks


def _topics(rng: np.random.Generator, n: int) -> tuple[list[str], list[str], list[str]]:
    """Return titles, no two alike, with categories and descriptions."""
    words = tomllib.loads((files("longtake.simulate.words") / "topics.toml").read_text(encoding="utf-8"))

    def some(rule: str) -> str:
        return str(words[rule][int(rng.random() * len(words[rule]))])

    seen: set[str] = set()
    titles: list[str] = []
    categories: list[str] = []
    notes: list[str] = []
    while len(titles) < n:
        title = some("subject") + some("deed") + some("tail")
        if title in seen:
            continue
        seen.add(title)
        titles.append(title)
        categories.append(some("category"))
        notes.append(some("describe").replace("{t}", title))
    return titles, categories, notes


def own_titles(title: str) -> list[str]:
    """Return titles a list gives the topics of a campaign, its own name not among them."""
    words = tomllib.loads((files("longtake.simulate.words") / "topics.toml").read_text(encoding="utf-8"))
    return [str(text).replace("{title}", title) for text in words["own"]]
