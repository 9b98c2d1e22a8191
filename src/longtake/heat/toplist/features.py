"""What the first hours of a topic on a top list say about the next ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError

Floats = NDArray[np.float64]

WINDOW = 6
LEAST_POINTS = 3
KINDS = ("film", "entertainment", "other")
# Below the list's lowest score by an amount nobody knows: less than any margin a listed topic can have.
ABSENT = -1.0
METHOD = "list survival"
NOW_COLUMNS = (
    *(f"margin_{lag}" for lag in range(WINDOW)),
    *(f"growth_{lag}" for lag in range(WINDOW - 1)),
    "growth_over_two",
    "best_margin",
    *(f"rank_{lag}" for lag in range(4)),
    "rank_change_0",
    "rank_change_1",
    "threshold",
    "threshold_change_1",
    "threshold_change_2",
    *(f"{name}{part}" for name in ("reads", "discussions", "posts") for part in ("", "_1", "_2")),
    "film",
    "entertainment",
    "hour",
    "weekday",
)
COLUMNS = (*NOW_COLUMNS, "horizon", "target_hour", "threshold_ahead")


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The last hours of n topics on one list, oldest first, the last column being now.

    Attributes:
        hot: Scores, above zero, shape (n, t); NaN where the topic was not seen.
        threshold: Lowest score on the list, shape (n, t); NaN in hours nobody looked. A topic not seen in an
            hour with a threshold was below it.
        hour: Hour of day of now on the list's clock, 0 to 23, shape (n,).
        weekday: Day of week of now, Monday 0 to Sunday 6, shape (n,).
        rank: Ranks from 1, shape (n, t); NaN where unknown.
        reads: Readings of the topic until then, shape (n, t); NaN where unknown.
        discussions: Contributions to it until then, shape (n, t); NaN where unknown.
        posts: Original posts until then, shape (n, t); NaN where unknown.
        kind: 0, 1 or 2 for ``KINDS``; -1 where the list names none, shape (n,).
    """

    hot: Floats
    threshold: Floats
    hour: NDArray[np.int64]
    weekday: NDArray[np.int64]
    rank: Floats
    reads: Floats
    discussions: Floats
    posts: Floats
    kind: NDArray[np.int64]


def points(
    hot: ArrayLike,
    threshold: ArrayLike,
    *,
    hour: ArrayLike,
    weekday: ArrayLike,
    rank: ArrayLike | None = None,
    reads: ArrayLike | None = None,
    discussions: ArrayLike | None = None,
    posts: ArrayLike | None = None,
    kind: str | tuple[str | None, ...] | None = None,
) -> Points:
    """Return checked points, everything of shape (n, WINDOW) or (n,).

    Raises:
        NotEnoughDataError: A topic was seen in fewer than three of its last six hours.
        ValueError: Shapes differ, a score is not above zero, a topic is not on the list now, an hour or
            weekday is out of range, or a kind is unknown.

    Examples:
        >>> points([4.0, 2.0, 1.0], [1.0, 1.0, 1.0], hour=8, weekday=0).hot.tolist()
        [[nan, nan, nan, 4.0, 2.0, 1.0]]
    """
    scores = np.atleast_2d(np.asarray(hot, dtype=np.float64))
    n, t = scores.shape
    if (scores <= 0).any():
        raise ValueError("a score is not above zero")
    seen = np.isfinite(scores[:, -WINDOW:]).sum(axis=1)
    if n == 0 or seen.min() < LEAST_POINTS:
        raise NotEnoughDataError(
            METHOD, needed=LEAST_POINTS, got=int(seen.min()) if n else 0, unit="hours on the list"
        )

    def wide(values: ArrayLike | None, name: str) -> Floats:
        if values is None:
            return np.full((n, WINDOW), np.nan)
        given = np.asarray(values, dtype=np.float64)
        if given.shape not in {(t,), (n, t)}:
            raise ValueError(f"{name} has shape {given.shape}, hot {scores.shape}")
        last = np.broadcast_to(given, (n, t))[:, -WINDOW:]
        return np.column_stack([np.full((n, WINDOW - last.shape[1]), np.nan), last])

    def whole(values: ArrayLike, name: str, below: int) -> NDArray[np.int64]:
        given = np.broadcast_to(np.asarray(values, dtype=np.int64), (n,))
        if given.min() < 0 or given.max() >= below:
            raise ValueError(f"{name} is not in 0 to {below - 1}")
        return given

    lowest = wide(threshold, "threshold")
    if not (np.isfinite(scores[:, -1]) & np.isfinite(lowest[:, -1])).all():
        raise ValueError("a topic is not on the list in its last hour, or that hour has no threshold")
    kinds = (kind,) * n if kind is None or isinstance(kind, str) else kind
    if len(kinds) != n or any(one is not None and one not in KINDS for one in kinds):
        raise ValueError(f"kind {kind!r} is not one of {KINDS} for each of {n} topics")
    return Points(
        wide(scores, "hot"),
        lowest,
        whole(hour, "hour", 24),
        whole(weekday, "weekday", 7),
        wide(rank, "rank"),
        wide(reads, "reads"),
        wide(discussions, "discussions"),
        wide(posts, "posts"),
        np.array([-1 if one is None else KINDS.index(one) for one in kinds], dtype=np.int64),
    )


def now(given: Points) -> Floats:
    """Return the features of now, columns ``NOW_COLUMNS``, shape (n, len(NOW_COLUMNS)).

    Examples:
        >>> p = points([4.0, 2.0, 1.0], [1.0, 1.0, 1.0], hour=8, weekday=0)
        >>> dict(zip(NOW_COLUMNS, now(p)[0].tolist()))["margin_0"]
        0.0
    """
    level, lowest = np.log(given.hot)[:, ::-1], np.log(given.threshold)[:, ::-1]
    margin = level - lowest
    margin = np.where(np.isnan(level) & np.isfinite(lowest), ABSENT, margin)
    rank = given.rank[:, ::-1]
    flags = np.where(given.kind[:, None] < 0, np.nan, given.kind[:, None] == np.arange(2))
    parts = [
        margin,
        level[:, :-1] - level[:, 1:],
        level[:, :1] - level[:, 2:3],
        np.nanmax(margin, axis=1, keepdims=True),
        rank[:, :4],
        rank[:, :1] - rank[:, 1:2],
        rank[:, 1:2] - rank[:, 2:3],
        lowest[:, :1],
        lowest[:, :1] - lowest[:, 1:2],
        lowest[:, :1] - lowest[:, 2:3],
    ]
    for total in (given.reads, given.discussions, given.posts):
        amount = np.log1p(total)[:, ::-1]
        parts += [amount[:, :1], amount[:, :1] - amount[:, 1:2], amount[:, :1] - amount[:, 2:3]]
    return np.column_stack([*parts, flags, given.hour, given.weekday])


def ahead(features: Floats, hour: NDArray[np.int64], cycle: Floats, horizon: int) -> Floats:
    """Return the features with those of the target hour, columns ``COLUMNS``.

    Args:
        features: Of now, shape (n, len(NOW_COLUMNS)).
        hour: Hour of day of now, shape (n,).
        cycle: Usual log threshold by hour of day, shape (24,).
        horizon: Hours ahead.
    """
    target = (hour + horizon) % 24
    return np.column_stack(
        [features, np.full(hour.size, float(horizon)), target, cycle[target] - cycle[hour]]
    )
