"""From the hits of rules to the labels of one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from longtake.language.patterns import Entry, Hit

FIRST = frozenset({"selfstory", "promotion", "question"})
"""Labels with one value a text, the first in the order of the pack; the others may have several."""

JUDGED = 0.05
"""A clause nearer to zero than this names an aspect without judging it."""

CLEAR = 0.25
"""A text nearer to zero than this does not tell whether a turn pleased."""

NAMED = "named"
"""Value of an aspect that is spoken of but not judged."""


@dataclass(frozen=True, slots=True)
class Said:
    """One label of one text.

    Attributes:
        label: Its name.
        value: Its value.
        method: The pack that gave it.
        begin: First normalised character of what decided, counted from the text's own first.
        end: One past its last.
    """

    label: str
    value: str
    method: str
    begin: int
    end: int


def said(
    hits: Sequence[Hit], entries: Sequence[Entry], clause: Mapping[tuple[int, int], float], whole: float
) -> Iterator[Said]:
    """Yield the labels of one text, sorted by label and value.

    Args:
        hits: Its hits.
        entries: What their rules mean.
        clause: Polarity of the clause around each hit, by the hit's range.
        whole: Polarity of the whole text.
    """
    by_label: dict[str, list[Hit]] = {}
    for hit in hits:
        by_label.setdefault(entries[hit.entry].label, []).append(hit)
    for label in sorted(by_label):
        own = by_label[label]
        if label == "aspect":
            yield from _aspects(own, entries, clause)
        elif label == "expectation":
            yield from _expectation(own, entries, whole)
        elif label in FIRST:
            hit = min(own, key=lambda hit: (hit.entry, hit.begin))
            yield _of(hit, entries[hit.entry], label, entries[hit.entry].value)
        else:
            yield from _each(own, entries, label)


def _of(hit: Hit, entry: Entry, label: str, value: str) -> Said:
    return Said(label, value, entry.method, hit.begin, hit.end)


def _each(hits: Sequence[Hit], entries: Sequence[Entry], label: str) -> Iterator[Said]:
    seen: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.begin, hit.entry)):
        seen.setdefault(entries[hit.entry].value, hit)
    values = set(seen)
    if label == "share" and "warn" in values:
        # Who warns does not recommend: "不推荐" holds the word all the same.
        values.discard("recommend")
    for value in sorted(values):
        yield _of(seen[value], entries[seen[value].entry], label, value)


def _aspects(
    hits: Sequence[Hit], entries: Sequence[Entry], clause: Mapping[tuple[int, int], float]
) -> Iterator[Said]:
    """Words that judge by themselves come before the polarity of their clause."""
    found: dict[str, list[tuple[str, bool, Hit]]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.begin, hit.entry)):
        entry = entries[hit.entry]
        found.setdefault(entry.value, []).append(
            (entry.polarity or _side(hit, clause), bool(entry.polarity), hit)
        )
    for aspect in sorted(found):
        own = found[aspect]
        firm = [one for one in own if one[1]] or [one for one in own if one[0] != NAMED] or own
        sides = {side for side, _, _ in firm}
        side, _, hit = firm[0]
        value = "mixed" if len(sides - {NAMED}) > 1 else side
        yield _of(hit, entries[hit.entry], f"aspect.{aspect}", value)


def _side(hit: Hit, clause: Mapping[tuple[int, int], float]) -> str:
    score = clause[hit.begin, hit.end]
    return "pos" if score > JUDGED else "neg" if score < -JUDGED else NAMED


def _expectation(
    hits: Sequence[Hit],
    entries: Sequence[Entry],
    whole: float,
) -> Iterator[Said]:
    """Words that say what came decide; a bare turn, or words of both kinds, follow the polarity."""
    by_value: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.begin, hit.entry)):
        by_value.setdefault(entries[hit.entry].value, hit)
    turn = by_value.pop("turn", None)
    if len(by_value) == 1:
        value, hit = next(iter(by_value.items()))
        if value == "met" and whole < -CLEAR:
            value = "violated"
    elif by_value:
        liked = whole > 0.0
        wanted = ("exceeded", "met", "violated") if liked else ("violated", "met", "exceeded")
        value = next(value for value in wanted if value in by_value)
        hit = by_value[value]
    elif turn is not None and abs(whole) > CLEAR:
        value, hit = ("exceeded" if whole > 0 else "violated"), turn
    else:
        return
    yield _of(hit, entries[hit.entry], "expectation", value)
