"""Where the loop is closed: viewers say in their own words what the card meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longtake.domain.answers.report import Cell, Column, Sentence, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import METHOD, share
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import JOIN, LEVEL, Draft, part
from longtake.services.reports.positioning.crowd import QUESTIONS, Key, crowd, key_of
from longtake.services.reports.story.closing.attributed import attributed, spoken
from longtake.services.reports.story.told import told

CLOSED = 0.05
"""Share of people who answer as the card meant it from which a loop counts as closed: a house rule."""
LEAST = 10
LEAST_QUOTE = 6
ALL = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers of one set of people.

    Attributes:
        name: Of the node or circle.
        way: How comments were told to be the node's; circle for a circle.
        people: How many.
        by_question: Share of them who answer each of the three questions.
        any: Share who answer any.
        meant: Share who answer in words of their own that are the card's meaning; unknown without a card.
        figure: The same, openable.
    """

    name: str
    way: str
    people: int
    by_question: tuple[Quantity, ...]
    any: Quantity
    meant: Quantity
    figure: Figure

    @property
    def state(self) -> str | None:
        """Return closed, open, or None where it cannot be told."""
        if not isinstance(self.meant, Estimate):
            return None
        return "closed" if self.meant.low >= CLOSED else "open" if self.meant.high < CLOSED else None


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """The audience's side of the loop.

    Attributes:
        whole: Everybody.
        nodes: By node, in order of going out.
        circles: By circle; none where none are planned or seen.
    """

    whole: Answers
    nodes: tuple[Answers, ...]
    circles: tuple[Answers, ...]


def loop(draft: Draft) -> Loop | None:
    """Return the audience's side of the loop, measured once a draft; None where nobody answers anything."""
    found: Loop | None = draft.once("story.loop", lambda: _loop(draft))
    return found


def _loop(draft: Draft) -> Loop | None:
    comments = spoken(draft)
    labels = draft.run("label_keys", labels=JOIN.join(("film_emotion", "summary")))
    answers: dict[Key, set[str]] = {}
    felt: dict[Key, set[str]] = {}
    for row in labels:
        kept = answers if row["label"] == "summary" else felt
        kept.setdefault(key_of(row), set()).add(row["value"])
    if not any(key_of(row) in answers for row in comments):
        return None
    reading = _Reading(draft, answers, felt)
    every = Evidence("rows.labels", {"label": "summary"})
    nodes = tuple(
        reading.of(heard.node_id, heard.way, heard.comments, heard.evidence) for heard in attributed(draft)
    )
    circles = []
    for number, circle in enumerate(crowd(draft).circles, 1):
        inside = {key_of(row) for row in draft.run("circle_members", **rules(circle))}
        rows = Evidence("rows.labels", {**rules(circle), "label": "summary"})
        own = [row for row in comments if key_of(row) in inside]
        circles.append(reading.of(circle.name, "circle", own, rows, place=f"circle.{number}"))
    return Loop(reading.of(ALL, ALL, comments, every), nodes, tuple(circles))


class _Reading:
    """Counts people and what they answer."""

    def __init__(self, draft: Draft, answers: Mapping[Key, set[str]], felt: Mapping[Key, set[str]]) -> None:
        card = told(draft).card
        self._draft, self._answers = draft, answers
        self._felt, self._wanted = felt, set(draft.campaign.emotions)
        self._words = tuple(word for word in card.key_words if word)
        # Who repeats a line of the card quotes it: that is an echo, not an answer.
        self._quotes = tuple(one for one in (card.sentence, *card.lines) if len(one) >= LEAST_QUOTE)
        self._card = bool(self._words or self._wanted)

    def of(
        self,
        name: str,
        way: str,
        comments: Sequence[Mapping[str, Any]],
        rows: Evidence,
        *,
        place: str = "",
    ) -> Answers:
        """Return what the people behind some comments answer, each of them once."""
        people: set[str] = set()
        asked: tuple[set[str], ...] = tuple(set() for _ in QUESTIONS)
        meant: set[str] = set()
        for row in comments:
            key = key_of(row)
            who = row["author"] or JOIN.join(key)
            people.add(who)
            given = self._answers.get(key, set())
            for number, question in enumerate(QUESTIONS):
                if question in given:
                    asked[number].add(who)
            if given and self._on_card(key, row["text"], given):
                meant.add(who)
        n = len(people)
        shares = tuple(_share(len(one), n) for one in asked)
        closed = _share(len(meant), n) if self._card else Unknown("no_card_words", METHOD, "share", n)
        label = {ALL: "loop_all", "circle": "loop_circle"}.get(way, "loop_node")
        slots = {} if way == ALL else {"circle" if way == "circle" else "node": name}
        figure = self._draft.figure(f"story.loop.{place or part(name)}", label, closed, rows, slots)
        return Answers(name, way, n, shares, _share(len(set().union(*asked)), n), closed, figure)

    def _on_card(self, key: Key, text: str, given: set[str]) -> bool:
        if any(quote in text for quote in self._quotes):
            return False
        felt = self._wanted & self._felt.get(key, set())
        if given == {QUESTIONS[0]}:
            # Why was I moved: that somebody was is in the question, and says nothing of the card.
            felt -= {"moved"}
        return bool(felt) or any(word in text for word in self._words)


