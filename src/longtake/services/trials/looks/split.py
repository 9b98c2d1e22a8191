"""A look at a trial whose units are split over arms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.trials.arms import Metric
from longtake.domain.trials.look import ArmSeen, Comparison, Look, Point, Split
from longtake.services.trials.book import Book
from longtake.services.trials.looks.contrasts import any_look, arm_value, in_its_unit
from longtake.services.trials.looks.counted import Counted, mix_of
from longtake.services.trials.looks.factors import factor_effects
from longtake.services.trials.looks.families import compared, drawn_together, family
from longtake.services.trials.looks.staged import Stage, staged
from longtake.services.trials.looks.waiting import decided
from longtake.trial.balance.gate import METHOD as RATIO
from longtake.trial.balance.gate import Balance, balance

MOST_POINTS = 30
NEXT_BATCH_SEED = 0


def look_split(book: Book) -> Look:
    """Return what the rows of a split trial say: the split first, and nothing else where it is broken."""
    trial, rows = book.trial, book.since()
    counted = Counted.of(trial, rows)
    standing = book.standing
    if not counted.units.sum():
        return Look("no_rows", standing.key)
    weights = weights_by_period(book, counted)
    # Weights that never moved are judged on sums, which alarm within a period; logged ones by period.
    steady = bool((weights == weights[0]).all())
    seen = balance(counted.units, weights[0] if steady else weights)
    planned = (counted.units.sum(axis=1, keepdims=True) * weights / weights.sum(axis=1, keepdims=True)).sum(0)
    frame = Look(
        "keep_going",
        standing.key,
        day=counted.days[-1],
        days=len(counted.days),
        units=int(counted.units.sum()),
        split=Split(seen.holds, seen.p, seen.n, seen.alpha),
        arms=tuple(
            ArmSeen(
                arm.name,
                float(planned[place] / planned.sum()),
                int(counted.units[:, place].sum()),
                arm_value(counted, trial.primary, place),
            )
            for place, arm in enumerate(trial.arms)
        ),
        mix=mix_of(trial, rows),
    )
    if not seen.holds:
        return replace(frame, decision="broken_split", comparisons=_withheld(trial.metrics, counted, seen))
    stage = staged(book, counted) if trial.design == "group_sequential" else None
    judged = _primary(book, counted, stage)
    others = _others(book, counted)
    whole = replace(
        frame,
        comparisons=(*drawn_together(judged), *others),
        factors=factor_effects(book, counted),
        path=_path(book, counted) if stage is None else _staged_path(book, frame, judged),
        bound=None if stage is None else stage.bound,
        looked=0 if stage is None else stage.looked,
    )
    return decided(book, counted, whole, [one for _, one in judged], stage)


def weights_by_period(book: Book, counted: Counted) -> NDArray[np.float64]:
    """Return the weights that held in each period, shape (t, k)."""
    names = [arm.name for arm in book.trial.arms]
    even = np.array(book.trial.shares)
    out = np.tile(even, (len(counted.periods), 1))
    for since, weights in book.weights:
        for place, (at, _) in enumerate(counted.periods):
            if at >= since:
                out[place] = [weights[name] for name in names]
    return out


def _primary(
    book: Book, counted: Counted, stage: Stage | None
) -> tuple[tuple[Comparison, Contrast | Unknown], ...]:
    metric, standing = book.trial.primary, book.standing
    arms = range(1, len(book.trial.arms))
    if stage is None:
        found = family(
            counted,
            [(arm, metric) for arm in arms],
            lambda arm, one, level: any_look(counted, one, arm, level=level),
            alpha=book.trial.alpha,
            level_of=standing,
        )
        return tuple(
            (replace(shown, difference=in_its_unit(shown.effect, counted, metric, arm)), one)
            for arm, (shown, one) in zip(arms, found, strict=True)
        )
    return tuple(
        (
            compared(
                book.trial.arms[arm].name,
                metric,
                one,
                found=isinstance(one, Contrast) and one.clear,
                level_of=standing,
            ),
            one,
        )
        for arm, one in zip(arms, stage.contrasts, strict=True)
    )


def _others(book: Book, counted: Counted) -> tuple[Comparison, ...]:
    """Return the other metrics, a family of their own: they never decide."""
    pairs = [
        (arm, metric)
        for metric in book.trial.metrics[1:]
        if counted.told[metric.key].sum()
        for arm in range(1, len(book.trial.arms))
    ]
    found = family(
        counted,
        pairs,
        lambda arm, metric, level: any_look(counted, metric, arm, level=level),
        alpha=book.trial.alpha,
        level_of=book.standing,
    )
    return tuple(
        replace(shown, difference=in_its_unit(shown.effect, counted, metric, arm))
        for (arm, metric), (shown, _) in zip(pairs, found, strict=True)
    )


def _withheld(metrics: Sequence[Metric], counted: Counted, seen: Balance) -> tuple[Comparison, ...]:
    """Return the comparisons without their numbers: a broken split takes the result away."""
    return tuple(
        Comparison(arm.name, metric.key, none, none, None, found=False, better=False)
        for metric in metrics[:1]
        for arm in counted.trial.arms[1:]
        for none in (Unknown("sample_ratio_mismatch", RATIO, metric.unit, seen.n),)
    )


def _path(book: Book, counted: Counted) -> tuple[Point, ...]:
    """Return the effect as it stood at the end of each day, in the metric's own unit."""
    trial = book.trial
    level = 1 - trial.alpha / (len(trial.arms) - 1)
    days = counted.days
    # Evenly over the days when there are many: each point is a whole test.
    most = max(2, MOST_POINTS // (len(trial.arms) - 1))
    chosen = sorted({days[round(place)] for place in np.linspace(0, len(days) - 1, min(most, len(days)))})
    out = []
    for day in chosen:
        part = counted.until(day)
        for arm in range(1, len(trial.arms)):
            one = any_look(part, trial.primary, arm, level=level)
            if isinstance(one, Contrast):
                shown = in_its_unit(one.effect, part, trial.primary, arm)
                if isinstance(shown, Estimate):
                    out.append(Point(day, trial.arms[arm].name, shown.value, shown.low, shown.high))
    return tuple(out)


def _staged_path(
    book: Book, frame: Look, judged: Sequence[tuple[Comparison, Contrast | Unknown]]
) -> tuple[Point, ...]:
    """Return the looks taken so far and this one: between looks there is no interval."""
    now = [
        Point(frame.day, shown.arm, shown.difference.value, shown.difference.low, shown.difference.high)
        for shown, _ in judged
        if isinstance(shown.difference, Estimate)
    ]
    earlier = [p for seen in book.looks for p in seen.look.path if p.day < frame.day]
    kept = {(p.day, p.arm): p for p in earlier}
    return (*(kept[key] for key in sorted(kept)), *now)
