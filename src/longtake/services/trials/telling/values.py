"""A trial as JSON values, for `--json`."""

from __future__ import annotations

from typing import Any

from longtake.domain.trials.look_values import look_values
from longtake.domain.trials.rows import row_values
from longtake.domain.trials.trial_values import trial_digest, trial_values
from longtake.services.trials.book import Book, Dropped
from longtake.services.trials.deviations import deviations
from longtake.services.trials.verdicts.kept import verdict_values


def book_values(book: Book, *, rows: bool = False) -> dict[str, Any]:
    """Return everything a trial holds as JSON values.

    Args:
        book: The trial.
        rows: Whether its rows are to be among them.
    """
    values: dict[str, Any] = {
        "trial": trial_values(book.trial),
        "version": book.version,
        "state": book.state,
        "standing": book.standing.key,
        "digest": trial_digest(book.trial),
        "begins": None if book.begins is None else book.begins.isoformat(),
        "power": dict(book.power),
        "lot": dict(book.lot),
        "head": book.head,
        "entries": [
            {"seq": e.seq, "act": e.body["act"], "at": e.body["at"], "hash": e.hash} for e in book.entries
        ],
        "dropped": [dropped_values(one) for one in book.dropped],
        "corrections": [
            {"was": row_values(c.was), "now": row_values(c.now), "file": c.file, "entry": c.entry}
            for c in book.corrections
        ],
        "looks": [
            {"at": seen.at, "by": seen.by, "entry": seen.entry, **look_values(seen.look)}
            for seen in book.looks
        ],
        "verdict": None if book.verdict is None else verdict_values(book.verdict),
        "deviations": [{"key": one.key, **one.slots} for one in deviations(book)],
    }
    return {**values, "rows": [row_values(row) for row in book.ordered]} if rows else values


def dropped_values(one: Dropped) -> dict[str, Any]:
    """Return what became of a file as JSON values."""
    return {
        "file": one.name,
        "sha256": one.sha256,
        "entry": one.entry,
        "rows_in": one.rows_in,
        "kept": one.kept,
        "duplicate": one.duplicate,
        "corrected": one.corrected,
        "late": one.late,
        "refused": [
            {"line": r.line, "column": r.column, "value": r.value, "expected": r.expected}
            for r in one.refused
        ],
    }
