"""A model's answer, believed only where every part of it can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from longtake.services.models.errors import ModelAnswerError
from longtake.services.models.labels import Label
from longtake.services.models.wire.transport import parse
from longtake.services.reports.masking import HIDDEN

METHOD = "chat:"
_KEYS = {"index", "span", "value"}


class Choice(NamedTuple):
    """What a model chose for a masked text, and the words of it that decided."""

    value: str
    span: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One label of one text, with the words that decided.

    Attributes:
        value: One of the label's values.
        span: The words that decided; they stand in the text word for word.
        start: Where they begin in the text.
        end: One past where they end.
        method: ``chat:`` and the model's name.
    """

    value: str
    span: str
    start: int
    end: int
    method: str


def read(content: str, label: Label, count: int) -> dict[int, Choice]:
    """Return the choice by index, of the rows whose value is one of the label's.

    Args:
        content: What the model said.
        label: What it was to choose between.
        count: How many texts it was given.

    Raises:
        ModelAnswerError: The answer as a whole is not of the asked form: no strict JSON, another field,
            an index out of range, missing or twice.

    Examples:
        >>> from longtake.services.models.labels import named
        >>> read('{"answers": [{"index": 0, "value": "pos", "span": "好"}]}', named("polarity"), 1)
        {0: Choice(value='pos', span='好')}
        >>> read('{"answers": [{"index": 0, "value": "9.5", "span": "好"}]}', named("polarity"), 1)
        {}
    """
    whole = parse(content)
    if not isinstance(whole, dict) or set(whole) != {"answers"} or not isinstance(whole["answers"], list):
        raise ModelAnswerError("it does not hold answers, and nothing but answers")
    found: dict[int, Choice] = {}
    seen: set[int] = set()
    for row in whole["answers"]:
        if not isinstance(row, dict) or set(row) != _KEYS:
            raise ModelAnswerError("a row does not hold index, span and value, and nothing else")
        index, span, value = row["index"], row["span"], row["value"]
        if type(index) is not int or not 0 <= index < count:
            raise ModelAnswerError("an index names no text")
        if index in seen:
            raise ModelAnswerError("an index stands twice")
        seen.add(index)
        if isinstance(value, str) and value in label.values and isinstance(span, str):
            found[index] = Choice(value, span)
    if len(seen) != count:
        raise ModelAnswerError("a text has no answer")
    return found


def accepted(content: str, label: Label, sent: Sequence[str]) -> list[Choice | None]:
    """Return the choices of a request, in order; None for a row whose words do not stand in its text.

    Args:
        content: What the model said.
        label: What it was to choose between.
        sent: The masked texts, as the model saw them.

    Raises:
        ModelAnswerError: The answer as a whole is not of the asked form.
    """
    found = read(content, label, len(sent))
    return [stands(text, found.get(index)) for index, text in enumerate(sent)]


def stands(sent: str, choice: Choice | None) -> Choice | None:
    """Return the choice where its words stand in the masked text, word for word, and hide nothing.

    Examples:
        >>> stands("音乐好听", Choice("pos", " 好听")), stands("音乐好听", Choice("pos", "难听"))
        (Choice(value='pos', span='好听'), None)
    """
    bare = choice.span.strip() if choice else ""
    if choice is None or not bare or any(mark in bare for mark in HIDDEN) or bare not in sent:
        return None
    return Choice(choice.value, bare)


def placed(text: str, choice: Choice | None, model: str) -> Answer | None:
    """Return the answer of a stored text; None where the words do not stand in it.

    Examples:
        >>> placed("音乐好听", Choice("pos", "好听"), "m")
        Answer(value='pos', span='好听', start=2, end=4, method='chat:m')
    """
    if choice is None or choice.span not in text:
        return None
    start = text.index(choice.span)
    return Answer(choice.value, choice.span, start, start + len(choice.span), METHOD + model)
