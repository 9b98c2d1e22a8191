"""What to do after a look at a split trial, and what it costs to wait."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from scipy.special import ndtr

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.trials.look import Comparison, Look, Wait
from longtake.domain.trials.refusal import DesignError
from longtake.services.trials.book import Book
from longtake.services.trials.looks.contrasts import statistic
from longtake.services.trials.looks.counted import Counted
from longtake.services.trials.looks.staged import Stage
from longtake.services.trials.power.splits import planned_drift
from longtake.trial.bandit.batch import next_batch
from longtake.trial.frequentist.midway import midway
from longtake.trial.sequential.around_plan import looks_ahead
from longtake.trial.sequential.asymptotic import planned_bound

LEAST_CHANCE = 0.1
PACE_DAYS = 7
FLOOR = 0.05
MOST_PLANS = 5.0


def decided(
    book: Book,
    counted: Counted,
    look: Look,
    contrasts: Sequence[Contrast | Unknown],
    stage: Stage | None,
) -> Look:
    """Return a look with its decision, the arm it is about, the price of waiting and the next weights."""
    trial = book.trial
    primary = [one for one in look.comparisons if one.metric == trial.primary.key]
    leader = _leader(primary)
    wait = _wait(book, counted, contrasts[leader], leader, stage)
    notes = ["looks_over"] if stage is not None and stage.extra else []
    weights: dict[str, float] = {}
    exhausted = False
    if trial.design == "bandit":
        weights, exhausted = _next(book, counted)
    done = replace(look, wait=wait, next_weights=weights, notes=(*look.notes, *notes))
    won = [one for one in primary if one.found and one.better]
    if won:
        return replace(done, decision="winner", arm=primary[leader].arm)
    if all(one.found and not one.better for one in primary):
        return replace(done, decision="worse", arm=primary[leader].arm)
    over = look.units >= trial.planned_units or _past(book, look.day) or (stage is not None and stage.last)
    if exhausted:
        return replace(done, decision="settled", arm=primary[leader].arm)
    if _too_small(book, primary) or (wait is not None and _hopeless(wait)):
        return replace(done, decision="futile", arm=primary[leader].arm)
    return replace(done, decision="over" if over else "keep_going", arm=primary[leader].arm)


def _leader(primary: Sequence[Comparison]) -> int:
    """Return the place of the arm that leads, those that were found first."""

    def lead(place: int) -> tuple[bool, float]:
        one = primary[place]
        if not isinstance(one.difference, Estimate):
            return False, -math.inf
        size = abs(one.difference.value)
        return one.found and one.better, size if one.better else -size

    return max(range(len(primary)), key=lambda place: (lead(place), -place))


def _past(book: Book, day: str) -> bool:
    return (
        book.begins is not None
        and day >= (book.begins + timedelta(days=book.trial.horizon_days - 1)).isoformat()
    )


def _too_small(book: Book, primary: Sequence[Comparison]) -> bool:
    """Return whether every arm's interval lies short of the smallest effect worth it."""
    least, rise = book.trial.minimum, book.trial.primary.rise

    def short(one: Comparison) -> bool:
        shown = one.difference
        return isinstance(shown, Estimate) and (shown.high < least if rise else shown.low > -least)

    return all(short(one) for one in primary)


def _hopeless(wait: Wait) -> bool:
    return wait.chance is not None and wait.chance < LEAST_CHANCE


def _wait(
    book: Book,
    counted: Counted,
    one: Contrast | Unknown,
    leader: int,
    stage: Stage | None,
) -> Wait:
    """Return what it costs to wait: units and days at the pace of the last week."""
    trial = book.trial
    a_day, units = _pace(counted), int(counted.units.sum())
    seen = units / trial.planned_units
    if isinstance(one, Unknown):
        return Wait(None, None, a_day, None)
    z = statistic(one, trial.primary, odds=stage is None)
    alpha = trial.alpha / (len(trial.arms) - 1)
    chance = None
    if 0 < seen < 1:
        try:
            drift = planned_drift(trial, leader + 1)
            # Intervals that hold at any look ask for more at the end than a single look there would.
            asked = alpha if stage is not None else 2 * float(ndtr(-planned_bound(1.0, alpha=alpha)))
            chance = midway(z, fraction=seen, planned_drift=drift, alpha=asked).planned
        except DesignError:
            chance = None
    if stage is not None:
        left = None if stage.last else max(0, _next_look(book, stage) - units)
        return Wait(left, _days(left, a_day), a_day, chance)
    if abs(z) < 1e-9:
        return Wait(None, None, a_day, chance)
    ahead = looks_ahead(z, 1.0, seen=seen, alpha=alpha, most=MOST_PLANS)
    left = None if ahead is None else math.ceil((ahead - seen) * trial.planned_units)
    return Wait(left, _days(left, a_day), a_day, chance)


def _next_look(book: Book, stage: Stage) -> int:
    return math.ceil(book.trial.planned_units * min(stage.looked + 1, book.trial.looks) / book.trial.looks)


def _pace(counted: Counted) -> float:
    """Return units a day over the last week that has rows."""
    last = date.fromisoformat(counted.days[-1])
    first = max(date.fromisoformat(counted.days[0]), last - timedelta(days=PACE_DAYS - 1))
    keep = np.array([at[:10] >= first.isoformat() for at, _ in counted.periods])
    return float(counted.units[keep].sum()) / ((last - first).days + 1)


def _days(units: int | None, a_day: float) -> int | None:
    return None if units is None or a_day <= 0 else math.ceil(units / a_day)


def _next(book: Book, counted: Counted) -> tuple[dict[str, float], bool]:
    """Return the next weights of a bandit, and whether nothing is left to gain."""
    key = book.trial.primary.key
    x, n = counted.sums[key][:, :, 0], counted.told[key]
    step = next_batch(x, n, floor=FLOOR)
    names = [arm.name for arm in book.trial.arms]
    # Weights are logged as they will be used: to a tenth of a percent, adding up to one.
    whole = np.floor(step.weights * 1000).astype(int)
    whole[step.leader] += 1000 - int(whole.sum())
    return {name: int(w) / 1000 for name, w in zip(names, whole, strict=True)}, step.stop
