"""Maoyan's box-office dashboard as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from longtake.domain.receipt import Item, Notice
from longtake.errors import UnreadableFileError
from longtake.ingest.cells import Unfit, fit, needed, strangers
from longtake.ingest.formats.jsonfile import document
from longtake.ingest.head import Head
from longtake.ingest.market.figures import Cell, Parse, amount, box_office, ratio
from longtake.ingest.observed import BEIJING, instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.moment import epoch
from longtake.ingest.values.refusal import BadValue

KNOWN = frozenset({
    "movieInfo", "boxSplitUnit", "splitBoxSplitUnit", "boxRate", "splitBoxRate", "showCount", "showCountRate",
    "avgSeatView", "avgShowView", "sumBoxDesc", "sumSplitBoxDesc",
})  # fmt: skip
_GROSS: Mapping[str, tuple[str, Parse]] = {
    "boxSplitUnit": ("gross_cny", amount),
    "sumBoxDesc": ("cumulative_cny", amount),
    "boxRate": ("gross_share", ratio),
    "showCount": ("showings", amount),
    "showCountRate": ("screening_share", ratio),
    "avgSeatView": ("occupancy_rate", ratio),
    "avgShowView": ("admissions_per_showing", amount),
}
_NET: Mapping[str, tuple[str, Parse]] = {
    "splitBoxSplitUnit": ("gross_cny", amount),
    "sumSplitBoxDesc": ("cumulative_cny", amount),
    "splitBoxRate": ("gross_share", ratio),
}


def _inside(value: object, key: str) -> Mapping[str, object]:
    found = value.get(key) if isinstance(value, dict) else None
    return cast("Mapping[str, object]", found) if isinstance(found, dict) else {}


def _cell(film: Mapping[str, object], key: str) -> Cell:
    value = film.get(key)
    if isinstance(value, dict):
        value = f"{value.get('num') or ''}{value.get('unit') or ''}" if value.get("num") else None
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


@dataclass(frozen=True, slots=True)
class DashboardReader:
    """Reads ``movieList.list`` of the dashboard; each film is one record."""

    name: str = "maoyan-dashboard"
    about: str = "Maoyan's box-office dashboard, its JSON answer saved as a file."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is the dashboard's, in [0, 1]."""
        if head.form != "json" or not ("movieList" in head.record or "movieInfo" in head.columns):
            return 0.0
        return 0.95 if '"movieInfo"' in head.text and '"showCount"' in head.text else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield a row with service fees for each film, and one without where the file states it."""
        listed = _inside(document(path, context.head), "movieList")
        inner = _inside(listed, "data") or listed
        films = inner.get("list")
        if not isinstance(films, list):
            raise UnreadableFileError(path, "holds no movieList.list")
        updated = _inside(inner, "updateInfo").get("updateTimestamp")
        moment = observed(context)
        try:
            stamped = epoch(updated) if isinstance(updated, (int, float, str)) else None
        except BadValue:
            stamped = None
            yield Notice("drift", ("updateTimestamp",))
        low = stamped or moment.low
        day = low.astimezone(BEIJING).date() if low else None
        taken = stamped or instant(moment)
        if films and isinstance(films[0], dict):
            yield from strangers(films[0], KNOWN)
        for line, film in enumerate(films, 1):
            if not isinstance(film, dict):
                yield Unfit("*", film, "an object with movieInfo").refused(line)
                continue
            try:
                yield from _film(film, line, day, taken)
            except Unfit as unfit:
                yield unfit.refused(line)


def _film(film: Mapping[str, object], line: int, day: date | None, taken: datetime | None) -> Iterator[Item]:
    about = _inside(film, "movieInfo")
    title = needed(str(about.get("movieName") or ""), "movieName", "a title")
    released = str(about.get("releaseInfo") or "")
    gross = {field: (key, _cell(film, key), parse) for key, (field, parse) in _GROSS.items()}
    rows = [box_office(gross, title, line, day=day, taken=taken, released=released)]
    net = {field: (key, _cell(film, key), parse) for key, (field, parse) in _NET.items()}
    if any(fit(parse, cell, key) is not None for key, cell, parse in net.values() if key != "splitBoxRate"):
        rows.append(box_office(net, title, line, day=day, taken=taken, basis="net", released=released))
    yield from rows


READER = DashboardReader()
