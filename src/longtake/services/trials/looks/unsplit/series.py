"""A look at a series against the forecast that was frozen before the measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.trials.look import ArmSeen, Comparison, Look, Point
from longtake.errors import NotEnoughDataError
from longtake.services.trials.book import Book
from longtake.services.trials.power.series import days_of, frozen_forecast
from longtake.trial.its.interrupted import change

Floats = NDArray[np.float64]

COUNT = "count"


def look_series(book: Book) -> Look:
    """Return the change against the frozen forecast once all planned days are in."""
    trial, begins = book.trial, book.begins
    if begins is None:
        return Look("no_rows", book.standing.key)
    last = begins + timedelta(days=trial.horizon_days - 1)
    rows = book.since()
    seen = days_of(rows, trial.primary.key, begins, last)
    inside = [row for row in rows if row.day <= last.isoformat()]
    if not np.isfinite(seen).any():
        return Look("no_rows", book.standing.key)
    frozen = frozen_forecast(trial, book.before(), begins)
    known = seen[np.isfinite(seen)]
    name = trial.arms[1].name
    frame = Look(
        "waiting",
        book.standing.key,
        arm=name,
        day=max(row.day for row in inside),
        days=int(known.size),
        units=int(known.size),
        arms=(
            ArmSeen(trial.control.name, 0.5, frozen.after, _plain(frozen.path)),
            ArmSeen(name, 0.5, int(known.size), _plain(known)),
        ),
        path=_course(begins, seen, frozen.path, frozen.low, frozen.high),
        notes=("past_horizon",) if len(inside) < len(rows) else (),
    )
    try:
        found = change(frozen, seen, unit=COUNT, level=1 - trial.alpha)
    except NotEnoughDataError:
        return frame
    effect = found.effect
    clear, better = effect.low > 0 or effect.high < 0, (effect.value > 0) == trial.primary.rise
    bears = book.standing.bears("p_value")
    one = Comparison(
        name,
        trial.primary.key,
        effect,
        replace(found.total, unit=COUNT),
        found.p if bears else None,
        found=clear,
        better=better,
    )
    decision = ("winner" if better else "worse") if clear else "over"
    return replace(frame, decision=decision, comparisons=(one,))


def _plain(values: Floats) -> Quantity:
    if not values.size:
        return Unknown("no_rows", "mean", "count a day", 0)
    return Estimate.count(float(values.mean()), unit="count a day", method="mean a day", n=int(values.size))


def _course(begins: date, seen: Floats, path: Floats, low: Floats, high: Floats) -> tuple[Point, ...]:
    days = [(begins + timedelta(days=step)).isoformat() for step in range(seen.size)]
    expected = [
        Point(day, "expected", float(v), float(a), float(b))
        for day, v, a, b in zip(days, path, low, high, strict=True)
    ]
    own = [
        Point(day, "seen", float(v), float(v), float(v))
        for day, v in zip(days, seen, strict=True)
        if np.isfinite(v)
    ]
    return (*own, *expected)
