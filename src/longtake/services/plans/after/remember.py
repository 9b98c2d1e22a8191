"""What stays in memory a month, a quarter and a year on: lines said again, and talk that goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from longtake.domain.answers.plan_values import quantity_of, quantity_values
from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.running.act import Act
from longtake.domain.statistic import Moments
from longtake.heat.measures.share import METHOD as WILSON
from longtake.heat.measures.share import share
from longtake.services import evidence
from longtake.services.plans.after.figures import within
from longtake.services.plans.daily import Daily, daily
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running.adopt import released
from longtake.services.plans.running.desk import Desk
from longtake.services.reports.draft import CHINA, JOIN, LEVEL, Draft
from longtake.services.reports.speech.lines import echoed
from longtake.trial.frequentist.welch import uplift

WINDOWS: Mapping[int, int] = {30: 7, 90: 14, 365: 30}
"""Days that are read at each check, by days after the release."""

OPENING = 7
"""Days that the talk which is left is a share of."""

MOST_LINES = 3


def remember(desk: Desk, after: int) -> Act:
    """Measure what stays, so many days after the release, and put it on record.

    Args:
        desk: The campaign.
        after: 30, 90 or 365 days.

    Raises:
        PlanActError: There is no such check, no day to count from, or the figures do not reach that far.
    """
    if after not in WINDOWS:
        raise PlanActError(
            f"There is no check after {after} days.", fix="Use 30, 90 or 365.", says="bad_value"
        )
    series = daily(desk.draft, "comments_a_day")
    if series is None:
        raise PlanActError("No comments are known by day.", fix="Bring them in.", says="no_comments")
    origin = released(desk.draft) or series.first
    first = origin + timedelta(days=after)
    last = first + timedelta(days=WINDOWS[after] - 1)
    if series.last < last:
        raise PlanActError(
            f"The figures end on {series.last}; this check reads {first} to {last}.",
            fix="Bring in the comments of those days.",
            says="memory_not_yet",
            first=first.isoformat(),
            last=last.isoformat(),
        )
    residual = residual_talk(series, origin, first, last)
    recall, lines, texts = recalled(desk.draft, first, last)
    act = desk.write(
        "remembered",
        after=after,
        first=first.isoformat(),
        last=last.isoformat(),
        residual=quantity_values(residual),
        recall=quantity_values(recall),
        lines=list(lines),
    )
    # The chain is never erased, so no comment stands in it: its texts are kept beside the other figures.
    figures = of_memory(desk.draft.campaign.id, act, texts=texts)
    evidence.keep(desk.workspace, desk.draft.campaign.id, figures.values(), beside=True)
    return act


def residual_talk(series: Daily, origin: date, first: date, last: date) -> Quantity:
    """Return comments a day of a stretch over those of the opening week.

    Args:
        series: Comments a day.
        origin: First day of the opening week.
        first: First day of the stretch.
        last: Its last day.
    """
    opening = series.between(origin, origin + timedelta(days=OPENING - 1))
    now = series.between(first, last)
    known = [[one for one in days if one is not None] for days in (opening, now)]
    told = uplift(Moments.of(known[0], scale=1), Moments.of(known[1], scale=1), level=LEVEL)
    if isinstance(told, Unknown):
        return told
    found = told.effect
    return replace(
        found, value=found.value + 1, low=max(found.low + 1, 0.0), high=max(found.high + 1, 0.0), unit="share"
    )


def recalled(draft: Draft, first: date, last: date) -> tuple[Quantity, tuple[str, ...], tuple[str, ...]]:
    """Return the share of comments of a stretch that say a line of the film, the lines, and the texts."""
    cues, heard, found = echoed(draft)
    inside = {
        place
        for place, row in enumerate(heard)
        if row["at"] is not None and first <= row["at"].astimezone(CHINA).date() <= last
    }
    if not cues:
        n = sum(int(one or 0) for one in _days(draft, first, last))
        return Unknown("no_subtitles", WILSON, "share", n), (), ()
    said = {match.comment for echo in found for match in echo.matches} & inside
    lines = [
        (-sum(match.comment in inside for match in echo.matches), echo.line)
        for echo in found
        if any(match.comment in inside for match in echo.matches)
    ]
    texts = tuple(sorted({heard[place]["text"] for place in said}))
    shown = tuple(line for _, line in sorted(lines)[:MOST_LINES])
    if not inside:
        return Unknown("no_rows", WILSON, "share", 0), (), ()
    return share(len(said), len(inside)), shown, texts


def of_memory(campaign: str, act: Act, *, texts: Sequence[str] = ()) -> dict[str, Figure]:
    """Return the two figures of a check: residual and recall.

    Args:
        campaign: The campaign's id.
        act: The check.
        texts: Comments that say a line again; all comments of those days stand for them where none is given.
    """
    told = act.told
    first, last = (date.fromisoformat(told[name]) for name in ("first", "last"))
    days = within(Evidence("rows.comments"), first, last)
    said = replace(days, params={**days.params, "texts": JOIN.join(texts)}) if texts else days
    slots = {"after": str(told["after"])}
    return {
        "residual": Figure(
            f"{campaign}:plan.residual.d{told['after']}",
            "memory_residual",
            quantity_of(told["residual"]),
            days,
            slots,
        ),
        "recall": Figure(
            f"{campaign}:plan.recall.d{told['after']}",
            "memory_recall",
            quantity_of(told["recall"]),
            said,
            slots,
        ),
    }


def due(desk: Desk) -> dict[int, date | None]:
    """Return the first day of each check; None where it was done."""
    series = daily(desk.draft, "comments_a_day")
    origin = released(desk.draft) or (series.first if series is not None else None)
    done = {int(act.told["after"]) for act in desk.book.memories}
    return {
        after: None if origin is None or after in done else origin + timedelta(days=after)
        for after in WINDOWS
    }


def _days(draft: Draft, first: date, last: date) -> tuple[float | None, ...]:
    series = daily(draft, "comments_a_day")
    return series.between(first, last) if series is not None else ()
