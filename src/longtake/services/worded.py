"""Refusals that a page can say in its own language."""

from __future__ import annotations

from longtake.errors import LongtakeError


class WordedError(LongtakeError):
    """A refusal with the key of its words.

    Attributes:
        says: Key of the message ``problem.<says>``; empty when only English words exist.
        slots: What its words need.
    """

    code = "worded"

    def __init__(self, message: str, *, fix: str = "", says: str = "", **slots: str) -> None:
        super().__init__(message, fix=fix)
        self.says, self.slots = says, slots
