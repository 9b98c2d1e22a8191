"""One cell of a record: parsed, or the reason why the whole record is refused."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TypeVar

from longtake.domain.receipt import Notice, Refused
from longtake.ingest.values.number import Number
from longtake.ingest.values.refusal import BadValue

Raw = TypeVar("Raw")
Parsed = TypeVar("Parsed")


class Unfit(ValueError):  # noqa: N818 -- it carries a refusal and never leaves a reader
    """A cell that spoils its record.

    Attributes:
        column: The column at fault, as the source names it.
        value: What stood there.
        expected: What would have been taken.
    """

    def __init__(self, column: str, value: object, expected: str) -> None:
        super().__init__(f"{column}: {expected}")
        self.column, self.value, self.expected = column, "" if value is None else str(value), expected

    def refused(self, line: int) -> Refused:
        """Return the refusal of the record at ``line``, its value cut to 80 characters."""
        return Refused(line, self.column, self.value[:80], self.expected)


def fit(parse: Callable[[Raw], Parsed], raw: Raw, column: str) -> Parsed:
    """Return ``parse(raw)``, naming the column when the value does not fit.

    Raises:
        Unfit: ``parse`` raised :class:`BadValue`.

    Examples:
        >>> from longtake.ingest.values.number import count
        >>> fit(count, "1.2万", "likes")
        12000
    """
    try:
        return parse(raw)
    except BadValue as bad:
        raise Unfit(column, raw, bad.expected) from bad


def needed(raw: str, column: str, expected: str) -> str:
    """Return ``raw`` without outer white space.

    Raises:
        Unfit: Nothing is left.
    """
    text = raw.strip()
    if not text:
        raise Unfit(column, raw, expected)
    return text


def exact(found: Number) -> float | None:
    """Return the value of a number that the source states exactly; None for a bound such as ``<0.1%``.

    Examples:
        >>> from longtake.ingest.values.number import share
        >>> exact(share("36.0%")), exact(share("<0.1%"))
        (0.36, None)
    """
    return found.value if found.censored is None else None


def strangers(columns: Iterable[str], known: Container[str]) -> Iterator[Notice]:
    """Yield one notice of the columns nobody reads, if there are any."""
    unknown = tuple(sorted({column for column in columns if column and column not in known}))
    if unknown:
        yield Notice("unknown_columns", unknown)
