"""What was paid for, as stretches of about equal spend in order of time, and what each brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from longtake.domain.event import Event
from longtake.domain.timed.series import Series
from longtake.errors import NotEnoughDataError
from longtake.heat import Decomposition, decompose
from longtake.heat.grids.grid import HOUR
from longtake.services.reports import toplist
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.heat import talk
from longtake.services.reports.heat.split.acts import Act, laid_on
from longtake.services.reports.heat.split.measured import Measured, measure, measure_talk
from longtake.services.reports.marks import events

Floats = NDArray[np.float64]

BOUGHT = frozenset({"ad", "kol", "giveaway", "hot_search", "moments_ad", "outdoor", "live"})
STRETCHES = 6
MOST_OF_IT = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Acts that were paid for, side by side or one after the other.

    Attributes:
        name: Its name among the events of the model; sorts by time.
        events: The acts.
        intensity: Shape (t,), one in all.
        cost_cny: What they cost; None where the cost of any is not known.
    """

    name: str
    events: tuple[Event, ...]
    intensity: Floats
    cost_cny: float | None

    @property
    def start(self) -> datetime:
        """First instant."""
        return min(event.start for event in self.events)


@dataclass(frozen=True, slots=True, eq=False)
class Paid:
    """What was paid for, taken apart from everything else on one platform.

    Attributes:
        measured: The platform's counts and what was found in them.
        stretches: What was paid for, in order of time; none where nothing was.
        split: The counts taken apart, each stretch an event of its own; None without stretches.
    """

    measured: Measured
    stretches: tuple[Stretch, ...]
    split: Decomposition | None


def measured(draft: Draft) -> Measured | NotEnoughDataError | None:
    """Return the loudest platform taken apart, as the section on bought and bred has it."""
    found: Measured | NotEnoughDataError | None = draft.once(
        "measured", lambda: measure(draft, talk.talk(draft), toplist.listings(draft))
    )
    return found


def paid(draft: Draft) -> Paid | NotEnoughDataError | None:
    """Return what was paid for; the refusal where counts are too few, None where there are none."""
    found: Paid | NotEnoughDataError | None = draft.once("paid", lambda: _paid(draft))
    return found


def is_paid(event: Event) -> bool:
    """Return whether attention was bought: money is known to have flowed, or such acts are always paid.

    Examples:
        >>> from datetime import UTC
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> is_paid(Event("kol", at, 1)), is_paid(Event("kol", at, 1, cost_cny=0.0))
        (True, False)
    """
    return event.kind in BOUGHT if event.cost_cny is None else event.cost_cny > 0 and event.kind in BOUGHT


def _paid(draft: Draft) -> Paid | NotEnoughDataError | None:
    found = measured(draft)
    if not isinstance(found, Measured):
        return found
    own = stretches(draft, found.series, found.platform)
    if not own:
        found, own = _elsewhere(draft, found)
    if not own:
        return Paid(found, (), None)
    bought = {event.start for stretch in own for event in stretch.events}
    named = {stretch.name: stretch.intensity for stretch in own}
    named |= {name: act.intensity for name, act in found.acts.items() if not _held(act, bought)}
    try:
        split = decompose(
            found.series.values,
            step_hours=found.series.step / HOUR,
            events=named,
            seasonality=found.season,
            level=LEVEL,
            drift=found.drift,
        )
    except NotEnoughDataError as error:
        return error
    return Paid(found, own, split)


def _elsewhere(draft: Draft, loudest: Measured) -> tuple[Measured, tuple[Stretch, ...]]:
    """Return the loudest other platform on which something was paid for; the loudest where there is none."""
    talks = talk.talk(draft)
    where = {event.platform for event in events(draft) if is_paid(event) and event.planned is not True}
    for one in talks:
        if one.platform in where and one.platform != loudest.platform:
            found = measure_talk(draft, one, talks)
            if isinstance(found, Measured) and (own := stretches(draft, found.series, found.platform)):
                return found, own
    return loudest, ()


def _held(act: Act, bought: set[datetime]) -> bool:
    return act.kind in BOUGHT and (act.start is None or act.start in bought)


def stretches(draft: Draft, series: Series, platform: str | None) -> tuple[Stretch, ...]:
    """Return what was paid for while a platform was counted, as up to six stretches in order of time.

    Args:
        draft: The campaign being measured.
        series: Counts on whose grid the acts are laid.
        platform: Where; None for everywhere.
    """
    acts = [
        (event, laid)
        for event in events(draft)
        if event.planned is not True
        and (platform is None or event.platform in {None, platform})
        and is_paid(event)
        and (laid := laid_on(series, event.start, event.end)) is not None
    ]
    acts.sort(key=lambda one: (one[0].start, one[0].kind, one[0].source_line))
    groups = _grouped([event.cost_cny for event, _ in acts])
    made = []
    for number, members in enumerate(groups, 1):
        own = [acts[i] for i in members]
        costs = [event.cost_cny for event, _ in own]
        known = [cost for cost in costs if cost is not None]
        whole = sum(known) if len(known) == len(costs) else None
        weights = known if whole else [1.0] * len(own)
        mix = np.sum([w * laid for w, (_, laid) in zip(weights, own, strict=True)], axis=0) / sum(weights)
        name = f"{number:02d} paid"
        made.append(Stretch(name, tuple(event for event, _ in own), np.asarray(mix), whole))
    return tuple(made)


def _grouped(costs: Sequence[float | None]) -> list[list[int]]:
    """Return the places of acts, in order, in at most six groups of about equal cost.

    Examples:
        >>> _grouped([1.0, None, 3.0])
        [[0], [1], [2]]
        >>> [len(group) for group in _grouped([1.0] * 12)]
        [2, 2, 2, 2, 2, 2]
    """
    if len(costs) <= STRETCHES:
        return [[i] for i in range(len(costs))]
    weights = [1.0 if cost is None else cost for cost in costs] if None in costs else list(costs)
    whole, so_far = sum(w or 0.0 for w in weights), 0.0
    groups: list[list[int]] = [[] for _ in range(STRETCHES)]
    for i, weight in enumerate(weights):
        middle = so_far + (weight or 0.0) / 2
        groups[min(STRETCHES - 1, int(STRETCHES * middle / whole))].append(i)
        so_far += weight or 0.0
    return [group for group in groups if group]


def main_end(series: Series, stretches: Sequence[Stretch]) -> int | None:
    """Return the first step by which nine tenths of what was paid for had run; None where none is left.

    A small giveaway at the end does not put off the day on which the money stopped.
    """
    costs = [one.cost_cny for one in stretches]
    weights = [cost or 0.0 for cost in costs] if all(costs) else [1.0] * len(stretches)
    running = np.sum([w * one.intensity for w, one in zip(weights, stretches, strict=True)], axis=0)
    done = np.cumsum(running) / running.sum()
    end = int(np.searchsorted(done, MOST_OF_IT - 1e-9)) + 1
    return end if end < len(series) else None
