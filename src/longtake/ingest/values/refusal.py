"""A cell that says something, but nothing of its kind."""

from __future__ import annotations


class BadValue(ValueError):  # noqa: N818 -- readers turn it into a row's refusal; it never reaches a person
    """A text is not of the kind that was asked for.

    Attributes:
        expected: What would have been taken, for the refusal of the row.

    Examples:
        >>> BadValue("a count like 1234 or 1.2万").expected
        'a count like 1234 or 1.2万'
    """

    def __init__(self, expected: str) -> None:
        super().__init__(f"expected {expected}")
        self.expected = expected
