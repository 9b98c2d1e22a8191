"""What a trial's rows say now, whatever its design."""

from __future__ import annotations

from longtake.domain.trials.look import Look
from longtake.services.trials.book import Book
from longtake.services.trials.looks.split import look_split
from longtake.services.trials.looks.unsplit.described import look_described
from longtake.services.trials.looks.unsplit.places import look_cinemas, look_cities
from longtake.services.trials.looks.unsplit.series import look_series
from longtake.services.trials.looks.unsplit.slots import look_slots

LOOKS = {
    "any_look": look_split,
    "group_sequential": look_split,
    "bandit": look_split,
    "described": look_described,
    "matched_slots": look_slots,
    "matched_cities": look_cities,
    "matched_cinemas": look_cinemas,
    "interrupted_series": look_series,
}


def taken(book: Book) -> Look:
    """Return what the rows say now; nothing is changed."""
    return LOOKS[book.trial.design](book)
