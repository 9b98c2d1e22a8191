"""Cities by days, some of which get the measure from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError

Floats = NDArray[np.float64]

METHOD = "synthetic control"
LEAST_DONORS = 2
LEAST_PRE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The mean of the treated cities beside the donors, complete.

    Attributes:
        treated: Mean of the treated cities a day, shape (t,).
        donors: The other cities, shape (k, t), each with a mean above zero before the start.
        names: Names of the donors, shape (k,).
        start: First day of the measure, 1 to t - 1.
        cities: Number of treated cities.
        aside: Donors that were set aside for gaps or because they are nearly always zero.

    Examples:
        >>> days = [1, 2, 3, 4, 5, 6, 7, 8, 9.0]
        >>> panel = Panel.of([days] * 3, names=["a", "b", "c"], treated=["a"], start=8)
        >>> panel.names, panel.after
        (('b', 'c'), 1)
    """

    treated: Floats
    donors: Floats
    names: tuple[str, ...]
    start: int
    cities: int
    aside: tuple[str, ...] = field(default=())

    @classmethod
    def of(
        cls,
        values: ArrayLike,
        *,
        names: Sequence[str],
        treated: Sequence[str],
        start: int,
        without: Sequence[str] = (),
    ) -> Panel:
        """Return the panel of a table.

        Days without a value of a treated city are left out for all; donors that then still have gaps, or
        whose mean before the start is not above zero, are set aside and named.

        Args:
            values: Cities by days, shape (n, t); NaN where nothing was counted.
            names: One name a city, unique.
            treated: Names of the cities with the measure.
            start: Index of its first day.
            without: Cities kept out of the donors, such as those that the measure may have reached.

        Raises:
            NotEnoughDataError: Fewer than two donors, fewer than 8 days before or none after the start.
            ValueError: Names repeat or are not there, shapes differ, or a value is without bound.
        """
        table = np.asarray(values, dtype=np.float64)
        order = list(names)
        if table.ndim != 2 or table.shape[0] != len(order) or len(set(order)) < len(order):
            raise ValueError(f"values of shape {table.shape} do not fit {len(order)} unique names")
        unknown = sorted({*treated, *without} - set(order))
        if unknown or not treated or set(treated) & set(without) or len(set(treated)) < len(treated):
            raise ValueError(f"treated {list(treated)}, without {list(without)}: unknown {unknown}")
        if np.isinf(table).any() or not 0 < start < table.shape[1]:
            raise ValueError(f"a value without bound, or start {start} of {table.shape[1]} days")
        chosen = [order.index(one) for one in treated]
        seen = np.asarray(np.isfinite(table[chosen]).all(axis=0))
        first = int(seen[:start].sum())
        table = table[:, seen]
        if first < LEAST_PRE or first == table.shape[1]:
            raise NotEnoughDataError(METHOD, needed=LEAST_PRE, got=first, unit="days before the start")
        rest = [one for one in range(len(order)) if order[one] not in {*treated, *without}]
        whole = [
            one for one in rest if np.isfinite(table[one]).all() and float(table[one, :first].mean()) > 0.0
        ]
        if len(whole) < LEAST_DONORS:
            raise NotEnoughDataError(METHOD, needed=LEAST_DONORS, got=len(whole), unit="donor cities")
        mean = table[chosen].mean(axis=0)
        if not float(mean[:first].mean()) > 0.0:
            raise NotEnoughDataError(METHOD, needed=1, got=0, unit="counts in the treated cities")
        return cls(
            treated=mean,
            donors=table[whole],
            names=tuple(order[one] for one in whole),
            start=first,
            cities=len(chosen),
            aside=tuple(order[one] for one in rest if one not in whole),
        )

    @property
    def days(self) -> int:
        """Number of days."""
        return int(self.treated.size)

    @property
    def after(self) -> int:
        """Number of days from the start on."""
        return self.days - self.start

    def relative(self) -> tuple[Panel, Floats]:
        """Return the panel in shares of the donors' common course, and that course.

        Each donor is stretched to the treated cities' mean before the start, so that a city ten times as
        large can stand in for a small one; then every day is divided by the donors' mean of that day, so
        that the loud first days of fading heat count no more than the quiet ones after them.

        Returns:
            The panel in shares, and the common course, of mean 1 before the start, shape (t,); the course is
            1 throughout where on some day no donor has any count.

        Examples:
            >>> panel = Panel(np.array([8.0, 4.0]), np.array([[4.0, 2.0], [2.0, 1.0]]), ("a", "b"), 1, 1)
            >>> shares, course = panel.relative()
            >>> shares.treated.tolist(), shares.donors.tolist(), course.tolist()
            ([8.0, 8.0], [[8.0, 8.0], [8.0, 8.0]], [1.0, 0.5])
        """
        size = float(self.treated[: self.start].mean())
        donors = self.donors * (size / self.donors[:, : self.start].mean(axis=1, keepdims=True))
        course = donors.mean(axis=0) / size
        if not (course > 0).all():
            course = np.ones(self.days)
        return Panel(
            self.treated / course, donors / course, self.names, self.start, self.cities, self.aside
        ), course
