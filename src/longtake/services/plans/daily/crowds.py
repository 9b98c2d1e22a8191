"""Metrics of who speaks, day by day: makers, circles."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from longtake.domain.campaign import Circle
from longtake.domain.figure import Evidence
from longtake.services.plans.daily.series import Daily, day_of, spoken_days
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import Draft
from longtake.services.reports.interaction.makers import makers_rows, making_words
from longtake.services.reports.interaction.passing import audience


def sized(draft: Draft) -> tuple[tuple[int, Circle], ...]:
    """Return the planned circles with their comments, the one that speaks least first, then by name."""
    sizes = [
        (sum(row["n"] for row in draft.run("circle_comments", **rules(circle))), circle)
        for circle in draft.campaign.circles
    ]
    return tuple(sorted(sizes, key=lambda one: (one[0], one[1].name)))


def making(draft: Draft, metric: str) -> Daily | None:
    """Return the share of each day's authors of the audience who made something or took part by name."""
    days = spoken_days(draft)
    if days is None:
        return None
    spoke = _by_author(draft, ("",))
    if not spoke:
        return None
    found = Counter({day: len(some) for day, some in _made_by_day(draft).items()})
    return days.share(
        metric, found, makers_rows(), of=Counter({day: len(some) for day, some in spoke.items()})
    )


def makers_a_day(draft: Draft, metric: str) -> Daily | None:
    """Return how many of each day's authors of the audience made something or took part by name."""
    found = making(draft, metric)
    if found is None:
        return None
    made = _made_by_day(draft)
    days = [found.first + timedelta(days=k) for k in range(len(found.values))]
    values = tuple(float(len(made.get(day, ()))) for day in days)
    return Daily(metric, found.first, values, found.n, True, found.evidence)


def smallest(draft: Draft, metric: str, about: str = "") -> Daily | None:
    """Return the share of each day's comments that are of one circle.

    Args:
        draft: The campaign.
        metric: The key.
        about: The circle's name; the one that speaks least when empty.
    """
    days, circles = spoken_days(draft), sized(draft)
    own = next((circle for _, circle in circles if about in {"", circle.name}), None)
    if days is None or own is None:
        return None
    return days.share(metric, _by_day(draft, own), Evidence("rows.comments", rules(own)), about=own.name)


def others(draft: Draft, metric: str, about: str = "") -> Daily | None:
    """Return, of each day's comments of planned circles, the share of those outside the loudest circle.

    A comment of two circles counts once in each.

    Args:
        draft: The campaign.
        metric: The key.
        about: Name of the circle that is taken as the loudest; the one that is when empty.
    """
    days, circles = spoken_days(draft), [circle for n, circle in sized(draft) if n]
    loud = next((circle for circle in reversed(circles) if about in {"", circle.name}), None)
    if days is None or loud is None or len(circles) < 2:
        return None
    found: Counter[date] = Counter()
    for circle in circles:
        if circle.name != loud.name:
            found.update(_by_day(draft, circle))
    return days.share(
        metric,
        found,
        outside(draft, loud),
        of=found + _by_day(draft, loud),
        about=loud.name,
    )


def outside(draft: Draft, loud: Circle) -> Evidence:
    """Return the rows of the circles beside one: those of the largest among them."""
    rest = [circle for _, circle in sized(draft) if circle.name != loud.name]
    return Evidence("rows.comments", rules(rest[-1]))


def _made_by_day(draft: Draft) -> dict[date, set[str]]:
    found: dict[date, set[str]] = draft.once("made", lambda: _by_author(draft, making_words(draft)))
    return found


def _by_author(draft: Draft, marks: tuple[str, ...]) -> dict[date, set[str]]:
    """Return the audience's authors of each day whose words hold one of some marks."""
    found: defaultdict[date, set[str]] = defaultdict(set)
    for row in audience(draft):
        named = row["author"] is not None and any(mark in row["text"] for mark in marks)
        if named and (day := day_of(row)) is not None:
            found[day].add(row["author"])
    return dict(found)


def _by_day(draft: Draft, circle: Circle) -> Counter[date]:
    return Counter({row["day"]: int(row["n"]) for row in draft.run("circle_by_day", **rules(circle))})
