"""The rows behind a figure, in a fixed order, each with the file and line it came from."""

from __future__ import annotations

from typing import Any

import ibis

from longtake.store.catalogue.calendar import day, day_of, hour_of, instant
from longtake.store.catalogue.comments import JOIN, Circle
from longtake.store.catalogue.observations import about, measured, ordered
from longtake.store.catalogue.query import query
from longtake.store.catalogue.timeline import invited, scripted
from longtake.store.catalogue.views import Views

_SOURCE = ("source_file", "source_line")


def _equal(rows: Any, wanted: dict[str, str | None]) -> Any:
    """Keep the rows whose columns have the wanted values; None wants nothing."""
    for name, value in wanted.items():
        if value is not None:
            rows = rows.filter(rows[name] == value)
    return rows


def _within(
    rows: Any,
    query_name: str,
    hours: tuple[str | None, str | None],
    days: tuple[str | None, str | None],
) -> Any:
    """Keep the rows that surely fall in hours ``[from, to)`` and in Shanghai days ``[from, to]``."""
    for name, value in zip(("hour_from", "hour_to"), hours, strict=True):
        if value is not None:
            bound = ibis.literal(instant(query_name, name, value), type="timestamp")
            hour = hour_of(rows)
            rows = rows.filter(hour >= bound if name == "hour_from" else hour < bound)
    for name, value in zip(("day_from", "day_to"), days, strict=True):
        if value is not None:
            limit = ibis.literal(day(query_name, name, value), type="date")
            found = day_of(rows)
            rows = rows.filter(found >= limit if name == "day_from" else found <= limit)
    return rows


@query
def rows_of_comments(
    views: Views,
    *,
    platform: str | None = None,
    kind: str | None = None,
    hour_from: str | None = None,
    hour_to: str | None = None,
    day_from: str | None = None,
    day_to: str | None = None,
    author_kind: str | None = None,
    polarity: str | None = None,
    emotion: str | None = None,
    region: str | None = None,
    node_id: str | None = None,
    contains: str | None = None,
    text: str | None = None,
    rated: bool = False,
    scored: bool = False,
    without_time: bool = False,
    author_told: bool = False,
    located: bool = False,
    circle: Circle,
    texts: str | None = None,
    author_not: str | None = None,
    verification_told: bool = False,
    source_file: str | None = None,
) -> Any:
    """One row a comment, earliest first, unknown times last.

    ``hour_from`` (inclusive) and ``hour_to`` (exclusive) are ISO times in UTC and leave out comments not
    known to the hour; ``day_from`` and ``day_to`` (both inclusive) are Asia/Shanghai days and leave out
    those not known to the day. ``author_kind`` and ``region`` take "unknown"; ``author_told`` and
    ``located`` keep all that are not; ``author_not`` leaves out a kind of author. ``contains`` is a part of
    the text, ``text`` all of it, ``texts`` several of them, joined by U+001F; ``verification_told`` keeps
    comments whose platform says whether the author saw the film.
    """
    rows = circle.keep(views.comments)
    if verification_told:
        rows = rows.filter(rows.verified_viewer.notnull())
    wanted = {
        "platform": platform,
        "kind": kind,
        "polarity": polarity,
        "emotion": emotion,
        "node_id": node_id,
        "text": text,
    }
    rows = _equal(rows, {**wanted, "source_file": source_file})
    for name, value in (("author_kind", author_kind), ("region", region)):
        if value is not None:
            rows = rows.filter(rows[name].isnull() if value == "unknown" else rows[name] == value)
    rows = _within(rows, "rows.comments", (hour_from, hour_to), (day_from, day_to))
    if contains is not None:
        rows = rows.filter(rows.text.contains(contains))
    if texts is not None:
        rows = rows.filter(rows.text.isin(texts.split(JOIN)))
    if author_not is not None:
        rows = rows.filter(rows.author_kind.fill_null("unknown") != author_not)
    if rated:
        rows = rows.filter(rows.rating.notnull())
    if scored:
        rows = rows.filter(rows.score_e4.notnull())
    if author_told:
        rows = rows.filter(rows.author_kind.notnull())
    if located:
        rows = rows.filter(rows.region.notnull())
    if without_time:
        rows = rows.filter(rows["at"].isnull())
    rows = rows.order_by([rows["at"].asc(nulls_first=False), rows.platform.asc(), rows.comment_id.asc()])
    told = (
        "at",
        "at_end",
        "at_precision",
        "platform",
        "kind",
        "text",
        "polarity",
        "score_e4",
        "emotion",
        "likes",
    )
    more = ("replies", "shares", "rating", "region", "author_kind", "author", "node_id", "parent_id")
    return rows.select(*told, *more, "film_ms", "topics", "comment_id", "observed_at", *_SOURCE)


