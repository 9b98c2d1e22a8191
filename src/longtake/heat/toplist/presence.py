"""How long something stood on a top list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.timed.series import CENSORED, MISSING, Series

METHOD = "bins on the list"
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Spell:
    """One run on the list.

    Attributes:
        start: Start of its first observed bin.
        end: End of its last observed bin.
        hours: Observed hours on the list; high adds the hours nobody looked at inside and next to it.
        best_rank: Best rank in it.
    """

    start: datetime
    end: datetime
    hours: Estimate
    best_rank: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Everything about one subject's time on one list.

    Attributes:
        first_seen: Start of the first bin on the list.
        last_seen: End of the last bin on the list.
        hours: Hours on the list, from those observed to those plus every hour nobody looked at inside or
            next to a spell.
        top_hours: The same for ranks not below ``top``.
        span: Hours from first to last seen.
        days: Calendar days with at least one observed bin; high adds days only unlooked hours may add.
        best_rank: Best rank; low is 1 when an hour nobody looked at may hold a better one.
        best_at: Start of the bin of the best rank; the earliest of equals.
        spells: Runs on the list, oldest first.
        slide: Days from the best rank until absent for good; Unknown("too_short") when the subject has
            not been looked for in vain long enough since.
    """

    first_seen: datetime
    last_seen: datetime
    hours: Estimate
    top_hours: Estimate
    span: Estimate
    days: Estimate
    best_rank: Estimate
    best_at: datetime
    spells: tuple[Spell, ...]
    slide: Quantity


def presence(
    ranks: Series, *, top: int = 10, absent: timedelta = timedelta(hours=24), zone: tzinfo = CHINA
) -> Presence | Unknown:
    """Return how long a subject stood on a list.

    Bins nobody looked at do not end a spell; they widen it.

    Args:
        ranks: Ranks from 1; OBSERVED on the list, CENSORED looked for and absent, MISSING nobody looked.
        top: The ranks ``top_hours`` counts.
        absent: How long nobody finds the subject before it counts as gone for good.
        zone: Time zone of calendar days.

    Returns:
        The presence; Unknown("no_rows") when it was never on the list.

    Examples:
        >>> from longtake.heat.grids.grid import hourly, HOUR
        >>> at = datetime(2026, 1, 8, tzinfo=CHINA)
        >>> looked = [at + h * HOUR for h in (0, 1, 2, 4, 5)]
        >>> s = hourly([at + HOUR, at + 2 * HOUR, at + 4 * HOUR], [9, 3, 40], start=at, end=at + 6 * HOUR,
        ...            reduction="min", looked=looked)
        >>> p = presence(s)
        >>> len(p.spells), p.hours.low, p.hours.high, p.best_rank.value
        (1, 3.0, 4.0, 3.0)
    """
    seen = np.flatnonzero(ranks.observed)
    if not seen.size:
        return Unknown("no_rows", METHOD, "hours", 0, 1)
    step = ranks.step / timedelta(hours=1)
    n = int(seen.size)
    runs = _runs(ranks, seen)
    wide = np.zeros(len(ranks), dtype=bool)
    for low, high, _ in runs:
        wide[low : high + 1] = True
    gap = wide & (ranks.state == MISSING)
    high_up = int((ranks.values[seen] <= top).sum())
    best = int(np.nanmin(ranks.values))
    best_bin = int(np.flatnonzero(ranks.observed & (ranks.values == best))[0])
    dates = np.array([time.astimezone(zone).date().toordinal() for time in ranks.times])
    on = len(set(dates[seen].tolist()))
    maybe = len(set(dates[seen].tolist()) | set(dates[gap].tolist()))
    first, last = int(seen[0]), int(seen[-1])

    def between(value: float, extra: float, unit: str) -> Estimate:
        return Estimate(value, value, value + extra, 1.0, unit, METHOD, n)

    return Presence(
        first_seen=ranks.start + first * ranks.step,
        last_seen=ranks.start + (last + 1) * ranks.step,
        hours=between(n * step, int(gap.sum()) * step, "hours"),
        top_hours=between(high_up * step, _near_top(ranks, gap, top) * step, "hours"),
        span=between((last + 1 - first) * step, (_outside(ranks, first, last)) * step, "hours"),
        days=between(on, maybe - on, "days"),
        best_rank=Estimate(
            float(best), 1.0 if gap.any() else float(best), float(best), 1.0, "rank", "best observed rank", n
        ),
        best_at=ranks.start + best_bin * ranks.step,
        spells=tuple(_spell(ranks, low, high, inside) for low, high, inside in runs),
        slide=_slide(ranks, best_bin, last, absent),
    )


def _runs(ranks: Series, seen: NDArray[np.intp]) -> list[tuple[int, int, NDArray[np.intp]]]:
    """Return, for each spell, its bins widened over unlooked neighbours and its observed bins."""
    breaks = [
        i + 1 for i in range(seen.size - 1) if (ranks.state[seen[i] + 1 : seen[i + 1]] == CENSORED).any()
    ]
    out = []
    for part in np.split(seen, breaks):
        low, high = int(part[0]), int(part[-1])
        while low > 0 and ranks.state[low - 1] == MISSING:
            low -= 1
        while high + 1 < len(ranks) and ranks.state[high + 1] == MISSING:
            high += 1
        out.append((low, high, part))
    return out


def _spell(ranks: Series, low: int, high: int, inside: NDArray[np.intp]) -> Spell:
    step = ranks.step / timedelta(hours=1)
    extra = int((ranks.state[low : high + 1] == MISSING).sum())
    hours = inside.size * step
    return Spell(
        start=ranks.start + int(inside[0]) * ranks.step,
        end=ranks.start + (int(inside[-1]) + 1) * ranks.step,
        hours=Estimate(hours, hours, hours + extra * step, 1.0, "hours", METHOD, int(inside.size)),
        best_rank=int(ranks.values[inside].min()),
    )


def _near_top(ranks: Series, gap: NDArray[np.bool_], top: int) -> int:
    """Return how many unlooked bins lie next to, or between, bins within the top ranks."""
    count = 0
    held = ranks.observed & (np.where(ranks.observed, ranks.values, np.inf) <= top)
    for i in np.flatnonzero(gap):
        before, after = i, i
        while before >= 0 and ranks.state[before] == MISSING:
            before -= 1
        while after < len(ranks) and ranks.state[after] == MISSING:
            after += 1
        count += bool((before >= 0 and held[before]) or (after < len(ranks) and held[after]))
    return count


def _outside(ranks: Series, first: int, last: int) -> int:
    """Return how many unlooked bins touch the first and the last bin on the list from outside."""
    low, high = first, last
    while low > 0 and ranks.state[low - 1] == MISSING:
        low -= 1
    while high + 1 < len(ranks) and ranks.state[high + 1] == MISSING:
        high += 1
    return (first - low) + (high - last)


def _slide(ranks: Series, best: int, last: int, absent: timedelta) -> Quantity:
    """Return days from the best rank to the first bin after the last one on the list."""
    method = "days from best rank to absence for good"
    n = int(ranks.observed.sum())
    looks = np.flatnonzero(ranks.state[last + 1 :] == CENSORED)
    if looks.size * ranks.step < absent:
        return Unknown("too_short", method, "days", n)
    day = ranks.step / timedelta(days=1)
    low = (last + 1 - best) * day
    return Estimate(low, low, low + int(looks[0]) * day, 1.0, "days", method, n)
