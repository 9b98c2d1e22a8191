"""One cell of a record: parsed, or the reason why the whole record is refused."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from longtake.domain.receipt import Notice, Refused
from longtake.errors import UnreadableFileError
from longtake.ingest.values.number import Number
from longtake.ingest.values.refusal import BadValue
from longtake.ingest.values.text import clean

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
        return Refused(line, self.column, clean(self.value[:400])[:80], self.expected)


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
    r"""Return a text made safe to store.

    Raises:
        Unfit: Nothing is left of it.

    Examples:
        >>> needed(" 山谷来信\x07 ", "title", "a title")
        '山谷来信'
    """
    text = clean(raw)
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


def require(path: Path, columns: Container[str], names: Iterable[str]) -> None:
    """Check that a table has the columns without which it cannot be read.

    Raises:
        UnreadableFileError: One is missing; it is named.
    """
    for name in names:
        if name and name not in columns:
            raise UnreadableFileError(path, f"has no column {name!r}")
