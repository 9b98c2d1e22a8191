"""A number on a page: what it is called, what it is worth, and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from longtake.domain.estimate import Quantity

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The query that gives the rows behind a figure.

    Attributes:
        query: Name of a row query in the catalogue of ``store``.
        params: Its parameters; times as ISO 8601 text in UTC.
    """

    query: str
    params: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, openable.

    Attributes:
        id: ``campaign:section.measure[.part...]``; unique in a workspace, stable between runs.
        label: Key of its name in the message catalogue, ``figure.<label>``.
        quantity: The number with its interval, or why there is none.
        evidence: The rows behind it.
        slots: Words to fill into the name, such as a platform or topic.
    """

    id: str
    label: str
    quantity: Quantity
    evidence: Evidence
    slots: Mapping[str, str] = field(default_factory=dict)
