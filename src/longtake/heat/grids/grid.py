"""From irregular observations to an even grid whose gaps stay gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.timed.series import CENSORED, MISSING, OBSERVED, Series

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
Times = Sequence[datetime] | NDArray[np.datetime64]
REDUCTIONS = ("max", "min", "last", "sum")


def microseconds(times: Times | datetime) -> NDArray[np.int64]:
    """Return microseconds since 1970-01-01 UTC; aware datetimes, or datetime64 taken as UTC.

    Raises:
        ValueError: A datetime has no time zone.
    """
    if isinstance(times, np.ndarray):
        return times.astype("datetime64[us]").astype(np.int64)
    some = [times] if isinstance(times, datetime) else times
    if any(time.tzinfo is None for time in some):
        raise ValueError("times must be aware")
    origin = datetime(1970, 1, 1, tzinfo=UTC)
    return np.array([(time - origin) // timedelta(microseconds=1) for time in some], dtype=np.int64)


def bins(times: Times, *, start: datetime, end: datetime, step: timedelta) -> tuple[NDArray[np.int64], int]:
    """Return the bin of each time (-1 outside ``[start, end)``) and the number of bins.

    Raises:
        ValueError: ``end`` is not after ``start``, or a time has no zone.

    Examples:
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> bins([at, at + 3 * HOUR], start=at, end=at + 2 * HOUR, step=HOUR)
        (array([ 0, -1]), 2)
    """
    if end <= start:
        raise ValueError(f"end {end} is not after start {start}")
    width = step // timedelta(microseconds=1)
    total = -(-(end - start) // step)
    index = (microseconds(times) - microseconds(start)[0]) // width
    inside = (index >= 0) & (index < total)
    return np.where(inside, index, -1).astype(np.int64), int(total)


def even(
    times: Times,
    values: ArrayLike,
    *,
    start: datetime,
    end: datetime,
    step: timedelta,
    reduction: str = "max",
    looked: Times | None = None,
    bound: ArrayLike | None = None,
) -> Series:
    """Return numbers seen at irregular times on an even grid.

    A bin is OBSERVED when it holds a value, CENSORED when somebody looked and the subject was not there,
    MISSING when nobody looked. Values outside ``[start, end)`` and NaN values are left out.

    Args:
        times: When each value held, shape (n,).
        values: Shape (n,).
        start: First bin, aware.
        end: First instant that is too late, aware.
        step: Width of a bin.
        reduction: What several values in one bin become: "max" for a score, "min" for a rank, "last" for
            a cumulative count, "sum" for an increment.
        looked: When somebody looked at the list, shape (m,); None when there is no list to be absent from.
        bound: The list's lowest value at each look, shape (m,); NaN where unknown. A bin's bound is the
            highest of its looks; it is ``inf`` (absent, yet below nothing known) when none is known.

    Raises:
        ValueError: Lengths differ or the reduction is not known.

    Examples:
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> span, looked = {"start": at, "end": at + 3 * HOUR, "step": HOUR}, [at, at + HOUR]
        >>> s = even([at], [5.0], **span, looked=looked, bound=[2, 3])
        >>> s.state.tolist(), s.bound.tolist()
        ([1, 2, 0], [nan, 3.0, nan])
    """
    if reduction not in REDUCTIONS:
        raise ValueError(f"reduction {reduction!r} is none of {', '.join(REDUCTIONS)}")
    number = np.asarray(values, dtype=np.float64)
    index, n = bins(times, start=start, end=end, step=step)
    if number.shape != index.shape:
        raise ValueError(f"{len(index)} times, values of shape {number.shape}")
    order = np.argsort(microseconds(times), kind="stable")
    order = order[(index[order] >= 0) & ~np.isnan(number[order])]
    index, number = index[order], number[order]
    out = np.full(n, np.nan)
    out[index] = {"max": -np.inf, "min": np.inf, "last": 0.0, "sum": 0.0}[reduction]
    if reduction == "max":
        np.maximum.at(out, index, number)
    elif reduction == "min":
        np.minimum.at(out, index, number)
    elif reduction == "sum":
        np.add.at(out, index, number)
    else:
        out[index] = number
    state = np.where(np.isnan(out), MISSING, OBSERVED).astype(np.int8)
    below = np.full(n, np.nan)
    if looked is not None:
        look, _ = bins(looked, start=start, end=end, step=step)
        lowest = np.full(look.shape, np.nan) if bound is None else np.asarray(bound, dtype=np.float64)
        if lowest.shape != look.shape:
            raise ValueError(f"{len(look)} looks, bounds of shape {lowest.shape}")
        seen = np.zeros(n, dtype=bool)
        seen[look[look >= 0]] = True
        known = (look >= 0) & ~np.isnan(lowest)
        highest = np.full(n, -np.inf)
        np.maximum.at(highest, look[known], lowest[known])
        absent = seen & (state == MISSING)
        state[absent] = CENSORED
        below[absent] = np.where(np.isneginf(highest[absent]), np.inf, highest[absent])
    return Series(start, step, out, state, below)


def hourly(
    times: Times,
    values: ArrayLike,
    *,
    start: datetime,
    end: datetime,
    reduction: str = "max",
    looked: Times | None = None,
    bound: ArrayLike | None = None,
) -> Series:
    """Return numbers seen at irregular times hour by hour; see :func:`even`."""
    return even(
        times, values, start=start, end=end, step=HOUR, reduction=reduction, looked=looked, bound=bound
    )


def counts(
    times: Times,
    *,
    start: datetime,
    end: datetime,
    step: timedelta = HOUR,
    covered: Sequence[tuple[datetime, datetime]] | None = None,
) -> Series:
    """Return how many happened in each bin of ``[start, end)``.

    A bin in which nothing happened is zero where somebody looked, and MISSING where nobody did.

    Args:
        times: When each happened, shape (n,).
        start: First bin, aware.
        end: First instant that is too late, aware.
        step: Width of a bin.
        covered: Spans ``[low, high)`` that were collected; the whole of ``[start, end)`` when None. A bin
            counts as covered only when one span covers all of it; rows outside covered bins are left out.

    Raises:
        ValueError: ``end`` is not after ``start``, or a time has no zone.

    Examples:
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> counts([at, at, at + HOUR], start=at, end=at + 3 * HOUR).values.tolist()
        [2.0, 1.0, 0.0]
    """
    index, n = bins(times, start=start, end=end, step=step)
    value = np.bincount(index[index >= 0], minlength=n).astype(np.float64)
    state = np.full(n, OBSERVED, dtype=np.int8)
    if covered is not None:
        edges = microseconds(start)[0] + np.arange(n + 1) * (step // timedelta(microseconds=1))
        inside = np.zeros(n, dtype=bool)
        for low, high in covered:
            inside |= (edges[:-1] >= microseconds(low)[0]) & (edges[1:] <= microseconds(high)[0])
        state[~inside] = MISSING
        value[~inside] = np.nan
    return Series(start, step, value, state, np.full(n, np.nan))


def placed(low: Times, high: Times, *, start: datetime, step: timedelta = HOUR) -> NDArray[np.bool_]:
    """Return which half-open time spans ``[low, high)`` lie within one bin, shape (n,).

    A row known only to the day has no place on an hourly grid; the caller says how many were left out.

    Examples:
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> placed([at, at], [at + HOUR, at + DAY], start=at).tolist()
        [True, False]
    """
    width = step // timedelta(microseconds=1)
    origin = microseconds(start)[0]
    first = (microseconds(low) - origin) // width
    last = (np.maximum(microseconds(high) - 1, microseconds(low)) - origin) // width
    return np.asarray(first == last)


def increments(cumulative: Series) -> Series:
    """Return what a cumulative count gained in each bin.

    A gain is known only between two OBSERVED neighbours. The first bin, the bins in and right after a gap,
    and a bin in which the count fell (rows were purged or the source rounds) are MISSING: what they gained
    is not known, and it is not zero.

    Args:
        cumulative: Counts since the beginning.

    Returns:
        A series of the same grid; every OBSERVED value is at least zero.

    Examples:
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> total = even([at, at + HOUR, at + 2 * HOUR], [5, 9, 7], start=at, end=at + 3 * HOUR, step=HOUR)
        >>> increments(total).values.tolist()
        [nan, 4.0, nan]
    """
    gain = np.full(len(cumulative), np.nan)
    gain[1:] = np.diff(cumulative.values)
    gain[1:][~(cumulative.observed[1:] & cumulative.observed[:-1])] = np.nan
    gain[gain < 0] = np.nan
    state = np.where(np.isnan(gain), MISSING, OBSERVED).astype(np.int8)
    return Series(cumulative.start, cumulative.step, gain, state, np.full(len(gain), np.nan))
