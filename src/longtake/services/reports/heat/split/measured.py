"""One platform's counts taken apart: what was pushed, what bred itself, what slid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.domain.figure import Evidence
from longtake.domain.timed.series import Series
from longtake.errors import NotEnoughDataError
from longtake.heat import Decomposition, Reproduction, Slump, decompose, detect_slump, reproduction_number
from longtake.heat.grids.grid import HOUR
from longtake.heat.grids.profile import cycle, hour_profile
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.heat.split.acts import Act, acts
from longtake.services.reports.heat.talk import Talk
from longtake.services.reports.toplist.listing import Listing

Floats = NDArray[np.float64]

# Fewer comments an hour than this tell day from night worse than the series itself.
DENSE = 5.0
LEAST_R = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was found on the platform that spoke most, or on a list where nothing else was counted.

    Attributes:
        platform: Its name.
        unit: What is counted: comments, or topics new on a list.
        evidence: The rows behind it.
        series: Its counts.
        acts: What was done, by name.
        split: Promotion and word of mouth.
        moving: R over time.
        slump: Whether, when and why it slid.
        season: Cycle told from the other platforms, shape (t,); None where the counts tell their own.
        drift: Path of R over its mean along which it was split, shape (t,); None for a constant R.
    """

    platform: str
    unit: str
    evidence: Evidence
    series: Series
    acts: dict[str, Act]
    split: Decomposition
    moving: Reproduction
    slump: Slump
    season: Floats | None = None
    drift: Floats | None = None


def measure(
    draft: Draft, talks: Sequence[Talk], lists: Sequence[Listing]
) -> Measured | NotEnoughDataError | None:
    """Return the loudest platform taken apart; where no comments were imported, the fullest list.

    A list's score is no count, but topics that reach it are: they say how often the film made news.

    Returns:
        The refusal when its counts are too few; None when there are none over time.
    """
    loud = next((talk for talk in talks if talk.series is not None), None)
    if loud is not None:
        return measure_talk(draft, loud, talks)
    full = max(lists, key=lambda one: (len(one.topics), one.platform), default=None)
    if full is None or not full.topics:
        return None
    return _apart(
        draft,
        full.platform,
        full.fresh,
        unit="topics",
        evidence=full.figures["hours"].evidence,
        season=None,
    )


def measure_talk(draft: Draft, one: Talk, talks: Sequence[Talk]) -> Measured | NotEnoughDataError | None:
    """Return one platform's comments taken apart; None where none is known in time.

    Args:
        draft: The campaign being measured.
        one: The platform.
        talks: All platforms, for the cycle of day and night.
    """
    if one.series is None:
        return None
    evidence = Evidence("rows.comments", {"platform": one.platform})
    season = _season(one.series, [talk.series for talk in talks if talk is not one])
    return _apart(draft, one.platform, one.series, unit="comments", evidence=evidence, season=season)


def _apart(
    draft: Draft, platform: str, series: Series, *, unit: str, evidence: Evidence, season: Floats | None
) -> Measured | NotEnoughDataError:
    done = acts(draft, platform, series)
    given: dict[str, Any] = {
        "step_hours": series.step / HOUR,
        "events": {name: act.intensity for name, act in done.items()},
        "seasonality": season,
        "level": LEVEL,
    }
    try:
        slump = detect_slump(series.values, **given)
        moving = reproduction_number(series.values, **given)
        drift = _drift(slump, moving)
        split = decompose(series.values, **given, drift=drift)
        if "moving" in split.doubts:
            drift = _scaled(moving, np.maximum(moving.value, LEAST_R))
            along = decompose(series.values, **given, drift=drift)
            split = replace(along, doubts=(*along.doubts, "moving"))
    except NotEnoughDataError as error:
        return error
    return Measured(platform, unit, evidence, series, done, split, moving, slump, season, drift)


def _drift(slump: Slump, moving: Reproduction) -> Floats | None:
    """Return how R moved around its mean where it fell; None where it did not."""
    if slump.fall is None:
        return None
    after = np.arange(moving.value.size) >= slump.fall.onset
    path = np.where(after, slump.fall.after.value, slump.fall.before.value)
    return _scaled(moving, path)


def _scaled(moving: Reproduction, path: Floats) -> Floats:
    """Return a path of R over its mean, counts weighing."""
    return np.asarray(path * moving.fitted.sum() / float(moving.fitted @ path))


def _season(series: Series, others: Sequence[Series | None]) -> Floats | None:
    """Return the daily cycle of the campaign's other platforms along this one; None to look for its own."""
    hourly = [
        other
        for other in others
        if other is not None and other.step == HOUR and np.nanmean(other.values) >= DENSE
    ]
    if series.step != HOUR or not hourly:
        return None
    laid = cycle(series, hour_profile(hourly))
    return None if laid is None else np.asarray(laid / laid.mean())
