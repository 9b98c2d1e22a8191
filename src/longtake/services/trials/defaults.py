"""What a design usually is when a person leaves it open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from longtake.domain.trials.arms import Arm
from longtake.domain.trials.trial import PLACES, SPLITS
from longtake.ingest.values.moment import SHANGHAI
from longtake.locale import Catalogue
from longtake.services.trials.book import Book

UNIT = {
    "matched_slots": "cell",
    "matched_cities": "city",
    "matched_cinemas": "cinema",
    "interrupted_series": "cell",
    "described": "cell",
}
ASSIGNED = {"described": "nobody", "interrupted_series": "calendar"}


def unit_usually(design: str) -> str:
    """Return what a design usually assigns.

    Examples:
        >>> unit_usually("any_look"), unit_usually("matched_cities")
        ('viewer', 'city')
    """
    return UNIT.get(design, "viewer")


def assigned_usually(design: str) -> str:
    """Return who usually assigns the units of a design.

    Examples:
        >>> assigned_usually("bandit"), assigned_usually("described")
        ('us', 'nobody')
    """
    return ASSIGNED.get(design, "us")


def metric_usually(design: str) -> str:
    """Return the metric a design usually counts.

    Examples:
        >>> metric_usually("any_look"), metric_usually("matched_cities")
        ('finish', 'count:mean')
    """
    return "finish" if design in {*SPLITS, "described"} else "count:mean"


def arms_or_two(arms: tuple[Arm, ...], design: str, words: Catalogue) -> tuple[Arm, ...]:
    """Return the arms named; with and without the measure where a design of places or days names none."""
    if arms or design not in {*PLACES, "interrupted_series"}:
        return arms
    return Arm(words.say("trial.without")), Arm(words.say("trial.with"))


def next_day(book: Book, now: datetime) -> date:
    """Return the first day a trial may start: today, or the day after the last one it knows.

    Args:
        book: The trial.
        now: Aware.
    """
    today = now.astimezone(SHANGHAI).date()
    last = max((row.day for row in book.ordered), default="")
    return max(today, date.fromisoformat(last) + timedelta(days=1)) if last else today
