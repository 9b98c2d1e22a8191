"""A look at cities against their synthetic control, and at cinemas against their match."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.trials.look import ArmSeen, Comparison, Look, Point
from longtake.services.trials.book import Book
from longtake.services.trials.power.places import Grid, grid
from longtake.trial.geo.effect import city_effect
from longtake.trial.geo.matched import matched_effect
from longtake.trial.geo.panel import Panel

A_DAY = "count a place and day"


def look_cities(book: Book) -> Look:
    """Return the lift in the treated cities once all planned days are in."""

    def judge(known: Grid, start: int) -> tuple[Quantity, Quantity, float | None, tuple[Point, ...]]:
        panel = Panel.of(known.values, names=known.places, treated=book.lot["treated"], start=start)
        found = city_effect(panel, unit=A_DAY, level=1 - book.trial.alpha)
        path = tuple(
            Point(day, "expected", float(value), float(value), float(value))
            for day, value in zip(known.days, found.fit.path, strict=False)
        )
        effect = replace(found.effect, unit=A_DAY)
        return found.lift, effect, found.p, path if len(known.days) == len(found.fit.path) else ()

    return _look(book, judge)


def look_cinemas(book: Book) -> Look:
    """Return the mean change of the drawn cinemas against their matches once all planned days are in."""

    def judge(known: Grid, start: int) -> tuple[Quantity, Quantity, float | None, tuple[Point, ...]]:
        at = {name: place for place, name in enumerate(known.places)}
        length = known.values.shape[1] - start
        before = known.values[:, max(0, start - length) : start].mean(axis=1)
        change = known.values[:, start:].mean(axis=1) - before
        blocks = book.lot["blocks"]
        missing = [name for block in blocks for name in block if name not in at]
        if missing or not np.isfinite([change[at[name]] for block in blocks for name in block]).all():
            none = Unknown("gaps", "matched cinemas", A_DAY, len(known.places))
            return none, none, None, ()
        found = matched_effect(
            [[float(change[at[name]]) for name in block] for block in blocks],
            [block.index(drawn) for block, drawn in zip(blocks, book.lot["treated"], strict=True)],
            unit=A_DAY,
            level=1 - book.trial.alpha,
        )
        level = float(before[[at[name] for name in book.lot["treated"]]].mean())
        return _relative(found.effect, level), found.effect, found.p, ()

    return _look(book, judge)


Judge = Callable[[Grid, int], tuple[Quantity, Quantity, float | None, tuple[Point, ...]]]


def _look(book: Book, judge: Judge) -> Look:
    trial, begins = book.trial, book.begins
    if begins is None:
        return Look("no_rows", book.standing.key)
    rows = book.since()
    last = (begins + timedelta(days=trial.horizon_days - 1)).isoformat()
    inside = [row for row in rows if row.day <= last]
    days = sorted({row.day for row in inside})
    if not inside:
        return Look("no_rows", book.standing.key)
    notes = ("past_horizon",) if len(inside) < len(rows) else ()
    known = grid([*book.before(), *inside], trial.primary.key)
    start = sum(day < begins.isoformat() for day in known.days)
    treated = set(book.lot["treated"])
    arms = _arms(book, known, start, treated)
    name = trial.arms[1].name
    frame = Look(
        "waiting",
        book.standing.key,
        arm=name,
        day=days[-1],
        days=len(days),
        units=len(inside),
        arms=arms,
        path=_course(known, treated, (), start),
        notes=notes,
    )
    if len(days) < trial.horizon_days:
        return frame
    lift, effect, p, path = judge(known, start)
    clear = isinstance(lift, Estimate) and (lift.low > 0 or lift.high < 0)
    better = isinstance(lift, Estimate) and (lift.value > 0) == trial.primary.rise
    bears = book.standing.bears("p_value")
    one = Comparison(name, trial.primary.key, lift, effect, p if bears else None, found=clear, better=better)
    decision = ("winner" if better else "worse") if clear else "over"
    return replace(frame, decision=decision, comparisons=(one,), path=_course(known, treated, path, start))


def _arms(book: Book, known: Grid, start: int, treated: set[str]) -> tuple[ArmSeen, ...]:
    own = np.array([name in treated for name in known.places])
    out = []
    for place, (arm, chosen) in enumerate(zip(book.trial.arms, (~own, own), strict=True)):
        values = known.values[chosen, start:]
        seen = values[np.isfinite(values)]
        value: Quantity = Unknown("no_rows", "mean", A_DAY, 0)
        if seen.size:
            value = Estimate.count(
                float(seen.mean()), unit=A_DAY, method="mean a place and day", n=int(seen.size)
            )
        out.append(ArmSeen(arm.name, book.trial.shares[place], int(chosen.sum()), value))
    return tuple(out)


def _course(known: Grid, treated: set[str], expected: tuple[Point, ...], start: int) -> tuple[Point, ...]:
    """Return the treated places' daily mean, and what the others say it would have been."""
    own = np.array([name in treated for name in known.places])
    seen = [
        Point(day, "seen", float(value), float(value), float(value))
        for day, value in zip(known.days, np.nanmean(known.values[own], axis=0), strict=True)
    ]
    first = max(0, start - 28)
    kept = set(known.days[first:])
    return tuple(p for p in (*seen, *expected) if p.day in kept)


def _relative(effect: Quantity, level: float) -> Quantity:
    if isinstance(effect, Unknown) or level <= 0:
        return (
            effect if isinstance(effect, Unknown) else Unknown("zero_total", effect.method, "share", effect.n)
        )
    ends = effect.value / level, effect.low / level, effect.high / level
    return Estimate(*ends, effect.level, "share", effect.method, effect.n)


def days_left(book: Book, today: date) -> int:
    """Return the days until all planned days are over, at least 0."""
    if book.begins is None:
        return book.trial.horizon_days
    return max(0, (book.begins + timedelta(days=book.trial.horizon_days) - today).days)