def _share(count: int, n: int) -> Quantity:
    return (
        share(count, n, level=LEVEL) if n >= LEAST else Unknown("too_few_people", METHOD, "share", n, LEAST)
    )


def sentences(draft: Draft, found: Loop) -> list[Sentence]:
    """Return where the loop is closed, where it is not, and where that cannot be told."""
    if not isinstance(found.whole.meant, Estimate):
        return [Sentence(f"loop_{found.whole.meant.reason}", words={"n": found.whole.people})]
    said = [Sentence("loop_all", {"meant": found.whole.figure})]
    have = told(draft)
    for state, tone in (("closed", "good"), ("open", "warn")):
        ones = [one for one in found.nodes if one.state == state]
        if ones:
            pick = max if state == "closed" else min
            best = pick(ones, key=lambda one: one.meant.value if isinstance(one.meant, Estimate) else 0.0)
            names = tuple(f"“{have.called(one.name)}”" for one in ones)
            said.append(Sentence(f"loop_{state}", {"meant": best.figure}, {"nodes": names}, tone=tone))
    unsure = sum(one.state is None for one in found.nodes)
    if unsure:
        said.append(Sentence("loop_unsure", words={"n": unsure, "nodes": len(found.nodes)}))
    ones = [one for one in found.circles if one.state == "open"]
    if ones and any(one.state == "closed" for one in found.circles):
        names = tuple(one.name for one in ones)
        said.append(Sentence("loop_circles", words={"circles": names}, tone="warn"))
    return said


def tables(draft: Draft, found: Loop) -> dict[str, Table]:
    """Return answers by node, with how comments were told to be its own, and by circle."""
    have = told(draft)
    first = {
        "loop_nodes": ("loop_node", [(have.called(one.name), one) for one in found.nodes]),
        "loop_circles": ("circle", [(one.name, one) for one in found.circles]),
    }
    made = {}
    for title, (heading, ones) in first.items():
        rows = tuple(_row(name, one) for name, one in ones)
        columns = (
            Column(heading, "code"),
            Column("loop_way"),
            Column("people", "number"),
            *(Column(key, "share") for key in QUESTIONS),
            Column("any_answer", "share"),
            *(Column(key, "share") for key in ("as_meant", "low", "high")),
            Column("loop_state"),
        )
        made[title] = Table(columns, rows)
    return {key: table for key, table in made.items() if table.rows}


def _row(name: str, one: Answers) -> tuple[Cell, ...]:
    shares = tuple(_value(quantity) for quantity in (*one.by_question, one.any, one.meant))
    ends = (one.meant.low, one.meant.high) if isinstance(one.meant, Estimate) else (None, None)
    return (name, one.way, one.people, *shares, *ends, one.state or "unsure")


def _value(quantity: Quantity) -> float | None:
    return round(quantity.value, 4) if isinstance(quantity, Estimate) else None


def figures(found: Loop) -> list[Figure]:
    """Return every figure: everybody's, each node's, each circle's."""
    return [found.whole.figure, *(one.figure for one in (*found.nodes, *found.circles))]
