"""What every route of a campaign is asked with, derived from the URL patterns themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from longtake.services.measured.kept import Kept
from longtake.services.measured.papers import PAPERS

Slots = dict[str, str | int]
ABSENT: Mapping[str, str | int] = {
    "number": 0,
    "index": 0,
    "rule": "none",
    "channel": "none",
    "key": "none",
}
"""Slots of routes that only take a form: no page is shown, so nothing of that name need be there."""


def of_campaign() -> dict[str, tuple[str, ...]]:
    """Return the slots of every route of a campaign besides the campaign itself, by the route's name."""
    from longtake.web import urls

    found = {}
    for route in urls.urlpatterns:
        if str(route.pattern).startswith(urls.C):
            slots = getattr(route.pattern, "converters", {})
            found[str(getattr(route, "name", ""))] = tuple(slot for slot in slots if slot != "campaign")
    return found


def addresses(found: Kept, given: Mapping[str, Sequence[str | int]]) -> dict[str, list[Slots]]:
    """Return what every route of a campaign is asked with, by the route's name.

    Args:
        found: The measured campaign.
        given: What figures cannot fill: trial, stage, tray, and the slots of :data:`OWN`.

    Raises:
        ValueError: A route has a slot that nothing here fills.
    """
    values: dict[str, Sequence[str | int]] = {
        **{name: (value,) for name, value in ABSENT.items()},
        **_figures(found),
        **given,
    }
    asked: dict[str, list[Slots]] = {}
    for name, slots in of_campaign().items():
        keys = _keys(name, slots)
        if lacking := [key for key in keys if key not in values]:
            raise ValueError(f"nothing is known to put into {lacking} of the route {name!r}")
        asked[name] = [
            {slot: value for part in parts for slot, value in part.items()}
            for parts in product(*(_parts(key, values[key]) for key in keys))
        ]
    return asked


def _keys(route: str, slots: tuple[str, ...]) -> tuple[str, ...]:
    """Return under which names the slots of a route are filled; some only make sense together."""
    if set(slots) == {"screen", "section"}:
        return ("screen/section",)
    if set(slots) == {"kind", "form"}:
        return ("kind/form",)
    own = {slot: f"{route}:{slot}" for slot in slots if f"{route}:{slot}" in OWN}
    return tuple(own.get(slot, slot) for slot in slots)


OWN = frozenset({"plan-rows:figure", "receipt:number", "trial-figure:figure"})
"""Slots that take something else than the same slot of other routes."""


def _parts(key: str, values: Sequence[str | int]) -> Iterator[Slots]:
    names = key.rpartition(":")[2].split("/")
    for value in values:
        texts = str(value).split("/") if len(names) > 1 else [value]
        yield dict(zip(names, texts, strict=True))


def _figures(found: Kept) -> dict[str, tuple[str | int, ...]]:
    from longtake.render.inventory import slug
    from longtake.web.pages.screens import MORE, SCREENS, of_screen

    charts = [chart for name in found.sections for chart in found.section(name).charts]
    figures = sorted(found.figures())
    widest = max(figures, key=lambda name: (rows.total if (rows := found.rows(name)) else 0, name))
    screens = [screen for screen in (*SCREENS, MORE) if of_screen(screen, found.sections)]
    pairs = [f"{screen}/{name}" for screen in screens for name in of_screen(screen, found.sections)[1:]]
    return {
        "screen": tuple(screens),
        "screen/section": tuple(pairs),
        "figure": (widest,),
        "chart": (slug(max(charts, key=lambda chart: len(chart.table.rows)).id),),
        "kind/form": tuple(f"{kind}/{form}" for kind, forms in PAPERS.items() for form in forms),
    }
