"""The columns of a template: what each means, and the names people give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template.

    Attributes:
        name: The name in the blank template, also the key of the row builder.
        about: What it means, one line.
        unit: Its unit or its allowed words; empty for free text.
        example: One value that is taken.
        aliases: Other headers that mean the same.
        required: Whether a file without it is another format.
    """

    name: str
    about: str
    unit: str
    example: str
    aliases: tuple[str, ...] = ()
    required: bool = False


def key(header: str) -> str:
    """Return a header in the form in which headers are compared.

    Examples:
        >>> key(" Cost_CNY ")
        'cost_cny'
    """
    return header.strip().casefold().replace(" ", "_")


def plan(headers: Sequence[str], columns: Sequence[Column]) -> Mapping[int, str]:
    """Return which position holds which column; the first of two equal headers wins.

    Examples:
        >>> plan(["城市", "note"], [Column("city", "", "", "", aliases=("城市",))])
        {0: 'city'}
    """
    names = {key(known): column.name for column in columns for known in (column.name, *column.aliases)}
    found: dict[int, str] = {}
    for position, header in enumerate(headers):
        name = names.get(key(header))
        if name is not None and name not in found.values():
            found[position] = name
    return found


def confidence(headers: Sequence[str], columns: Sequence[Column]) -> float:
    """Return how sure it is that a table with these headers is the template, in [0, 1].

    Zero without every required column; 0.95 when every header is known; less the more strangers stand
    between them.
    """
    found = plan(headers, columns)
    if not {column.name for column in columns if column.required} <= set(found.values()):
        return 0.0
    known = len(found) / max(1, sum(1 for header in headers if header.strip()))
    if known == 1.0:
        return 0.95
    return 0.4 + 0.4 * known if known >= 0.5 else 0.0
