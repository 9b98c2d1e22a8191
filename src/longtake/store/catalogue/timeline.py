"""What was done and shown, who came through whom, and what has no place on a time axis."""

from __future__ import annotations

from typing import Any

import ibis

from longtake.store.catalogue.calendar import day_of, hour_of
from longtake.store.catalogue.query import query
from longtake.store.catalogue.views import Views

_SOURCE = ("source_file", "source_line")
_INVITED = ("code", "person", "inviter_code", "inviter")


@query
def events_on_axis(views: Views) -> Any:
    """One row an act of the campaign, in order of its start: times naive UTC, cost in yuan."""
    rows = views.events
    names = ("start", "kind", "end", "platform", "city", "planned", "node_id")
    rows = rows.order_by([rows[name].asc(nulls_first=False) for name in names])
    return rows.select(*names, "cost_cny", "followers", "note", *_SOURCE)


@query
def cues_of(views: Views, *, node_id: str) -> Any:
    """One row a subtitle of a film or node, in order: times in milliseconds from its start."""
    rows = views.cues
    rows = rows.filter(rows.node_id == node_id)
    rows = rows.order_by(["number", "start_ms", "text"])
    return rows.select("node_id", "number", "start_ms", "end_ms", "text", "speaker", *_SOURCE)


@query
def nodes(views: Views) -> Any:
    """One row a communication node, in order of going out, unknown last."""
    rows = views.nodes
    rows = rows.order_by([rows["at"].asc(nulls_first=False), rows.node_id.asc()])
    names = ("node_id", "kind", "at", "platform", "title", "text", "file", "entry", "owner")
    return rows.select(*names, *_SOURCE)


def invited(rows: Any) -> Any:
    """Return invitations in order of their use, unknown times last, with what is told of each."""
    keys = [rows["used_at"].asc(nulls_first=False)]
    rows = rows.order_by([*keys, *(rows[name].asc(nulls_first=False) for name in _INVITED)])
    told = ("used_at", "used_end", "used_precision", "used", *_INVITED)
    return rows.select(*told, "channel", "arm", "observed_at", *_SOURCE)


@query
def referrals(views: Views) -> Any:
    """One row an invitation, in order of its use, unknown times last: pseudonyms, times naive UTC."""
    return invited(views.referrals)


@query
def script(views: Views) -> Any:
    """One row a piece of a script, in order: times in milliseconds, a page a minute."""
    return scripted(views.script)


def scripted(rows: Any) -> Any:
    """Return pieces of scripts in order, with what is told of each."""
    rows = rows.order_by(["node_id", "number", "start_ms", "text"])
    told = ("node_id", "number", "scene", "start_ms", "end_ms", "kind", "speaker", "text", "note")
    return rows.select(*told, *_SOURCE)


@query
def undated(views: Views) -> Any:
    """One row a table: n rows, how many have no time, how many none known to the day, or to the hour.

    Each count includes the one before it; tables whose rows always have a time have no row.
    """
    parts = [_timed(views.comments, "comments"), _timed(views.observations, "observations")]
    takings, shown = views.boxoffice, views.nodes
    without = takings.date.isnull()
    parts.append(_counted(takings, "boxoffice", without, without, ~without | without))
    without = shown["at"].isnull()
    parts.append(_counted(shown, "nodes", without, without, without))
    one, two, three, four = parts
    return one.union(two).union(three).union(four).order_by("table")


def _timed(rows: Any, name: str) -> Any:
    return _counted(rows, name, rows["at"].isnull(), day_of(rows).isnull(), hour_of(rows).isnull())


def _counted(rows: Any, name: str, without: Any, no_day: Any, no_hour: Any) -> Any:
    counted = rows.aggregate(
        n=rows.count(),
        without_time=without.sum().fill_null(0),
        without_day=no_day.sum().fill_null(0),
        without_hour=no_hour.sum().fill_null(0),
    )
    return counted.select(
        ibis.literal(name).name("table"), "n", "without_time", "without_day", "without_hour"
    )
