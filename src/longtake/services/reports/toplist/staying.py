"""Topics that are on the list now, and whether they still will be in a few hours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from longtake.domain.answers.report import Cell, Column, Table
from longtake.errors import NotEnoughDataError
from longtake.heat.grids.grid import HOUR
from longtake.heat.toplist.survival import WINDOW, survival
from longtake.services.reports.draft import CHINA

AHEAD = (1, 2, 3, 6)


def staying(
    scored: Sequence[Mapping[str, object]],
    ranked: Sequence[Mapping[str, object]],
    bounds: Mapping[datetime, float],
) -> Table | None:
    """Return, topic by topic, the probability of being listed in the next hours; None when none is listed.

    Args:
        scored: Entries with subject, at and value (the score), paid slots left out.
        ranked: The same with ranks.
        bounds: The list's lowest score by the hour somebody looked.
    """
    looked = sorted(bounds)
    if not looked:
        return None
    now = looked[-1]
    hours = [now - i * HOUR for i in range(WINDOW - 1, -1, -1)]
    threshold = np.array([bounds.get(hour, math.nan) for hour in hours])
    heat, rank = _cells(scored), _cells(ranked)
    rows: list[tuple[Cell, ...]] = []
    local = now.astimezone(CHINA)
    for subject in sorted(heat):
        hot = np.array([heat[subject].get(hour, math.nan) for hour in hours])
        if not np.isfinite(hot[-1]):
            continue
        places = np.array([rank.get(subject, {}).get(hour, math.nan) for hour in hours])
        try:
            told = survival(
                hot,
                threshold,
                hour=local.hour,
                weekday=local.weekday(),
                rank=places,
                kind="film",
                horizon_hours=AHEAD,
            )
        except NotEnoughDataError:
            continue
        rows.append((subject, *(round(float(p), 4) for p in told.probability)))
    if not rows:
        return None
    columns = (Column("topic"), *(Column(f"stays_{hours_}", "share") for hours_ in AHEAD))
    return Table(columns, tuple(sorted(rows, key=lambda row: (-float(str(row[3])), str(row[0])))))


def _cells(entries: Sequence[Mapping[str, object]]) -> dict[str, dict[datetime, float]]:
    """Return the highest value of each topic in each hour."""
    found: dict[str, dict[datetime, float]] = {}
    for entry in entries:
        at, value = entry["at"], entry["value"]
        if isinstance(at, datetime) and isinstance(value, (int, float)) and value > 0:
            hour = at.replace(minute=0, second=0, microsecond=0)
            own = found.setdefault(str(entry["subject"]), {})
            own[hour] = max(float(value), own.get(hour, 0.0))
    return found
