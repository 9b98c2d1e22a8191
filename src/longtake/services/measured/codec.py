"""Values of ``domain`` as plain JSON and back."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

TIME, DAY = "$t", "$d"


def plain(value: Any) -> Any:
    """Return a frozen value as JSON-able values; fields at their default are left out of nothing.

    Examples:
        >>> from longtake.domain.estimate import Unknown
        >>> plain(Unknown("no_rows", "count", "comments", 0))
        {'reason': 'no_rows', 'method': 'count', 'unit': 'comments', 'n': 0, 'needed': None}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return {TIME: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    return value


def restored(kind: Any, value: Any) -> Any:
    """Return the value of a type that :func:`plain` wrote.

    Args:
        kind: A dataclass, or a type hint of one of its fields.
        value: Plain values.

    Raises:
        TypeError: The values do not fit the type.

    Examples:
        >>> from longtake.domain.estimate import Estimate, Quantity
        >>> one = Estimate.count(3, unit="comments", method="count")
        >>> restored(Quantity, plain(one)) == one
        True
    """
    if isinstance(value, dict) and value.keys() in ({TIME}, {DAY}):
        return _when(value)
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _one_of(get_args(kind), value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: restored(hints[name], item) for name, item in value.items()})
    if origin is tuple:
        inner = get_args(kind)
        each = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(restored(hint, item) for hint, item in zip(each, value, strict=True))
    if origin is not None and isinstance(value, dict):
        of = get_args(kind)[1]
        return {key: restored(of, item) for key, item in value.items()}
    return value


def _when(value: dict[str, str]) -> datetime | date:
    return datetime.fromisoformat(value[TIME]) if TIME in value else date.fromisoformat(value[DAY])


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    for kind in kinds:
        if is_dataclass(kind) and value.keys() == {field.name for field in fields(kind)}:
            return restored(kind, value)
    raise TypeError(f"no type of {kinds} has the fields {sorted(value)}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
