"""What comments were labelled with, and the comments behind a label."""

from __future__ import annotations

from typing import Any

import ibis

from longtake.store.catalogue.calendar import day_of, hour_of, instant
from longtake.store.catalogue.comments import JOIN, Circle, chosen
from longtake.store.catalogue.query import ParameterError, query
from longtake.store.catalogue.telling import LONGEST, SHORTEST
from longtake.store.catalogue.views import Views


def labelled(
    rows: Any, label: str | None, value: str | None, platform: str | None = None, named: str | None = None
) -> Any:
    """Keep the rows of one label, value and platform; ``named`` keeps labels that begin with it."""
    rows = chosen(rows, platform)
    if label is not None:
        rows = rows.filter(rows.label == label)
    if named is not None:
        rows = rows.filter(rows.label.startswith(named))
    return rows if value is None else rows.filter(rows["value"] == value)


def between(rows: Any, name: str, hour_from: str | None, hour_to: str | None) -> Any:
    """Keep the rows known to the hour in hours ``[from, to)``, ISO times in UTC; None sets no bound."""
    for key, value in (("hour_from", hour_from), ("hour_to", hour_to)):
        if value is not None:
            bound = ibis.literal(instant(name, key, value), type="timestamp")
            hour = hour_of(rows)
            rows = rows.filter(hour >= bound if key == "hour_from" else hour < bound)
    return rows


@query
def label_counts(
    views: Views,
    *,
    circle: Circle,
    hour_from: str | None = None,
    hour_to: str | None = None,
) -> Any:
    """One row a label and value: n comments, authors (distinct, of those named), of one circle or of all.

    ``hour_from`` (inclusive) and ``hour_to`` (exclusive) keep comments known to those hours. Polarity has
    queries of its own.
    """
    rows = circle.keep(views.labels)
    rows = between(rows, "label_counts", hour_from, hour_to)
    keys = ["label", "value"]
    return rows.group_by(keys).agg(n=rows.count(), authors=rows.author.nunique()).order_by(keys)


@query
def circle_comments(
    views: Views,
    *,
    circle: Circle,
) -> Any:
    """One row a platform: n comments and authors of a circle, as in label_counts."""
    rows = circle.keep(views.comments)
    counted = rows.group_by("platform").agg(n=rows.count(), authors=rows.author.nunique())
    return counted.order_by("platform")


@query
def label_counts_by_platform(views: Views) -> Any:
    """One row a platform, label and value: n comments."""
    keys = ["platform", "label", "value"]
    rows = views.labels
    return rows.group_by(keys).agg(n=rows.count()).order_by(keys)


@query
def label_counts_by_day(views: Views) -> Any:
    """One row an Asia/Shanghai day, label and value: n comments known to the day."""
    rows = views.labels
    placed = rows.mutate(day=day_of(rows))
    placed = placed.filter(placed.day.notnull())
    keys = ["day", "label", "value"]
    return placed.group_by(keys).agg(n=placed.count()).order_by(keys)


@query
def label_examples(views: Views, *, label: str, value: str | None = None, limit: int = 4) -> Any:
    """One row a comment with a label, at most ``limit``: most liked first, each text once, none official.

    ``span_start`` and ``span_end`` are the range of the text that decided. Texts of 8 to 160 characters.
    """
    if limit < 0:
        raise ParameterError("label_examples", "limit", limit, "a number of rows, not below zero")
    rows = labelled(views.labels, label, value)
    length = rows.text.length()
    rows = rows.filter(length >= SHORTEST, length <= LONGEST)
    rows = rows.filter(rows.author_kind.fill_null("audience") != "official")
    keys = ["platform", "comment_id", "value"]
    order = [rows.likes.desc(nulls_first=False), *(rows[key].asc() for key in keys)]
    once = rows.mutate(copy_=ibis.row_number().over(ibis.window(group_by="text", order_by=order)))
    once = once.filter(once.copy_ == 0)
    ordered = once.order_by([once.likes.desc(nulls_first=False), *(once[key].asc() for key in keys)])
    told = ("platform", "comment_id", "kind", "at", "text", "likes", "author_kind", "label", "value")
    return ordered.limit(limit).select(
        *told, "method", "span_start", "span_end", "source_file", "source_line"
    )


@query
def spoken(views: Views) -> Any:
    """One row a comment, earliest first, unknown times last: what it says, who, when, how it was received."""
    rows = views.comments
    rows = rows.order_by([rows["at"].asc(nulls_first=False), rows.platform.asc(), rows.comment_id.asc()])
    told = ("text", "author", "author_kind", "platform", "kind", "at", "at_end", "likes", "shares")
    return rows.select(*told, "score_e4", "comment_id", "source_file", "source_line")


@query
def label_keys(views: Views, *, labels: str) -> Any:
    """One row a comment and label, of ``labels``, joined by U+001F: whose it is, and its value."""
    rows = views.labels
    rows = rows.filter(rows.label.isin(labels.split(JOIN)))
    keys = ["platform", "comment_id", "label", "value"]
    return rows.select(keys).order_by(keys)


@query
def rows_of_labels(
    views: Views,
    *,
    label: str | None = None,
    named: str | None = None,
    value: str | None = None,
    platform: str | None = None,
    values: str | None = None,
    judged: bool = False,
    circle: Circle,
    hour_from: str | None = None,
    hour_to: str | None = None,
    labels: str | None = None,
    nodes: str | None = None,
) -> Any:
    """One row a comment and label, earliest first: the label, its value, what gave it, what decided.

    ``label`` is one label, ``named`` the beginning of several, such as ``aspect.``; ``values`` are several
    values; ``judged`` leaves out aspects that are named without being judged; ``labels`` are several labels,
    ``nodes`` the posts that comments stand under; hours are as in label_counts.
    """
    rows = labelled(views.labels, label, value, platform, named)
    rows = circle.keep(rows)
    rows = between(rows, "rows.labels", hour_from, hour_to)
    if labels is not None:
        rows = rows.filter(rows.label.isin(labels.split(JOIN)))
    if nodes is not None:
        rows = rows.filter(rows.node_id.isin(nodes.split(JOIN)))
    if values is not None:
        rows = rows.filter(rows["value"].isin(values.split(JOIN)))
    if judged:
        rows = rows.filter(rows["value"] != "named")
    order = [rows["at"].asc(nulls_first=False)]
    rows = rows.order_by([*order, *(rows[key].asc() for key in ("platform", "comment_id", "label", "value"))])
    told = ("at", "platform", "kind", "text", "label", "value", "label_p_e4", "method")
    return rows.select(
        *told, "span_start", "span_end", "likes", "author", "comment_id", "source_file", "source_line"
    )
