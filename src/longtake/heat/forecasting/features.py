"""What the global model looks at: ratios of a series to its own last week, free of its unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.heat.forecasting.renewal_path import RenewalPath

Floats = NDArray[np.float64]

# Days ahead that share one figure: near days change faster.
BLOCKS = ((0, 3), (3, 7), (7, 14), (14, 21), (21, 30))
WEEK, MONTH = 7, 28
HALF = 0.5
# An index without any promotion lies this far below its usual level.
SILENT = 0.05
USUAL_DAYS = 60


def log_ratio(over: Floats, under: Floats) -> Floats:
    """Return ``log((over + 1/2) / (under + 1/2))``: finite at zero, and a plain ratio for large counts.

    Examples:
        >>> log_ratio(np.array([0.0, 1.5]), np.array([0.0, 0.5])).round(3).tolist()
        [0.0, 0.693]
    """
    return np.asarray(np.log((over + HALF) / (under + HALF)))


def last_week(counts: Floats) -> Floats:
    """Return the mean of the last seven days, shape (b,)."""
    return np.asarray(counts[:, -WEEK:].mean(axis=1))


def history(counts: Floats) -> Floats:
    """Return features of the past, shape (b, 27).

    Args:
        counts: Bridged daily counts, shape (b, t), t at least 28.
    """
    b, t = counts.shape
    week, tail = last_week(counts), counts[:, -MONTH:]
    logs = np.log(counts[:, -5 * WEEK :] + HALF)
    unknown = np.full(b, np.nan)
    columns = [log_ratio(counts[:, -day], week) for day in range(1, WEEK + 1)]
    columns += [log_ratio(counts[:, -a:-z].mean(axis=1), week) for a, z in ((14, 7), (21, 14))]
    columns += [
        log_ratio(counts[:, -3:].mean(axis=1), week),
        log_ratio(counts[:, -28:-21].mean(axis=1), week),
        log_ratio(counts[:, -56:-28].mean(axis=1), week) if t >= 2 * MONTH else unknown,
        log_ratio(counts.mean(axis=1), week),
        log_ratio(counts[:, :WEEK].mean(axis=1), week),
        log_ratio(tail.max(axis=1), week),
        log_ratio(tail.min(axis=1), week),
        log_ratio(counts.max(axis=1), week),
        log_ratio(np.median(tail, axis=1), week),
        log_ratio(counts[:, -WEEK:].min(axis=1), week),
        log_ratio(counts[:, -WEEK:].max(axis=1), week),
        _slope(logs[:, -MONTH:]),
        _slope(logs[:, -2 * WEEK :]),
        np.diff(logs[:, -MONTH:], axis=1).std(axis=1),
        logs[:, -WEEK:].std(axis=1),
        np.abs(logs[:, WEEK:] - logs[:, :-WEEK]).mean(axis=1) if t >= 5 * WEEK else unknown,
        t - counts.argmax(axis=1).astype(np.float64),
        np.full(b, float(t)),
    ]
    return np.column_stack(columns)


def blocks(path: Floats) -> Floats:
    """Return the mean of a path over each block that it reaches, shape (b, blocks).

    Examples:
        >>> blocks(np.arange(5.0)[None]).tolist()
        [[1.0, 3.5]]
    """
    return np.column_stack([path[:, a:z].mean(axis=1) for a, z in BLOCKS if a < path.shape[1]])


def promotion_index(pushes: Floats, fitted: RenewalPath) -> tuple[Floats, NDArray[np.bool_]]:
    """Return what one unit of each event counts for in a common index, and where it is known at all.

    Events are put on the scale of their own usual level over the last 60 days (over all days where those
    are silent) and weighed by what the renewal model gives them, none less than a tenth of its equal share.

    Args:
        pushes: Past events, shape (b, j, t).
        fitted: Renewal model of the same series.

    Returns:
        Weight of a unit, at least 0, shape (b, j); known, shape (b,).
    """
    recent, ever = pushes[:, :, -USUAL_DAYS:].mean(axis=2), pushes.mean(axis=2)
    usual = np.where(recent > 0, recent, ever)
    used = usual > 0
    given = np.where(used, fitted.effects * usual, 0.0)
    share = given / np.maximum(given.sum(axis=1, keepdims=True), 1e-300)
    share = np.where(used, np.maximum(share, 0.1 / max(1, usual.shape[1])), 0.0)
    share = share / np.maximum(share.sum(axis=1, keepdims=True), 1e-300)
    return share / np.where(used, usual, 1.0), used.any(axis=1)


def past_promotion(index: Floats) -> Floats:
    """Return features of past promotion, shape (b, 8).

    Args:
        index: Promotion index of the past, about 1 as usual, shape (b, t), t at least 28.
    """
    columns = [_level(index[:, -a:].mean(axis=1)) for a in (1, 3, 7)]
    columns += [_level(index[:, -14:-7].mean(axis=1)), _level(index[:, -28:-14].mean(axis=1))]
    columns += [_level(index[:, -MONTH:].max(axis=1)), _level(index.mean(axis=1))]
    columns += [(index[:, -MONTH:] == 0).mean(axis=1)]
    return np.column_stack(columns)


def evidence(counts: Floats, index: Floats) -> Floats:
    """Return how counts went along with promotion: day to day, and in level, shape (b, 2).

    Correlations over the last 60 days of logs, 0 where one of them did not move.

    Args:
        counts: Bridged daily counts, shape (b, t).
        index: Promotion index of the same days, shape (b, t).
    """
    views = np.log(counts[:, -USUAL_DAYS:] + HALF)
    pushes = _level(index[:, -USUAL_DAYS:])
    time = np.arange(views.shape[1]) - (views.shape[1] - 1) / 2
    flat = views - views.mean(axis=1, keepdims=True) - _slope(views)[:, None] * time
    return np.column_stack([_alike(np.diff(views, axis=1), np.diff(pushes, axis=1)), _alike(flat, pushes)])


def planned(past: Floats, ahead: Floats, block: int) -> Floats:
    """Return features of promotion up to the end of a block, none falling in any day's, shape (b, 8).

    Args:
        past: Promotion index of the past, shape (b, t).
        ahead: Promotion index of the coming days, shape (b, h).
        block: Number of a block that begins before h.
    """
    start, stop = BLOCKS[block]
    inside, until = ahead[:, start:stop].mean(axis=1), ahead[:, :stop].mean(axis=1)
    before = ahead[:, max(0, start - WEEK) : start] if start else past[:, -WEEK:]
    columns = [_level(inside), _level(until), _level(ahead[:, :stop].max(axis=1))]
    columns += [_level(before.mean(axis=1))]
    for days in (2 * WEEK, WEEK):
        recent = np.log(past[:, -days:].mean(axis=1) + SILENT)
        columns += [np.log(inside + SILENT) - recent, np.log(until + SILENT) - recent]
    return np.column_stack(columns)


def _alike(one: Floats, other: Floats) -> Floats:
    one, other = one - one.mean(axis=1, keepdims=True), other - other.mean(axis=1, keepdims=True)
    size = np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    return np.asarray((one * other).sum(axis=1) / np.where(size > 1e-12, size, np.inf))


def _level(index: Floats) -> Floats:
    return np.asarray(np.log(index + SILENT))


def _slope(logs: Floats) -> Floats:
    time = np.arange(logs.shape[1]) - (logs.shape[1] - 1) / 2
    return np.asarray((logs * time).sum(axis=1) / (time**2).sum())
