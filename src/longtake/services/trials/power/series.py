"""Power of a series judged against its own frozen forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.trials.power import WANTED, Power
from longtake.domain.trials.rows import Row
from longtake.domain.trials.trial import Trial
from longtake.errors import NotEnoughDataError
from longtake.trial.its.frozen import METHOD, Frozen, freeze
from longtake.trial.its.start import AfterWorst, Rule

Floats = NDArray[np.float64]
LEAST_BEFORE = 14
WORST_DAYS, USUAL_DAYS = 3, 5


def days_of(rows: Sequence[Row], metric: str, first: date, last: date) -> Floats:
    """Return a value a day; NaN where nothing was counted.

    Examples:
        >>> days_of([Row("", "2026-01-09", "", 1, {"n": (2.0,)})], "n", date(2026, 1, 8), date(2026, 1, 9))
        array([nan,  2.])
    """
    told = {row.day: row.sums[metric][0] for row in rows if metric in row.sums}
    return np.array(
        [
            told.get((first + timedelta(days=step)).isoformat(), np.nan)
            for step in range((last - first).days + 1)
        ]
    )


def frozen_forecast(trial: Trial, rows: Sequence[Row], begins: date) -> Frozen:
    """Return the forecast of a series' own past, as it stood before the measure.

    Args:
        trial: The design.
        rows: Rows before the start.
        begins: First day of the measure.

    Raises:
        NotEnoughDataError: Fewer than two weeks, or days without a count in between.
    """
    known = sorted(row.day for row in rows if row.day < begins.isoformat())
    if not known:
        raise NotEnoughDataError(METHOD, needed=LEAST_BEFORE, got=0, unit="days before the start")
    history = days_of(rows, trial.primary.key, date.fromisoformat(known[0]), begins - timedelta(days=1))
    gaps = int(np.isnan(history).sum())
    if gaps or history.size < LEAST_BEFORE:
        raise NotEnoughDataError(
            METHOD,
            needed=max(LEAST_BEFORE, history.size),
            got=history.size - gaps,
            unit="days without a gap before the start",
        )
    return freeze(history, after=trial.horizon_days, rule=_rule(trial, history))


def power_of_series(trial: Trial, frozen: Frozen) -> Power:
    """Return what the forecast leaves visible."""
    level, falling = 1 - trial.alpha, not trial.primary.rise
    signed = -trial.minimum if falling else trial.minimum
    return Power(
        power=frozen.power(signed, level=level, falling=falling),
        smallest=abs(frozen.smallest_lift(power=WANTED, level=level, falling=falling)),
        needed=None,
        single=None,
        unit="share",
        relative=True,
        method=METHOD,
        units=frozen.before,
    )


def _rule(trial: Trial, history: Floats) -> Rule | None:
    """Return how the start came about; None for a day that does not depend on the series."""
    if not trial.chosen_low:
        return None
    return AfterWorst(WORST_DAYS, first=LEAST_BEFORE, last=history.size, usual=USUAL_DAYS)
