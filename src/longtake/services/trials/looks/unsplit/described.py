"""A look at posts a feed showed to whom it liked: what each had, and no more."""

from __future__ import annotations

from longtake.domain.trials.look import ArmSeen, Look
from longtake.services.trials.book import Book
from longtake.services.trials.looks.contrasts import arm_value
from longtake.services.trials.looks.counted import Counted, mix_of


def look_described(book: Book) -> Look:
    """Return each arm side by side: nobody drew lots, so there is no effect, no interval and no p-value."""
    rows = book.since()
    counted = Counted.of(book.trial, rows)
    whole = int(counted.units.sum())
    if not whole:
        return Look("no_rows", book.standing.key)
    return Look(
        "described",
        book.standing.key,
        day=counted.days[-1],
        days=len(counted.days),
        units=whole,
        arms=tuple(
            ArmSeen(
                arm.name,
                book.trial.shares[place],
                int(counted.units[:, place].sum()),
                arm_value(counted, book.trial.primary, place),
            )
            for place, arm in enumerate(book.trial.arms)
        ),
        mix=mix_of(book.trial, rows),
    )
