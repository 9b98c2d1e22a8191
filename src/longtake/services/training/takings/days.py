"""Tables of later days of many runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.ahead import ahead_rows
from longtake.heat.boxoffice.features import PATH_DAYS, Profile, run_of, seen
from longtake.services.training.takings.lines import HALF_LIFE_YEARS
from longtake.services.training.takings.releases import Release

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Later days of runs, after several numbers of days seen.

    Attributes:
        rows: What the trees look at, theaters of the days to come among it, shape (m, columns).
        line: Continued line, natural logarithm, shape (m,).
        came: Natural logarithm of what came, shape (m,).
        weight: Half for each six years before the newest run, shape (m,).
    """

    rows: Floats
    line: Floats
    came: Floats
    weight: Floats


def days(
    runs: Sequence[Release],
    profile: Profile,
    starts: Sequence[int],
    *,
    supplied: bool = True,
    sized: bool = True,
) -> Days:
    """Return the later days of some runs.

    Args:
        runs: The runs.
        profile: Calendar and age.
        starts: Numbers of days seen.
        supplied: Whether theaters are told.
        sized: Whether takings are told in dollars.
    """
    newest = max(run.opened for run in runs)
    rows, line, came, weight = [], [], [], []
    for run in runs:
        share = 0.5 ** ((newest - run.opened).days / 365.25 / HALF_LIFE_YEARS)
        for n in starts:
            first = run_of(
                run.gross[:n],
                run.theaters[:n] if supplied else None,
                run.opened,
                unit="USD" if sized else "",
                method="training",
            )
            made, straight = ahead_rows(first, seen(first, profile), run.theaters[n:])
            rows.append(made)
            line.append(straight)
            came.append(np.log(np.maximum(run.gross[n:], 1e-3 * run.gross[:n].mean())))
            weight.append(np.full(PATH_DAYS - n, share))
    return Days(*(np.concatenate(parts) for parts in (rows, line, came, weight)))
