"""Market and artistic perception side by side, and a warning where one rises at the other's cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.statistic import Moments
from longtake.language.patterns.pack import read_packs
from longtake.services.plans.after.figures import within
from longtake.services.plans.daily import Daily, daily
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running.desk import Desk
from longtake.services.reports.draft import JOIN, LEVEL, Draft
from longtake.trial.frequentist.proportions import proportions
from longtake.trial.frequentist.welch import uplift

SIDES: Mapping[str, tuple[str, ...]] = {
    "market": ("comments_a_day", "tickets_a_day", "recommend"),
    "art": ("positive", "craft", "story", "acting", "visuals", "selfstory"),
}
"""The figures of each side; more is better for all."""

AROUND = frozenset({"brand", "promotion", "screening"})
"""Aspects of the business around the film; all others are of the film itself."""

LONGEST = 14
LEAST_DAYS = 3
LEAST_JUDGED = 20
COUNTS = frozenset({"comments_a_day", "tickets_a_day"})


@dataclass(frozen=True, slots=True)
class Side:
    """One figure of a board.

    Attributes:
        side: market or art.
        key: What is measured.
        change: After less before: a share of before for counts, points for shares; or why it is not known.
        figure: The same with its rows.
    """

    side: str
    key: str
    change: Quantity
    figure: Figure

    @property
    def moved(self) -> str:
        """Up or down where the interval leaves zero out; level else, unknown without a number."""
        if isinstance(self.change, Unknown):
            return "unknown"
        return "up" if self.change.low > 0 else "down" if self.change.high < 0 else "level"


@dataclass(frozen=True, slots=True)
class Dual:
    """Both boards.

    Attributes:
        since: First day of the stretch after.
        days: Days of each stretch.
        rows: Figures in the order of :data:`SIDES`.
        trade_offs: Pairs of a figure that rose and one of the other side that fell.
    """

    since: date
    days: int
    rows: tuple[Side, ...]
    trade_offs: tuple[tuple[Side, Side], ...]


def dual(desk: Desk, since: date | None = None) -> Dual:
    """Return both boards: as many days after a day as before it, a fortnight at most.

    It is an observation: two stretches of days side by side say what went with what.

    Args:
        desk: The campaign.
        since: First day after; that of the first stage that has three days behind it, else the middle of the
            last four weeks.

    Raises:
        PlanActError: Fewer than three whole days lie on either side.
    """
    series = daily(desk.draft, "comments_a_day")
    if series is None:
        raise PlanActError("No comments are known by day.", fix="Bring them in.", says="no_comments")
    latest = series.last - timedelta(days=LEAST_DAYS - 1)
    started = [
        one.begins
        for one in desk.book.lives
        if one.start is not None and one.begins is not None and one.begins <= latest
    ]
    middle = series.last - timedelta(days=min(LONGEST, len(series.values) // 2) - 1)
    first = since or min(started, default=middle)
    days = min(LONGEST, (series.last - first).days + 1, (first - series.first).days)
    if days < LEAST_DAYS:
        raise PlanActError(
            f"Fewer than {LEAST_DAYS} whole days lie before or after {first}.",
            fix="Wait for more days, or give another day.",
            says="too_few_days_around",
            day=first.isoformat(),
        )
    rows = tuple(_side(desk.draft, side, key, first, days) for side, keys in SIDES.items() for key in keys)
    rose = [row for row in rows if row.moved == "up"]
    fell = [row for row in rows if row.moved == "down"]
    pairs = tuple((up, down) for up in rose for down in fell if up.side != down.side)
    return Dual(first, days, rows, pairs)


def _side(draft: Draft, side: str, key: str, first: date, days: int) -> Side:
    before, after = first - timedelta(days=days), first + timedelta(days=days - 1)
    if key in COUNTS:
        change, rows = _counts(daily(draft, key), before, first, after), _rows(key)
    else:
        change, rows = _shares(draft, key, before, first, after), _rows(key)
    slots = {"dual": key}
    label = "dual_relative" if key in COUNTS else "dual_points"
    name = f"{draft.campaign.id}:plan.dual.{key}"
    return Side(side, key, change, Figure(name, label, change, within(rows, before, after), slots))


def _counts(series: Daily | None, before: date, first: date, after: date) -> Quantity:
    if series is None:
        return Unknown("no_box_office", "relative difference", "share", 0)
    told = [
        [one for one in series.between(start, end) if one is not None]
        for start, end in ((before, first - timedelta(days=1)), (first, after))
    ]
    found = uplift(Moments.of(told[0]), Moments.of(told[1]), level=LEVEL)
    return found if isinstance(found, Unknown) else found.effect


def _shares(draft: Draft, key: str, before: date, first: date, after: date) -> Quantity:
    hits, total = _tally(draft, key)

    def of(counts: Counter[date], start: date, end: date) -> int:
        return sum(n for day, n in counts.items() if start <= day <= end)

    spans = ((before, first - timedelta(days=1)), (first, after))
    pairs = [(of(hits, *span), of(total, *span)) for span in spans]
    least = min(n for _, n in pairs)
    if least < LEAST_JUDGED:
        return Unknown("too_few_rows", "difference of two shares", "share", least, LEAST_JUDGED)
    found = proportions(pairs[0], pairs[1], level=LEVEL)
    return found if isinstance(found, Unknown) else found.effect


def _tally(draft: Draft, key: str) -> tuple[Counter[date], Counter[date]]:
    """Return comments a day that count for a figure, and those it is a share of."""
    hits: Counter[date] = Counter()
    total: Counter[date] = Counter()
    if key == "positive":
        for row in draft.run("polarity_by_day"):
            hits[row["day"]] += int(row["n_pos"] or 0)
            total[row["day"]] += int(row["n"] or 0)
        return hits, total
    if key in {"recommend", "selfstory"}:
        total = Counter({row["day"]: int(row["n"]) for row in draft.run("comments_by_day")})
    wanted = [f"aspect.{name}" for name in (craft() if key == "craft" else (key,))]
    for row in draft.run("label_counts_by_day"):
        label, value, n, day = row["label"], row["value"], int(row["n"]), row["day"]
        if key == "recommend":
            hits[day] += n if (label, value) == ("share", "recommend") else 0
        elif key == "selfstory":
            hits[day] += n if label == "selfstory" else 0
        elif label in wanted and value in {"pos", "neg"}:
            total[day] += n
            hits[day] += n if value == "pos" else 0
    return Counter({day: min(n, total[day]) for day, n in hits.items()}), total


@cache
def craft() -> tuple[str, ...]:
    """Return the aspects of the film itself that the packs in use can tell, sorted."""
    told = {entry.value for pack in read_packs() for entry in pack.entries if entry.label == "aspect"}
    return tuple(sorted(told - AROUND))


def _rows(key: str) -> Evidence:
    if key == "tickets_a_day":
        return Evidence("rows.boxoffice")
    if key == "recommend":
        return Evidence("rows.labels", {"label": "share", "value": "recommend"})
    if key == "selfstory":
        return Evidence("rows.labels", {"label": "selfstory"})
    if key == "craft":
        return Evidence(
            "rows.labels", {"labels": JOIN.join(f"aspect.{name}" for name in craft()), "judged": True}
        )
    if key in craft():
        return Evidence("rows.labels", {"label": f"aspect.{key}", "judged": True})
    return Evidence("rows.comments", {"scored": True} if key == "positive" else {})
