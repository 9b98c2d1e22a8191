"""One platform's counts taken apart: what was pushed, what bred itself, what slid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.domain.series import Series
from longtake.errors import NotEnoughDataError
from longtake.heat import Decomposition, Reproduction, Slump, decompose, detect_slump, reproduction_number
from longtake.heat.grids.grid import HOUR
from longtake.heat.grids.profile import cycle, hour_profile
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.heat import Talk
from longtake.services.reports.split.acts import Act, acts

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was found on the platform that spoke most.

    Attributes:
        platform: Its name.
        series: Its counts.
        acts: What was done, by name.
        split: Promotion and word of mouth.
        moving: R over time.
        slump: Whether, when and why it slid.
    """

    platform: str
    series: Series
    acts: dict[str, Act]
    split: Decomposition
    moving: Reproduction
    slump: Slump


def measure(draft: Draft, talks: Sequence[Talk]) -> Measured | NotEnoughDataError | None:
    """Return the loudest platform taken apart.

    Returns:
        The refusal when its counts are too few; None when no platform has counts over time.
    """
    loud = next((talk for talk in talks if talk.series is not None), None)
    if loud is None or loud.series is None:
        return None
    series = loud.series
    done = acts(draft, loud.platform, series)
    given: dict[str, Any] = {
        "step_hours": series.step / HOUR,
        "events": {name: act.intensity for name, act in done.items()},
        "seasonality": _season(series, [talk.series for talk in talks if talk is not loud]),
        "level": LEVEL,
    }
    try:
        split = decompose(series.values, **given)
        moving = reproduction_number(series.values, **given)
        slump = detect_slump(series.values, **given)
    except NotEnoughDataError as error:
        return error
    return Measured(loud.platform, series, done, split, moving, slump)


def _season(series: Series, others: Sequence[Series | None]) -> Floats | None:
    """Return the daily cycle of the campaign's other platforms along this one; None to look for its own."""
    hourly = [other for other in others if other is not None and other.step == HOUR]
    if series.step != HOUR or not hourly:
        return None
    laid = cycle(series, hour_profile(hourly))
    return None if laid is None else np.asarray(laid / laid.mean())
