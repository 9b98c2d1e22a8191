"""From where a film stands to days on a calendar: which stage begins when, lane by lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from longtake.domain.answers.plan import COLLECT, Stage
from longtake.domain.running.life import LANES

PHASES = ("early", "before", "opening", "running", "tail")
QUIET = 3
"""Days without another act before a frozen forecast, so that the decay is settled."""

SETTLED = 14
"""Days after the release before a series can be foretold."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When one stage runs.

    Attributes:
        stage: Its id.
        begins: First day of the measure.
        ends: Last day that is judged.
        crosses: Whether the release falls between them: then no series before can tell what would have come.
    """

    stage: str
    begins: date
    ends: date
    crosses: bool


def phase(today: date, release: date | None) -> str:
    """Return where a film stands, one of :data:`PHASES`; a film without a release date is running.

    Examples:
        >>> days = [date(2026, 1, 31), date(2026, 2, 20), date(2026, 3, 3), date(2026, 3, 20)]
        >>> [phase(day, date(2026, 3, 1)) for day in days]
        ['early', 'before', 'opening', 'running']
    """
    if release is None:
        return "running"
    away = (today - release).days
    bounds = ((-28, "early"), (0, "before"), (7, "opening"), (28, "running"))
    return next((name for bound, name in bounds if away < bound), "tail")


def dated(stages: Sequence[Stage], *, today: date, release: date | None, waits: bool) -> tuple[Dated, ...]:
    """Return the days of stages: lanes run side by side, one lane does one thing at a time.

    Two stages that move one metric never overlap. A frozen forecast has three quiet days of its lane before
    it. A stage that would straddle the release ends before it where there is room, else begins with it, or,
    where it is held against the days before, a fortnight after it.

    Args:
        stages: The stages in order.
        today: The first stage begins the day after.
        release: Day of the release; None where it is not known.
        waits: Whether all stages wait for those that collect what is missing.
    """
    free: dict[str, date] = {}
    gate = today + timedelta(days=1)
    out: list[Dated] = []
    for stage in stages:
        keys = (f"lane {LANES[stage.cause]}", f"metric {stage.goal.metric}")
        begins = max([gate, *(free[key] for key in keys if key in free)])
        if stage.design == "interrupted_series" and any(key in free for key in keys):
            begins += timedelta(days=QUIET)
        begins = _around(stage, begins, release, earliest=max(gate, begins))
        ends = begins + timedelta(days=stage.goal.horizon_days - 1)
        crosses = release is not None and begins < release <= ends
        out.append(Dated(stage.id, begins, ends, crosses))
        for key in keys:
            free[key] = ends + timedelta(days=1)
        if waits and stage.cause == COLLECT:
            gate = max(gate, ends + timedelta(days=1))
    return tuple(out)


def _around(stage: Stage, begins: date, release: date | None, *, earliest: date) -> date:
    ends = begins + timedelta(days=stage.goal.horizon_days - 1)
    against_before = stage.design in {"interrupted_series", "before_after"} and stage.cause != COLLECT
    settled = release + timedelta(days=SETTLED) if release is not None else None
    if release is None or settled is None or stage.cause == COLLECT:
        return begins
    if begins < release <= ends:
        back = release - timedelta(days=stage.goal.horizon_days)
        return back if back >= earliest else settled if against_before else release
    if against_before and release <= begins < settled:
        return settled
    return begins
