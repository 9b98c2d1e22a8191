"""What the columns of an unknown table probably mean, by their names and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping as Named
from collections.abc import Sequence
from dataclasses import dataclass, field

from longtake.ingest.head import Head
from longtake.ingest.mapping.plan import FIELDS, VALUE, Mapping
from longtake.ingest.mapping.synonyms import METRICS as MORE_METRICS
from longtake.ingest.mapping.synonyms import SYNONYMS
from longtake.ingest.mapping.traits import Trait, is_text, is_time, length, traits
from longtake.ingest.templates.blank import KINDS
from longtake.ingest.templates.columns import key
from longtake.ingest.templates.words import METRICS, PLATFORMS
from longtake.ingest.values.unknown import unknown

UNIT = re.compile(r"\s*[（(\[【][^）)\]】]{0,20}[）)\]】]\s*$")
OPAQUE = re.compile(r"(?:col(?:umn)?|field|var|unnamed|attr|列|字段|栏)?[\s_:.\-]*[0-9a-z]{1,2}|unnamed.*")
TABLES = frozenset({"csv", "xlsx", "xls", "json", "jsonl"})
HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping that a person has to look at, and why each column is in it.

    Attributes:
        mapping: What the columns probably mean; it may lack fields that only a person knows.
        why: By field, what gave its column away; the trait ``heading`` for a heading that says it.
    """

    mapping: Mapping
    why: Named[str, Trait] = field(default_factory=dict)

    @property
    def named(self) -> bool:
        """Whether a heading says anything."""
        return any(trait.name == HEADING for trait in self.why.values())


def guess(head: Head) -> Mapping | None:
    """Return the mapping that explains most of a table's columns, or None when none makes rows.

    A column counts by its name first (without a unit in brackets), then by what stands in it: the one
    column of times, of numbers, of long texts. A table none of whose headings says anything is never mapped
    unasked; see :func:`propose`.

    Examples:
        >>> head = Head("csv", columns=("用户名", "评论正文", "评论日期"), samples=())
        >>> guess(head) == Mapping("comments", {"at": "评论日期", "author": "用户名", "text": "评论正文"})
        True
    """
    found = propose(head)
    return found.mapping if found is not None and found.named and not found.mapping.missing else None


def propose(head: Head, kind: str = "") -> Proposal | None:
    """Return what a person should be shown about a table's columns; None when nothing is known.

    Args:
        head: The table.
        kind: What it holds, if that is known; else what explains most of its columns.

    Examples:
        >>> rows = ({"c1": "2026-01-08 10:00", "c2": "看完走了很久的路"},
        ...         {"c1": "2026-01-08 11:00", "c2": "散场以后没有人站起来"})
        >>> found = propose(Head("csv", columns=("c1", "c2"), samples=rows))
        >>> found.mapping.columns, found.why["at"].name, found.why["text"].name
        ({'at': 'c1', 'text': 'c2'}, 'times', 'texts')
    """
    if head.form not in TABLES or not any(head.columns):
        return None
    seen = traits(head)
    known = {_plain(column) for column in head.columns if column} & _every_name()
    every = [
        found
        for one in ((kind,) if kind else FIELDS)
        if (found := _of_kind(one, head, seen, opaque=not known)) is not None
    ]
    return max(every, key=lambda found: (not found.mapping.missing, len(found.mapping.columns)), default=None)


def _of_kind(kind: str, head: Head, seen: Named[str, Trait], *, opaque: bool) -> Proposal | None:
    names = _names(kind)
    columns: dict[str, str] = {}
    for header in filter(None, head.columns):
        name = names.get(_plain(header))
        if name is not None:
            columns.setdefault(name, header)
    if kind == "counts" and "value" not in columns:
        columns |= _wide(head.columns, columns)
    why = {name: Trait(HEADING, 0, header) for name, header in columns.items()}
    for name, header, trait in _by_value(kind, head, seen, columns, opaque=opaque):
        columns[name], why[name] = header, trait
    alone = len(columns) == 1 and len(head.columns) > 1
    if not columns or alone or (opaque and not KNOWN_BY[kind] & {one.name for one in why.values()}):
        return None
    ordered = {name: columns[name] for name in sorted(columns)}
    return Proposal(Mapping(kind, ordered, _constants(kind, head, columns)), why)


