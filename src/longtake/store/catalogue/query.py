"""A named query: what it is built from, what may be asked of it, what a row of it is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_type_hints

from longtake.domain.figure import Scalar
from longtake.errors import LongtakeError, NotFoundError

Build = Callable[..., Any]


class ParameterError(LongtakeError):
    """A query was given a value it cannot use, or not given one it needs."""

    code = "parameter"

    def __init__(self, query: str, parameter: str, value: object, expected: str) -> None:
        super().__init__(f"{query}: {parameter} is {value!r}.", fix=f"Expected {expected}.")
        self.query, self.parameter, self.value, self.expected = query, parameter, value, expected


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query.

    Attributes:
        name: Its name.
        kinds: Types it takes.
        required: Whether it must be given.
        default: Its value when it is not given.
    """

    name: str
    kinds: tuple[type, ...]
    required: bool
    default: Scalar = None


@dataclass(frozen=True, slots=True)
class Query:
    """One entry of the catalogue.

    Attributes:
        name: Its name; ``rows.<table>`` for rows behind a figure.
        about: What a row is, and its units.
        parameters: By name, in order.
        build: Makes the expression of the views and all parameters by name.
    """

    name: str
    about: str
    parameters: Mapping[str, Parameter]
    build: Build

    def expression(self, views: Any, params: Mapping[str, Scalar]) -> Any:
        """Return the Ibis expression.

        Raises:
            NotFoundError: A parameter the query does not have.
            ParameterError: One it needs is missing, or has a value of another type.
        """
        for name, value in params.items():
            if name not in self.parameters:
                raise NotFoundError(f"parameter of {self.name}", name, known=tuple(self.parameters))
            kinds = self.parameters[name].kinds
            if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
                names = " or ".join("nothing" if kind is type(None) else kind.__name__ for kind in kinds)
                raise ParameterError(self.name, name, value, names)
        for parameter in self.parameters.values():
            if parameter.required and parameter.name not in params:
                raise ParameterError(self.name, parameter.name, None, "a value")
        return self.build(views, **params)


_CATALOGUE: dict[str, Query] = {}


def query(build: Build) -> Build:
    """Register a function as a query under its own name; ``rows_of_x`` becomes ``rows.x``.

    The first argument is :class:`~longtake.store.catalogue.views.Views`, the others are scalars, or a data
    class of scalars: each of its fields is a parameter of the query.
    """
    hints = get_type_hints(build)
    parameters: dict[str, Parameter] = {}
    groups: dict[str, Any] = {}
    for name, argument in list(inspect.signature(build).parameters.items())[1:]:
        hint = hints[name]
        if isinstance(hint, type) and is_dataclass(hint):
            groups[name] = hint
            fields = inspect.signature(hint).parameters.values()
            parameters |= {one.name: _parameter(one, get_type_hints(hint)[one.name]) for one in fields}
        else:
            parameters[name] = _parameter(argument, hint)

    def grouped(views: Any, **given: Any) -> Any:
        for name, group in groups.items():
            own = inspect.signature(group).parameters
            given[name] = group(**{key: given.pop(key) for key in own if key in given})
        return build(views, **given)

    name = build.__name__.replace("rows_of_", "rows.")
    made = grouped if groups else build
    _CATALOGUE[name] = Query(name, inspect.getdoc(build) or "", MappingProxyType(parameters), made)
    return build


def _parameter(argument: inspect.Parameter, hint: Any) -> Parameter:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    required = argument.default is inspect.Parameter.empty
    return Parameter(argument.name, kinds, required, None if required else argument.default)


def catalogue() -> Mapping[str, Query]:
    """Return every query by name, sorted."""
    return dict(sorted(_CATALOGUE.items()))


def find(name: str) -> Query:
    """Return a query.

    Raises:
        NotFoundError: No query has the name.
    """
    if name not in _CATALOGUE:
        raise NotFoundError("query", name, known=tuple(catalogue()))
    return _CATALOGUE[name]
