"""The proposition card: one sentence, what it should feel like, and what it must never become."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """What everything the campaign puts out should say.

    Attributes:
        sentence: The proposition; empty when there is none.
        emotions: Key emotions, in the words of the emotion scorer (happy, sad, ...).
        key_words: Words that carry it.
        lines: Lines to be quoted.
        never: Words that mark what it must never become.
    """

    sentence: str
    emotions: tuple[str, ...] = ()
    key_words: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything it says, as one text."""
        return "\n".join(part for part in (self.sentence, *self.key_words, *self.lines) if part)