def _names(kind: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for column in KINDS[kind]:
        for name in (column.name, *column.aliases, *SYNONYMS[kind].get(column.name, ())):
            known.setdefault(key(name), column.name)
    return known


def _every_name() -> set[str]:
    return {name for kind in FIELDS for name in _names(kind)} | {*METRICS, *MORE_METRICS}


def _plain(header: str) -> str:
    """Return a header in the form of comparison, without its unit and a platform before its name."""
    bare = UNIT.sub("", header).strip()
    platform = next((word for word in PLATFORMS if bare.startswith(word) and bare != word), "")
    return key(bare.removeprefix(platform))


def _wide(header: Sequence[str], taken: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in header:
        metric = METRICS.get(_plain(column)) or MORE_METRICS.get(_plain(column))
        if metric and column not in taken.values():
            found.setdefault(f"{VALUE}{metric}", column)
    return found


def _by_value(
    kind: str, head: Head, seen: Named[str, Trait], named: Named[str, str], *, opaque: bool
) -> list[tuple[str, str, Trait]]:
    """Return fields that no name explains with the only column whose cells are of their kind.

    What somebody wrote and when may stand under any heading; all else only under one that says nothing.
    """
    found: list[tuple[str, str, Trait]] = []
    taken = set(named.values())
    for name, wanted in BY_VALUE[kind]:
        if name in named or name in {one for one, _, _ in found}:
            continue
        free = [column for column in head.columns if column and column not in taken]
        if name not in ANY_HEADING:
            free = [column for column in free if opaque or OPAQUE.fullmatch(key(column))]
        fitting = [(column, trait) for column in free if (trait := _fits(head, seen, column, wanted))]
        if len(fitting) == 1 or (fitting and name == "text"):
            column, trait = max(fitting, key=lambda one: length(head, one[0]))
            found.append((name, column, trait))
            taken.add(column)
    return found


def _fits(head: Head, seen: Named[str, Trait], column: str, wanted: str) -> Trait | None:
    """Return why a column is of a kind; times and texts count even where another trait came first."""
    trait = seen.get(column)
    if trait is not None and trait.name == wanted:
        return trait
    if wanted not in {"times", "texts"} or (trait is not None and trait.name in {"epochs", "ids", "links"}):
        return None
    cells = [cell for row in head.samples if not unknown(cell := row.get(column, ""))]
    fits = is_time if wanted == "times" else is_text
    return Trait(wanted, len(cells), cells[0].strip()) if cells and all(map(fits, cells)) else None


def _constants(kind: str, head: Head, columns: dict[str, str]) -> dict[str, str]:
    """Return what the header says of every row: totals of works add up, numbers of days stand alone."""
    constants: dict[str, str] = {}
    if kind == "counts" and "kind" not in columns:
        by_day = "日期" in columns.get("at", "") and "发布" not in columns.get("at", "")
        constants["kind"] = "increment" if by_day else "cumulative"
    if kind in {"comments", "counts"} and "platform" not in columns:
        named = {term for word, term in PLATFORMS.items() if any(word in column for column in head.columns)}
        if len(named) == 1:
            constants["platform"] = named.pop()
    return constants


ANY_HEADING = frozenset({"text", "at", "start", "date"})
BY_VALUE: dict[str, tuple[tuple[str, str], ...]] = {
    "comments": (
        ("text", "texts"),
        ("at", "times"),
        ("at", "epochs"),
        ("platform", "platforms"),
        ("region", "places"),
        ("verified", "yes_no"),
        ("id", "ids"),
        ("author", "names"),
        ("rating", "stars"),
        ("likes", "numbers"),
    ),
    "counts": (
        ("at", "times"),
        ("at", "epochs"),
        ("platform", "platforms"),
        ("metric", "metrics"),
        ("value", "numbers"),
        ("subject", "names"),
        ("subject", "texts"),
    ),
    "events": (
        ("kind", "acts"),
        ("start", "times"),
        ("platform", "platforms"),
        ("city", "places"),
        ("cost_cny", "numbers"),
    ),
    "boxoffice": (("date", "times"), ("city", "places"), ("gross_cny", "numbers"), ("film", "names")),
    "nodes": (("kind", "materials"), ("at", "times"), ("platform", "platforms")),
    "referrals": (),
}
"""Fields that the cells of a column can give away, and by which trait; by kind of row, in order."""

KNOWN_BY: dict[str, frozenset[str]] = {
    "comments": frozenset({"texts"}),
    "counts": frozenset({"metrics", "numbers"}),
    "events": frozenset({"acts"}),
    "boxoffice": frozenset({"places"}),
    "nodes": frozenset({"materials"}),
    "referrals": frozenset(),
}
"""Traits of which a table without any heading that speaks must have one to be of a kind."""
