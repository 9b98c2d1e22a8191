"""What films took, by day and place; a national figure is never added to its own parts."""

from __future__ import annotations

from typing import Any

import ibis

from longtake.store.catalogue.query import query
from longtake.store.catalogue.views import Views

_SUMS = ("gross_cny", "cumulative_cny", "admissions", "showings", "seats")
_RATES = ("occupancy_rate", "screening_share", "gross_share", "admissions_per_showing", "price_cny")
_DAY = ("film", "basis", "date", "release_day_")


def _places(views: Views, film: str | None, basis: str | None) -> Any:
    """Return one row a film, day, place and basis: the newest where a source gives several."""
    rows = views.boxoffice
    if film is not None:
        rows = rows.filter(rows.film == film)
    if basis is not None:
        rows = rows.filter(rows.basis == basis)
    # A file without dates still tells the day since release; one with dates needs no such key.
    rows = rows.mutate(release_day_=rows.date.isnull().ifelse(rows.release_day, ibis.null("int64")))
    rows = rows.filter(rows.date.notnull() | rows.release_day_.notnull())
    order = [rows.observed_at.desc(nulls_first=False), rows.seq.desc(), rows["row"].desc()]
    within = ibis.window(group_by=[*_DAY, "city", "cinema"], order_by=order)
    ranked = rows.mutate(rank_=ibis.row_number().over(within))
    return ranked.filter(ranked.rank_ == 0)


def _exact_sum(column: Any) -> Any:
    """Add up hundredths as whole numbers, so that the order of adding does not matter."""
    return (column * 100).round().cast("int64").sum() / 100


def _levelled(rows: Any, keys: list[str], levels: Any) -> Any:
    """Return one row a key from the coarsest level of places that has any."""
    rows = rows.mutate(level_=levels)
    rows = rows.mutate(coarsest_=rows.level_.min().over(ibis.window(group_by=keys)))
    rows = rows.filter(rows.level_ == rows.coarsest_)
    whole = rows.level_ == 0
    return rows.group_by(keys).agg(
        level=ibis.cases(
            (rows.level_.min() == 0, "given"), (rows.level_.min() == 1, "cities"), else_="cinemas"
        ),
        places=rows.count(),
        release_day=rows.release_day.max(),
        preview=rows["preview"].max(),
        **{name: _exact_sum(rows[name]) for name in _SUMS},
        **{name: rows[name].max(where=whole) for name in _RATES},
    )


def _sorted(rows: Any, names: tuple[str, ...]) -> Any:
    return rows.order_by([rows[name].asc(nulls_first=False) for name in names]).drop("release_day_")


@query
def boxoffice_by_day(views: Views, *, film: str | None = None, basis: str | None = None) -> Any:
    """One row a film, basis (gross with fees, net without) and day, national: yuan, tickets, screenings.

    ``level`` says where it comes from: given (the source's national row), cities (sum of the city rows
    where there is no national one) or cinemas (sum of cinema rows where there is neither); ``places``
    is how many rows were added. Rates and prices are only given, never derived. ``date`` is null where
    the file gives only the day since release. Sums are exact to 0.01.
    """
    rows = _places(views, film, basis)
    level = ibis.cases((rows.city.isnull() & rows.cinema.isnull(), 0), (rows.cinema.isnull(), 1), else_=2)
    return _sorted(_levelled(rows, list(_DAY), level), ("film", "basis", "date", "release_day_"))


@query
def boxoffice_by_city(views: Views, *, film: str | None = None, basis: str | None = None) -> Any:
    """One row a film, basis, day and city: the source's city row, or the sum of the city's cinemas.

    Columns as in boxoffice_by_day; ``level`` is given or cinemas.
    """
    rows = _places(views, film, basis)
    rows = rows.filter(rows.city.notnull())
    level = rows.cinema.isnull().ifelse(0, 2)
    found = _levelled(rows, [*_DAY, "city"], level)
    return _sorted(found, ("film", "basis", "date", "release_day_", "city"))


@query
def showings(views: Views, *, film: str | None = None) -> Any:
    """One row a film, day and place as the source gives it: screenings, seats and rates.

    ``city`` null is national, ``cinema`` null above cinema level; shares and rates in [0, 1]. Rows
    without any of these numbers are left out.
    """
    rows = _places(views, film, None)
    numbers = ("showings", "seats", "screening_share", "occupancy_rate", "admissions_per_showing")
    some = ibis.coalesce(*(rows[name] for name in numbers)).notnull()
    rows = rows.filter(some)
    keys = ("film", "date", "release_day", "city", "cinema", "basis")
    rows = rows.order_by([rows[name].asc(nulls_first=False) for name in keys])
    return rows.select(*keys, *numbers, "source_file", "source_line")
