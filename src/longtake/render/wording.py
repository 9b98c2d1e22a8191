"""The words and numbers of a report in one language, before they meet a page or a sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from longtake.domain.answers.report import Cell, Column, Sentence
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Figure
from longtake.locale import Catalogue

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
GROUPS = frozenset(
    {
        "platform",
        "metric",
        "unit",
        "emotion",
        "at_precision",
        "kind",
        "event",
        "reason",
        "polarity",
        "author_kind",
        "state",
        "series",
        "said",
        "aspect",
        "side",
        "side_taken",
        "rung",
        "cause",
        "sign_name",
        "how_strong",
        "direction",
        "need",
        "entry",
        "fit_entry",
        "fit_why",
        "step",
        "form",
        "story_axis",
        "story_measure",
        "film_or_trailer",
        "promise_kind",
        "promised",
        "pair_state",
        "beat_kind",
        "arc_shape",
        "circle",
        "other",
        "people_kind",
        "other_people_kind",
        "plan_lane",
        "plan_state",
        "plan_metric",
        "change_unit",
        "plan_evidence",
        "plan_outcome",
        "plan_key",
        "dual",
        "channel",
        "referral_kind",
        "referral_odd",
        "loop_way",
        "loop_state",
    }
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A quantity in words.

    Attributes:
        value: The number with its unit, or that it is not known.
        interval: Both ends; empty for a plain count and for an unknown.
        small: What stands under the number: interval with its coverage and n, or the reason.
        known: Whether there is a number.
    """

    value: str
    interval: str
    small: str
    known: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: plain words, or a figure."""

    text: str
    interval: str = ""
    figure: Figure | None = None


def visible(text: str) -> str:
    r"""Return text whose control and direction-override characters show instead of act.

    Examples:
        >>> visible("a\u202eb")
        'a⟨U+202E⟩b'
    """
    return CONTROL.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)


class Wording:
    """A catalogue and a time zone: everything it takes to write a value.

    Attributes:
        catalogue: The words.
        zone: Times are shown in it.
    """

    def __init__(self, catalogue: Catalogue, zone: str) -> None:
        """Keep the words and find the zone."""
        self.catalogue = catalogue
        self.zone = ZoneInfo(zone)

    def name(self, figure: Figure) -> str:
        """Return what a figure is called."""
        return visible(self.catalogue.say(f"figure.{figure.label}", **self.slots(figure.slots)))

    def about(self, figure: Figure) -> str:
        """Return what a figure means, in a sentence or two; empty where nobody has written it."""
        key = f"about.{figure.label}"
        return self.catalogue.say(key, **self.slots(figure.slots)) if self.catalogue.has(key) else ""

    def slots(self, words: Mapping[str, object]) -> dict[str, object]:
        """Return the words for slots: names by their group, times in the zone, hostile characters shown."""
        return {slot: self._slot(slot, value) for slot, value in words.items()}

    def shown(self, quantity: Quantity) -> Shown:
        """Return a quantity in words."""
        say = self.catalogue.say
        if isinstance(quantity, Unknown):
            reason = self.catalogue.word("reason", quantity.reason).rstrip("。.")
            needed = quantity.needed or 0
            key = "page.n_needed" if needed > quantity.n else "page.n"
            small = f"{reason} · {say(key, n=self._n(quantity.n), needed=self._n(needed))}"
            return Shown(say("page.unknown"), "", small, known=False)
        n = say("page.n", n=self._n(quantity.n))
        if plain_count(quantity):
            value = self.catalogue.amount(quantity.value, quantity.unit)
            how = "page.counted" if quantity.n == quantity.value else "page.taken"
            return Shown(value, "", f"{say(how)} · {n}", known=True)
        low, high = quantity.low, quantity.high
        interval = self.catalogue.interval(low, high, quantity.unit)
        level = self.catalogue.level(quantity.level)
        if quantity.level < 1:
            small = say("page.interval", level=level, interval=interval)
        else:
            small = interval if math.isinf(high) else say("page.bounds", interval=interval)
        value = self.catalogue.amount(quantity.value, quantity.unit, spread=high - low)
        return Shown(value, interval, f"{small} · {n}", known=True)

    def sentence(self, sentence: Sentence) -> tuple[Piece, ...]:
        """Return a sentence in pieces, its figures apart.

        Raises:
            KeyError: The catalogue lacks the message, or the sentence lacks one of its slots.
        """
        key = sentence.key if "." in sentence.key else f"say.{sentence.key}"
        words = self.slots(sentence.words)
        pieces = []
        for text, slot in self.catalogue.parts(key):
            if slot is not None and slot in sentence.figures:
                figure = sentence.figures[slot]
                shown = self.shown(figure.quantity)
                pieces.append(Piece(shown.value, shown.interval, figure))
            else:
                pieces.append(Piece(text if slot is None else self.catalogue.word_of(words, slot, key)))
        return tuple(pieces)

    def heading(self, column: Column) -> str:
        """Return the heading of a column; its key in plain words where nobody has translated it."""
        key = f"column.{column.key}"
        return self.catalogue.say(key) if self.catalogue.has(key) else visible(column.key.replace("_", " "))

    def cell(self, column: Column, value: Cell) -> str:
        """Return one cell as text; an unknown one is a dash."""
        if value is None:
            return "—"
        if isinstance(value, bool):
            return (
                self.catalogue.word("paid", str(value).lower()) if column.key == "paid" else "✓✗"[not value]
            )
        if isinstance(value, datetime):
            return self.catalogue.moment(value, self.zone, year=True)
        if isinstance(value, (int, float)):
            return self._number(column, value)
        if column.kind == "day":
            return self._day(value)
        return visible(self.named(column.key, value) if column.key in GROUPS else value)

    def named(self, group: str, name: str) -> str:
        """Return the word of a name; a kind may be that of a film, an utterance, an author or an event.

        A circle that nobody planned is a platform.
        """
        if group == "unit":
            return self.catalogue.unit(name) if self.catalogue.has(f"unit.{name}") else name
        circle = ("platform",)
        feelings = ("said.emotion", "said.film_emotion")
        others = {
            "kind": ("kind", "event"),
            "circle": circle,
            "other": circle,
            "other_people_kind": ("people_kind",),
            "channel": ("channel", *circle),
            "emotion": feelings,
        }
        groups = others.get(group, (group,))
        return next((word for g in groups if (word := self.catalogue.word(g, name)) != name), name)

    def wall(self, value: Cell) -> int | None:
        """Return a time or ISO day as wall-clock milliseconds in the zone, which charts draw as if UTC."""
        if isinstance(value, datetime):
            local = value.astimezone(self.zone).replace(tzinfo=UTC)
        elif isinstance(value, str):
            local = datetime.fromisoformat(value)
            local = (local.astimezone(self.zone) if local.tzinfo else local).replace(tzinfo=UTC)
        else:
            return None
        return round(local.timestamp() * 1000)

    def at_wall(self, wall: int) -> str:
        """Return wall-clock milliseconds, as :meth:`wall` gives them, as a date and a time of day."""
        return self.catalogue.moment(datetime.fromtimestamp(wall / 1000, tz=UTC), UTC, year=True)

    def _number(self, column: Column, value: float) -> str:
        if column.kind == "chance":
            return self.catalogue.amount(value, "probability")
        if column.kind == "share":
            return self.catalogue.amount(value, "share", spread=0.01)
        if column.kind == "code":
            return str(value)
        return self.catalogue.exact(round(value, 4))

    def _day(self, value: str) -> str:
        try:
            return self.catalogue.day(date.fromisoformat(value[:10]), year=True)
        except ValueError:
            return visible(value)

    def _slot(self, slot: str, value: object) -> object:
        if isinstance(value, datetime):
            return self.catalogue.moment(value, self.zone)
        if isinstance(value, date):
            return self.catalogue.day(value)
        if isinstance(value, tuple):
            return self.catalogue.joined([str(self._slot(slot, one)) for one in value])
        if isinstance(value, str):
            return visible(self.named(slot, value) if slot in GROUPS else value)
        return value

    def _n(self, n: int) -> str:
        return self.catalogue.exact(n)


def plain_count(estimate: Estimate) -> bool:
    """Whether a number was counted, not inferred."""
    return estimate.low == estimate.high and estimate.level == 1.0
