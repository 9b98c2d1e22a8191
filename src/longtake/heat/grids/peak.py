"""When a series stood highest, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

import numpy as np

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.timed.series import MISSING, Series

METHOD = "highest observed bin"
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest observed bin of a series.

    Attributes:
        index: The bin; the earliest of equals.
        at: Its start.
        earliest: Start of the earliest bin in which the peak may lie: bins nobody looked at right before
            the highest one, and equals, are candidates.
        latest: End of the latest such bin.
        value: Its value; high is ``inf`` when a neighbouring bin nobody looked at may hold more.
        day_share: Share of the series' sum that fell on the calendar day of the peak. With bins nobody
            looked at, the interval runs over everything they can hold between nothing and the peak.
    """

    index: int
    at: datetime
    earliest: datetime
    latest: datetime
    value: Quantity
    day_share: Quantity


def peak(series: Series, *, unit: str, zone: tzinfo = CHINA) -> Peak | Unknown:
    """Return the peak of a series of counts or scores.

    Args:
        series: Bins of one day or shorter.
        unit: Unit of the values.
        zone: Time zone of the calendar day.

    Returns:
        The peak; Unknown("no_rows") when nothing was observed. ``day_share`` is Unknown("zero_total") when
        the values add up to nothing.

    Examples:
        >>> from longtake.heat.grids.grid import counts, HOUR
        >>> at = datetime(2026, 1, 8, tzinfo=CHINA)
        >>> p = peak(counts([at, at + HOUR, at + HOUR], start=at, end=at + 3 * HOUR), unit="comments")
        >>> p.index, p.value.value, p.day_share.value
        (1, 2.0, 1.0)
    """
    n = int(series.observed.sum())
    if not n:
        return Unknown("no_rows", METHOD, unit, 0, 1)
    values = np.where(series.observed, series.values, -np.inf)
    equals = np.flatnonzero(values == values.max())
    first, last = int(equals[0]), int(equals[-1])
    top = float(values[first])
    low, high = first, last
    while low > 0 and series.state[low - 1] == MISSING:
        low -= 1
    while high + 1 < len(series) and series.state[high + 1] == MISSING:
        high += 1
    open_ended = bool((series.state[low : high + 1] == MISSING).any())
    value = (
        Estimate(top, top, np.inf, 1.0, unit, METHOD, n)
        if open_ended
        else Estimate.count(top, unit=unit, method=METHOD, n=n)
    )
    return Peak(
        index=first,
        at=series.start + first * series.step,
        earliest=series.start + low * series.step,
        latest=series.start + (high + 1) * series.step,
        value=value,
        day_share=_day_share(series, first, top, zone),
    )


def _day_share(series: Series, index: int, top: float, zone: tzinfo) -> Quantity:
    method = "share of the sum on the peak's calendar day"
    days = np.array([time.astimezone(zone).date().toordinal() for time in series.times])
    today = days == days[index]
    values = np.where(series.observed, series.values, 0.0)
    n, total, here = int(series.observed.sum()), float(values.sum()), float(values[today].sum())
    if total <= 0:
        return Unknown("zero_total", method, "share", n, 1)
    gap = series.state == MISSING
    inside, outside = top * int((gap & today).sum()), top * int((gap & ~today).sum())
    return Estimate(
        here / total, here / (total + outside), (here + inside) / (total + inside), 1.0, "share", method, n
    )
