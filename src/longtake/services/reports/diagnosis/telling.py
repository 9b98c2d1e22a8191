"""The rows that tell a cause best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from longtake.domain.answers.diagnosis import Belief, Weighed
from longtake.domain.answers.report import Quote
from longtake.services.reports.draft import Draft, aware
from longtake.services.reports.masking import masked

ROWS = 20
LOOKED_AT = 60


def telling(draft: Draft, belief: Belief) -> tuple[Quote, ...]:
    """Return the rows behind the signs that speak for a cause, twenty at most, none twice.

    The weightiest sign comes first and each sign gives as many rows as its share of the weight; within a
    sign, rows with more likes come first, then earlier ones. Where no sign speaks for the cause, the rows
    its signs rest on are the ones that touch on it at all.
    """
    speaking = [one for one in belief.evidence if one.weight > 0] or list(belief.evidence)
    whole = sum(abs(one.weight) for one in speaking) or 1.0
    found: list[Quote] = []
    seen: set[str] = set()
    for one in speaking:
        room = max(1, round(ROWS * abs(one.weight) / whole))
        fresh = (quote for quote in _rows(draft, one) if quote.text not in seen)
        for quote in _first(fresh, min(room, ROWS - len(found))):
            seen.add(quote.text)
            found.append(quote)
    return tuple(found)


def _first(quotes: Iterator[Quote], most: int) -> list[Quote]:
    kept: list[Quote] = []
    for quote in quotes:
        if len(kept) >= most:
            break
        if all(quote.text != other.text for other in kept):
            kept.append(quote)
    return kept


def _rows(draft: Draft, one: Weighed) -> Iterator[Quote]:
    _, table = draft.session.rows(one.sign.figure.evidence, limit=LOOKED_AT)
    rows: Sequence[Mapping[str, Any]] = table.to_pylist()
    spoken = [row for row in rows if row.get("text") and row.get("platform")]
    for row in sorted(
        spoken, key=lambda row: (-(row.get("likes") or 0), row["source_file"], row["source_line"])
    ):
        yield Quote(
            text=masked(row["text"])[0],
            platform=row["platform"],
            at=aware(row.get("at")),
            source_file=row["source_file"],
            source_line=row["source_line"],
            label=f"sign.{one.sign.key}",
            likes=row.get("likes"),
        )


def _place(row: Mapping[str, Any]) -> tuple[int, str, int]:
    return -(row.get("likes") or 0), row["source_file"], row["source_line"]
