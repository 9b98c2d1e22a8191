"""Whether the last money brought what the first did, over all platforms together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.report import Cell, Chart, Column, Table
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.timed.series import OBSERVED, Series
from longtake.errors import NotEnoughDataError
from longtake.heat import Decomposition, decompose
from longtake.heat.grids.grid import DAY, HOUR
from longtake.heat.spending.saturation import METHOD, Saturation, saturation
from longtake.services.reports.draft import CHINA, LEVEL, Draft
from longtake.services.reports.heat.split.acts import RELEASE, laid_on
from longtake.services.reports.heat.talk import midnight
from longtake.services.reports.marks import events
from longtake.services.reports.pressure.paid import Stretch, is_paid, stretches

Floats = NDArray[np.float64]

FINE = 0.8
HALF_WIDTHS = 2 * 1.6448536269514722


@dataclass(frozen=True, slots=True, eq=False)
class Spend:
    """The whole campaign's comments with what was paid for taken apart.

    Attributes:
        stretches: What was paid for anywhere, in order of time.
        split: The counts of all platforms taken apart.
    """

    stretches: tuple[Stretch, ...]
    split: Decomposition


def spend(draft: Draft) -> Spend | Unknown:
    """Return what was paid for on all platforms together, or why nothing can be said of it.

    Money is spent on one platform and heard of on others; single platforms also see too few stretches.
    """
    found: Spend | Unknown = draft.once("spend", lambda: _spend(draft))
    return found


def _spend(draft: Draft) -> Spend | Unknown:
    series = _everything(draft)
    if series is None:
        return Unknown("no_time", METHOD, "share", 0)
    n = len(series)
    found = stretches(draft, series, None)
    if not found:
        return Unknown("nothing_named", METHOD, "share", n)
    if not all(one.cost_cny for one in found):
        told = sum(bool(one.cost_cny) for one in found)
        return Unknown("spend_unknown", METHOD, "share", told, len(found))
    named = {one.name: one.intensity for one in found} | _free(draft, series)
    try:
        split = decompose(series.values, step_hours=series.step / HOUR, events=named, level=LEVEL)
    except NotEnoughDataError as error:
        return Unknown("too_few_rows", METHOD, "share", error.got, error.needed)
    return Spend(found, split)


def _everything(draft: Draft) -> Series | None:
    """Return the comments of all platforms by the hour, or by the day where fewer times are told finely."""
    hourly, daily = draft.run("comments_by_hour"), draft.run("comments_by_day")
    fine = sum(row["n"] for row in hourly) >= FINE * max(1, sum(row["n"] for row in daily))
    counted = (
        {row["hour"]: row["n"] for row in hourly} if fine else {midnight(r["day"]): r["n"] for r in daily}
    )
    if len(counted) < 2:
        return None
    step, start = HOUR if fine else DAY, min(counted)
    values = np.zeros((max(counted) - start) // step + 1)
    for at, many in counted.items():
        values[(at - start) // step] = many
    seen = np.full(values.size, OBSERVED, dtype=np.int8)
    return Series(start, step, values, seen, np.full(values.size, np.nan))


def _free(draft: Draft, series: Series) -> dict[str, Floats]:
    """Return what was not paid for, one event a kind, and the release."""
    kinds: dict[str, list[Floats]] = defaultdict(list)
    for event in events(draft):
        laid = laid_on(series, event.start, event.end)
        if laid is not None and event.planned is not True and not is_paid(event):
            kinds[event.kind].append(laid)
    release = draft.campaign.release_at
    if release is not None and not set(kinds) & {RELEASE, "premiere"}:
        laid = laid_on(series, release, None)
        if laid is not None:
            kinds[RELEASE].append(laid)
    return {f"free {kind}": np.asarray(np.sum(some, axis=0)) for kind, some in sorted(kinds.items())}


def bend(draft: Draft) -> Saturation | Unknown:
    """Return how the response to spend bends."""
    told: Saturation | Unknown = draft.once("bend", lambda: _bend(draft))
    return told


def _bend(draft: Draft) -> Saturation | Unknown:
    found = spend(draft)
    if isinstance(found, Unknown):
        return found
    effects = [found.split.event_effects[one.name] for one in found.stretches]
    seen = [
        (one.cost_cny or 0.0, e)
        for one, e in zip(found.stretches, effects, strict=True)
        if isinstance(e, Estimate)
    ]
    spread = [max((e.high - e.low) / HALF_WIDTHS, 1e-6 * max(1.0, e.value)) for _, e in seen]
    return saturation([c for c, _ in seen], [e.value for _, e in seen], spread)


def saturated(draft: Draft) -> Figure:
    """Return one minus what a yuan of the last stretch brought over what one of the first did."""
    told = bend(draft)
    quantity = told if isinstance(told, Unknown) else told.saturated
    return draft.figure("pressure.spend_saturated", "spend_saturated", quantity, Evidence("rows.events"))


def elasticity(draft: Draft) -> Figure | None:
    """Return the elasticity of the response to spend; None where it cannot be told."""
    told = bend(draft)
    if isinstance(told, Unknown) or isinstance(told.elasticity, Unknown):
        return None
    return draft.figure("pressure.elasticity", "spend_elasticity", told.elasticity, Evidence("rows.events"))


def spend_chart(draft: Draft) -> Chart | None:
    """Return what ten thousand yuan of each stretch brought directly; None where money is not told."""
    found = spend(draft)
    if isinstance(found, Unknown):
        return None
    rows: list[tuple[Cell, ...]] = []
    for one in found.stretches:
        effect = found.split.event_effects[one.name]
        if isinstance(effect, Estimate) and one.cost_cny:
            ends = (effect.value, effect.low, effect.high)
            per = 1e4 / one.cost_cny
            when = f"{one.name[:2]} · {one.start.astimezone(CHINA):%m-%d %H:%M}"
            rows.append((when, *(round(end * per, 4) for end in ends), one.cost_cny))
    if len(rows) < 2:
        return None
    columns = (
        Column("stretch"),
        Column("brought", "number"),
        Column("low", "number"),
        Column("high", "number"),
        Column("cost_cny", "cny"),
    )
    return Chart(
        id="spend-returns",
        title="spend_returns",
        form="interval",
        table=Table(columns, tuple(rows)),
        x="stretch",
        y="brought",
        low="low",
        high="high",
        unit="comments per 10k CNY",
        figures=(f"{draft.campaign.id}:pressure.spend_saturated",),
    )
