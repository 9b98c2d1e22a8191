"""Figures of one film on one day: cells by their meaning, parsed into one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from longtake.domain.boxoffice import BoxOffice
from longtake.ingest.cells import Unfit, exact, fit
from longtake.ingest.values.number import number, share
from longtake.ingest.values.refusal import BadValue

Cell = str | int | float | None
Parse = Callable[[Cell], "float | None"]
_UNIT = re.compile(r"[万萬亿億wW元]")
_DAY = re.compile(r"上映(?:第)?(\d{1,5})天")


def amount(raw: Cell) -> float | None:
    """Return a number not below zero.

    Examples:
        >>> amount("98765"), amount("--")
        (98765.0, None)
    """
    value = exact(number(raw))
    if value is not None and value < 0:
        raise BadValue("a number not below zero")
    return value


def wan(raw: Cell) -> float | None:
    """Return yuan for a cell in ten thousands (万) that may carry its own unit.

    Examples:
        >>> wan("512.5"), wan("2.17亿"), wan("4.1万")
        (5125000.0, 217000000.0, 41000.0)
    """
    value = amount(raw)
    if value is None or (isinstance(raw, str) and _UNIT.search(raw)):
        return value
    return round(value * 10_000, 2)


def ratio(raw: Cell) -> float | None:
    """Return a share in [0, 1]; a bare number is a ratio; bounds such as ``<0.1%`` are not known.

    Examples:
        >>> ratio("33.0%"), ratio("<0.1%")
        (0.33, None)
    """
    return exact(share(raw))


def percent(raw: Cell) -> float | None:
    """Return a share in [0, 1]; a bare number is a percentage.

    Examples:
        >>> percent("41.35"), percent("21.5%")
        (0.4135, 0.215)
    """
    value = exact(share(raw, percent=True))
    return None if value is None else round(value, 12)


def release(raw: str) -> tuple[int | None, bool | None]:
    """Return the day of release and whether it is a preview, as a list words it.

    Examples:
        >>> release("上映8天"), release("点映"), release("上映首日"), release("12")
        ((8, None), (None, True), (1, None), (12, None))
    """
    text = raw.strip()
    if "点映" in text or "超前" in text:
        return None, True
    if "首日" in text:
        return 1, None
    found = _DAY.search(text)
    digits = found[1] if found else text.removesuffix(".0").removesuffix("天")
    if not digits.removeprefix("-").isdecimal() or len(digits) > 5:
        return None, None
    days = int(digits)
    return (days, None) if days > 0 else (None, True if days < 0 else None)


def box_office(
    fields: Mapping[str, tuple[str, Cell, Parse]],
    film: str,
    line: int,
    *,
    day: date | None,
    taken: datetime | None,
    basis: str = "gross",
    cinema: str | None = None,
    released: str = "",
) -> BoxOffice:
    """Return one row of figures.

    Args:
        fields: Field of BoxOffice to its column's name, its cell and how the cell is parsed.
        film: Title.
        line: 1-based record in the source.
        day: Calendar day of the screenings.
        taken: When the figures were read off.
        basis: gross or net.
        cinema: Name of the cinema, for figures of one cinema.
        released: Day of release as the source words it.

    Raises:
        Unfit: A cell is no number of its kind, or no cell holds a number.
    """
    found: dict[str, Any] = {field: fit(parse, raw, column) for field, (column, raw, parse) in fields.items()}
    if all(value is None for value in found.values()):
        raise Unfit("*", "", "at least one number in plain digits")
    nth, preview = release(released)
    row = BoxOffice(
        film, line, date=day, cinema=cinema, basis=basis, release_day=nth, preview=preview, observed_at=taken
    )
    return replace(row, **found)
