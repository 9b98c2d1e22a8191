"""Where a trial went otherwise than it was designed: shown beside every result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from longtake.domain.trials.trial import Trial
from longtake.services.trials.book import Book


@dataclass(frozen=True, slots=True)
class Deviation:
    """One departure from the design.

    Attributes:
        key: Key of the message ``trial.deviation_<key>``.
        slots: What its words need.
    """

    key: str
    slots: Mapping[str, str | int] = field(default_factory=dict)


def deviations(book: Book) -> tuple[Deviation, ...]:
    """Return every departure from the design, in a fixed order."""
    out = [Deviation("changed", {"entry": seq, "why": why}) for seq, why in book.changes]
    if book.backdated:
        out.append(Deviation("backdated", {"day": str(book.begins), "at": book.started_at[:10]}))
    if book.corrections:
        out.append(Deviation("corrected", {"n": len(book.corrections)}))
    refused = sum(len(one.refused) for one in book.dropped)
    late = sum(one.late for one in book.dropped)
    if refused:
        out.append(Deviation("refused", {"n": refused}))
    if late:
        out.append(Deviation("late", {"n": late}))
    if book.begins is not None:
        out += _of_days(book, book.begins)
    counted = [seen.look.looked for seen in book.looks]
    if max(counted, default=0) > book.trial.looks:
        out.append(Deviation("looks", {"n": max(counted), "planned": book.trial.looks}))
    after = _after_verdict(book)
    if after:
        out.append(Deviation("after_verdict", {"n": after}))
    return tuple(out)


def _of_days(book: Book, begins: date) -> list[Deviation]:
    rows = book.since()
    if not rows:
        return []
    out = []
    last = date.fromisoformat(max(row.day for row in rows))
    end = begins + timedelta(days=book.trial.horizon_days - 1)
    told = {row.day for row in rows}
    missing = sum(
        (begins + timedelta(days=step)).isoformat() not in told
        for step in range((min(last, end) - begins).days + 1)
    )
    if missing and book.trial.design != "matched_slots":
        out.append(Deviation("missing_days", {"n": missing}))
    if last > end and book.trial.design != "matched_slots":
        out.append(Deviation("past_end", {"n": (last - end).days}))
    silent = _silent(book.trial, {row.arm for row in rows})
    if silent:
        out.append(Deviation("silent_arm", {"arm": silent[0]}))
    return out


def _silent(trial: Trial, told: set[str]) -> list[str]:
    return [] if trial.by_place else [arm.name for arm in trial.arms if arm.name not in told]


def _after_verdict(book: Book) -> int:
    """Return how many files came after the last verdict."""
    last = max((e.seq for e in book.entries if e.body["act"] == "verdict"), default=0)
    return sum(one.entry > last for one in book.dropped) if last else 0