@query
def rows_of_observations(
    views: Views,
    *,
    words: str | None = None,
    subject: str | None = None,
    subject_kind: str | None = None,
    platform: str | None = None,
    metric: str | None = None,
    kind: str | None = None,
    node_id: str | None = None,
    hour_from: str | None = None,
    hour_to: str | None = None,
    day_from: str | None = None,
    day_to: str | None = None,
    without_time: bool = False,
    source_file: str | None = None,
) -> Any:
    """One row an observation; ``words`` (joined by U+001F) are parts of the subject, ``subject`` all of it.

    Times as in rows.comments.
    """
    rows = measured(about(views.observations, words), platform, metric)
    wanted = {"subject": subject, "subject_kind": subject_kind, "kind": kind, "node_id": node_id}
    rows = _equal(rows, {**wanted, "source_file": source_file})
    rows = _within(rows, "rows.observations", (hour_from, hour_to), (day_from, day_to))
    if without_time:
        rows = rows.filter(rows["at"].isnull())
    told = ("at", "at_end", "at_precision", "platform", "subject_kind", "subject", "metric", "value", "kind")
    more = ("censored", "raw", "subject_at", "node_id", "category", "sponsored", "observed_at")
    return ordered(rows).select(*told, *more, *_SOURCE)


@query
def rows_of_boxoffice(
    views: Views,
    *,
    film: str | None = None,
    basis: str | None = None,
    city: str | None = None,
    national: bool = False,
    day_from: str | None = None,
    day_to: str | None = None,
    source_file: str | None = None,
) -> Any:
    """One row a film, day, place and basis; ``national`` keeps those without a city, days are inclusive."""
    rows = views.boxoffice
    rows = _equal(rows, {"film": film, "basis": basis, "city": city, "source_file": source_file})
    if national:
        rows = rows.filter(rows.city.isnull(), rows.cinema.isnull())
    if day_from is not None:
        first = ibis.literal(day("rows.boxoffice", "day_from", day_from), type="date")
        rows = rows.filter(rows.date >= first)
    if day_to is not None:
        last = ibis.literal(day("rows.boxoffice", "day_to", day_to), type="date")
        rows = rows.filter(rows.date <= last)
    keys = ("film", "date", "release_day", "city", "cinema", "basis")
    rows = rows.order_by([rows[name].asc(nulls_first=False) for name in keys])
    sums = ("gross_cny", "cumulative_cny", "admissions", "showings", "seats")
    rates = ("occupancy_rate", "screening_share", "gross_share", "admissions_per_showing", "price_cny")
    return rows.select(*keys, *sums, *rates, "preview", "observed_at", *_SOURCE)


@query
def rows_of_events(
    views: Views,
    *,
    kind: str | None = None,
    platform: str | None = None,
    city: str | None = None,
    source_file: str | None = None,
) -> Any:
    """One row an act of the campaign, in order of its start."""
    wanted = {"kind": kind, "platform": platform, "city": city, "source_file": source_file}
    rows = _equal(views.events, wanted)
    names = ("start", "kind", "end", "platform", "city", "planned", "node_id")
    rows = rows.order_by([rows[name].asc(nulls_first=False) for name in names])
    return rows.select(*names, "cost_cny", "followers", "note", *_SOURCE)


@query
def rows_of_cues(
    views: Views,
    *,
    node_id: str | None = None,
    nodes: str | None = None,
    contains: str | None = None,
    texts: str | None = None,
    source_file: str | None = None,
) -> Any:
    """One row a subtitle, in order; ``contains`` is a part of its text.

    ``nodes`` are several films or nodes, ``texts`` several whole texts, each joined by U+001F.
    """
    rows = _equal(views.cues, {"node_id": node_id, "source_file": source_file})
    if nodes is not None:
        rows = rows.filter(rows.node_id.isin(nodes.split(JOIN)))
    if texts is not None:
        rows = rows.filter(rows.text.isin(texts.split(JOIN)))
    if contains is not None:
        rows = rows.filter(rows.text.contains(contains))
    rows = rows.order_by(["node_id", "number", "start_ms", "text"])
    return rows.select("node_id", "number", "start_ms", "end_ms", "text", "speaker", *_SOURCE)


@query
def rows_of_nodes(
    views: Views, *, kind: str | None = None, platform: str | None = None, node_id: str | None = None
) -> Any:
    """One row a communication node, in order of going out, unknown last."""
    rows = _equal(views.nodes, {"kind": kind, "platform": platform, "node_id": node_id})
    rows = rows.order_by([rows["at"].asc(nulls_first=False), rows.node_id.asc()])
    names = ("node_id", "kind", "at", "platform", "title", "text", "file", "entry", "owner")
    return rows.select(*names, *_SOURCE)


@query
def rows_of_referrals(
    views: Views, *, channel: str | None = None, arm: str | None = None, used: bool | None = None
) -> Any:
    """One row an invitation, in order of its use, unknown times last.

    ``channel`` and ``arm`` take "unknown"; ``used`` keeps those that were taken up, or those that were not.
    """
    rows = views.referrals
    for name, value in (("channel", channel), ("arm", arm)):
        if value is not None:
            rows = rows.filter(rows[name].isnull() if value == "unknown" else rows[name] == value)
    return invited(rows if used is None else rows.filter(rows.used == used))


@query
def rows_of_script(
    views: Views,
    *,
    node_id: str | None = None,
    kinds: str | None = None,
    scene: int | None = None,
    speaker: str | None = None,
) -> Any:
    """One row a piece of a script, in order; ``kinds`` are several kinds, joined by U+001F."""
    rows = _equal(views.script, {"node_id": node_id, "speaker": speaker})
    if kinds is not None:
        rows = rows.filter(rows.kind.isin(kinds.split(JOIN)))
    return scripted(rows if scene is None else rows.filter(rows.scene == scene))
