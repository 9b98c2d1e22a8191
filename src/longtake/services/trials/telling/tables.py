"""The tables behind a look, in words: what a terminal and a page show alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from longtake.domain.trials.look import Comparison, Look
from longtake.locale import Catalogue
from longtake.render.wording import visible
from longtake.services.trials.book import Book
from longtake.services.trials.telling.amounts import Amounts

FOUND = {True: "✓", False: ""}


@dataclass(frozen=True, slots=True)
class Told:
    """A table in words.

    Attributes:
        title: Its heading.
        headings: Of the columns.
        rows: Cells as text.
        opens: Which number's rows each row opens, ``arm-0``; empty where none do.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    opens: tuple[str, ...] = ()


def tables_of(book: Book, look: Look, words: Catalogue) -> tuple[Told, ...]:
    """Return the tables of a look: arms, comparisons, factors, the audience each arm reached."""
    made = (_arms, _compared, _factors, _mix)
    return tuple(one for one in (make(book, look, words) for make in made) if one.rows)


def _numbered(name: str, rows: Sequence[object]) -> tuple[str, ...]:
    return tuple(f"{name}-{place}" for place in range(len(rows)))


def _arms(book: Book, look: Look, words: Catalogue) -> Told:
    amounts = Amounts(words, book.trial)
    whole = sum(arm.units for arm in look.arms)
    heads = ["arm", "units", "value", "low", "high"] if look.split is None else [
        "arm", "planned", "share", "units", "value", "low", "high",
    ]  # fmt: skip
    rows = []
    for arm in look.arms:
        ends = amounts.range(arm.value)
        row = [visible(arm.name)]
        if look.split is not None:
            row += [amounts.chance(arm.planned), amounts.chance(arm.units / whole) if whole else "—"]
        row += [words.exact(arm.units), amounts.value(arm.value), ends]
        rows.append(tuple(row))
    titles = [words.say(f"column.trial_{key}") for key in heads[:-2]]
    return Told(
        words.say("trial.arms_head"),
        (*titles, words.say("column.trial_interval")),
        tuple(rows),
        _numbered("arm", rows),
    )


def _compared(book: Book, look: Look, words: Catalogue) -> Told:
    amounts = Amounts(words, book.trial)
    many = any(one.shrunken is not None for one in look.comparisons)
    heads = [
        "metric",
        "arm",
        "difference",
        "interval",
        "relative",
        *(["shrunken"] if many else []),
        "p",
        "found",
    ]

    def row(one: Comparison) -> tuple[str, ...]:
        shown, points = amounts.shown(one), amounts.in_points(one)
        drawn = (
            [] if not many else ["—" if one.shrunken is None else amounts.signed(one.shrunken, points=False)]
        )
        relative = amounts.signed(one.effect, points=False) if points else "—"
        return (
            visible(words.word("metric", one.metric)),
            visible(one.arm),
            amounts.signed(shown, points=points),
            amounts.interval(shown, points=points),
            relative,
            *drawn,
            amounts.p(one.p),
            FOUND[one.found],
        )

    return Told(
        words.say("trial.compared_head"),
        tuple(words.say(f"column.trial_{key}") for key in heads),
        tuple(map(row, look.comparisons)),
        _numbered("effect", look.comparisons),
    )


def _factors(book: Book, look: Look, words: Catalogue) -> Told:
    amounts = Amounts(words, book.trial)
    rows = tuple(
        (
            words.word("trial_factor", one.metric),
            visible(one.arm),
            amounts.signed(one.effect, points=False),
            amounts.interval(one.effect, points=False),
            amounts.p(one.p),
            FOUND[one.found],
        )
        for one in look.factors
    )
    heads = ("factor", "level", "relative", "interval", "p", "found")
    return Told(
        words.say("trial.factor_head"), tuple(words.say(f"column.trial_{key}") for key in heads), rows
    )


def _mix(book: Book, look: Look, words: Catalogue) -> Told:
    amounts = Amounts(words, book.trial)
    groups = sorted({group for arm in look.mix.values() for group in arm})
    rows = []
    for group in groups:
        cells = [visible(group)]
        for arm in book.trial.arms:
            told = look.mix.get(arm.name, {})
            whole = sum(told.values())
            cells.append(amounts.chance(told.get(group, 0) / whole) if whole else "—")
        rows.append(tuple(cells))
    heads = (words.say("column.trial_group"), *(visible(arm.name) for arm in book.trial.arms))
    return Told(words.say("trial.mix_head"), heads, tuple(rows))
