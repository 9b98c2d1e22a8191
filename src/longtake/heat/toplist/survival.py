"""Whether a topic stays on a top list, and how hot it is if it does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.heat.toplist.features import LEAST_POINTS, WINDOW, Points, ahead, now, points
from longtake.heat.trees import Trees

__all__ = ["LEAST_POINTS", "WINDOW", "ListModel", "Survival", "model", "predict", "survival"]

Floats = NDArray[np.float64]

HORIZONS = (1, 2, 3, 6)
LONGEST = 6
LEVEL = 0.8
_ROWS = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """The next hours of topics on a list; arrays have shape (n, h), or (h,) for one topic.

    Attributes:
        horizon_hours: Hours ahead, shape (h,).
        probability: That the topic is on the list then, in [0, 1].
        log_heat: Natural logarithm of its score then if it is on the list: the median.
        low: Lower end of the interval of ``log_heat``.
        high: Upper end of it.
        level: Coverage of that interval.
        points: Hours on the list that it rests on, shape (n,) or a single number.
    """

    horizon_hours: NDArray[np.int64]
    probability: Floats
    log_heat: Floats
    low: Floats
    high: Floats
    level: float
    points: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ListModel:
    """What was learned from an archive of a list.

    Attributes:
        stays: Trees of the log odds of being on the list.
        change: Trees of the median change of the log score of those that stay.
        low: Trees of its tenth percentile.
        high: Trees of its ninetieth percentile.
        cycle: Usual log threshold by hour of day, shape (24,).
        widen: What each end of the interval is moved outwards by, for horizons 1 to 6, shape (6,).
    """

    stays: Trees
    change: Trees
    low: Trees
    high: Trees
    cycle: Floats
    widen: Floats


@cache
def model() -> ListModel:
    """Return the packaged model; its card is ``weights/card.json``."""
    path = resources.files("longtake.heat.toplist") / "weights" / "list.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        trees = {name: Trees.read(stored, name) for name in ("stays", "change", "low", "high")}
        return ListModel(**trees, cycle=stored["cycle"], widen=stored["widen"])


def survival(
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
    horizon_hours: tuple[int, ...] = HORIZONS,
) -> Survival:
    """Return whether topics stay on Weibo's hot list over the next hours, and how hot they are then.

    Boosted trees over the score's margin to the list's lowest score, its growth, the rank, the growth of the
    topic's totals and the hour of now and then. Hours before the last six are not looked at.

    Args:
        hot: Hourly scores, oldest first, the last one now, above zero, shape (t,) or (n, t); NaN where the
            topic was not seen.
        threshold: Lowest score on the list in each hour (paid places and empty scores set aside), shape (t,)
            or (n, t); NaN in hours nobody looked. Not seen in an hour with a threshold means below it.
        hour: Hour of day of now in Beijing, 0 to 23, a number or shape (n,).
        weekday: Monday 0 to Sunday 6, a number or shape (n,).
        rank: Ranks from 1, shaped like ``hot``; NaN where unknown.
        reads: The topic's readings until then, shaped like ``hot``; NaN where unknown.
        discussions: Contributions until then, likewise.
        posts: Original posts until then, likewise.
        kind: ``film``, ``entertainment`` or ``other``, one for all or one a topic; None where not named.
        horizon_hours: Hours ahead, each 1 to 6.

    Returns:
        Probabilities, and the median of the log score with an 80 % interval given that the topic is listed.

    Raises:
        NotEnoughDataError: A topic was seen in fewer than three hours of the last six.
        ValueError: Shapes differ, a score is not above zero, a topic is not listed now, or a value is out of
            its range.

    Examples:
        >>> found = survival([9e5, 6e5, 4e5], [1e5, 1e5, 1e5], hour=15, weekday=2)
        >>> found.probability.shape, bool((found.low <= found.log_heat).all())
        ((4,), True)

    References:
        Friedman, 2001, Greedy function approximation: a gradient boosting machine,
        doi:10.1214/aos/1013203451.
        Romano, Patterson and Candes, 2019, Conformalized quantile regression, arXiv:1905.03222.
    """
    given = points(
        hot,
        threshold,
        hour=hour,
        weekday=weekday,
        rank=rank,
        reads=reads,
        discussions=discussions,
        posts=posts,
        kind=kind,
    )
    found = predict(model(), given, horizon_hours)
    if np.ndim(hot) > 1:
        return found
    return Survival(
        found.horizon_hours,
        found.probability[0],
        found.log_heat[0],
        found.low[0],
        found.high[0],
        found.level,
        found.points[0],
    )


def predict(learned: ListModel, given: Points, horizon_hours: tuple[int, ...] = HORIZONS) -> Survival:
    """Return what a model says of points; shapes (n, h).

    Raises:
        ValueError: There is no horizon, or one is not 1 to 6.
    """
    if not horizon_hours or not all(1 <= horizon <= LONGEST for horizon in horizon_hours):
        raise ValueError(f"horizon_hours {horizon_hours} are not 1 to {LONGEST}")
    features = now(given)
    level = np.log(given.hot[:, -1])
    made = {name: np.empty((level.size, len(horizon_hours))) for name in ("stays", "change", "low", "high")}
    for start in range(0, level.size, _ROWS):
        part = slice(start, start + _ROWS)
        for column, horizon in enumerate(horizon_hours):
            rows = ahead(features[part], given.hour[part], learned.cycle, horizon)
            for name, into in made.items():
                into[part, column] = getattr(learned, name).predict(rows)
    middle = level[:, None] + made["change"]
    widen = learned.widen[np.asarray(horizon_hours) - 1]
    return Survival(
        horizon_hours=np.asarray(horizon_hours, dtype=np.int64),
        probability=1.0 / (1.0 + np.exp(-made["stays"])),
        log_heat=middle,
        low=np.minimum(middle, level[:, None] + made["low"] - widen),
        high=np.maximum(middle, level[:, None] + made["high"] + widen),
        level=LEVEL,
        points=np.isfinite(given.hot).sum(axis=1),
    )
