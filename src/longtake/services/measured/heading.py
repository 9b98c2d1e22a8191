"""Where a campaign is heading, and its last weeks as a small line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from longtake.domain.campaign import Campaign
from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.timed.series import MISSING, Series
from longtake.heat.grids.state import MIN_BINS, state
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.heat.talk import talk
from longtake.store.session import Session

MOST_DAYS = 42
NONE = "not_enough_data"
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the talk on the loudest platform is heading.

    Attributes:
        state: rising, plateau, slump, recovering or not_enough_data.
        growth: Growth of the logarithm a day, with its interval.
        platform: The platform it was measured on; empty without one.
        days: Comments a day there, oldest first, at most six weeks; None where nobody looked.
        comments: Comments on all platforms.
        platforms: Platforms with comments.
        since: Start of the stretch the state was read from; None without one.
        until: Its end.
    """

    state: str
    growth: Quantity
    platform: str
    days: tuple[float | None, ...]
    comments: int
    platforms: int
    since: datetime | None = None
    until: datetime | None = None


def heading(campaign: Campaign, session: Session) -> Heading:
    """Return where a campaign is heading, from the platform with the most comments.

    Platforms are never added up: their counts are of different things.
    """
    talks = talk(Draft(campaign, session))
    comments, platforms = sum(one.n for one in talks), len(talks)
    loudest = next((one for one in talks if one.series is not None), None)
    if loudest is None or loudest.series is None or len(loudest.series) < MIN_BINS:
        missing = Unknown("too_few_rows", "growth rate of the last bins", "ratio", comments)
        return Heading(NONE, missing, "", (), comments, platforms)
    series = loudest.series
    found = state(series)
    if found.name == NONE:
        found = state(series, window=WEEK)
    stretch = _stretch(series, found.window_hours)
    return Heading(found.name, found.growth, loudest.platform, _days(series), comments, platforms, *stretch)


def _stretch(series: Series, hours: float) -> tuple[datetime, datetime]:
    """Return the start and end of a series' last part, up to the last bin somebody looked at."""
    looked = [at for at, one in zip(series.times, series.state, strict=True) if one != MISSING]
    end = (looked[-1] if looked else series.times[-1]) + series.step
    return max(end - timedelta(hours=hours), series.times[0]), end


def _days(series: Series) -> tuple[float | None, ...]:
    """Return the counts of each day of Beijing, gaps as None."""
    sums: dict[date, float] = {}
    for at, value in zip(series.times, series.values, strict=True):
        if not math.isnan(value):
            day = at.astimezone(CHINA).date()
            sums[day] = sums.get(day, 0.0) + float(value)
    if not sums:
        return ()
    first, last = min(sums), max(sums)
    every = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return tuple(sums.get(day) for day in every[-MOST_DAYS:])
