"""What a page quotes and compares: telling rows, both sides of a moment, lists that were looked at."""

from __future__ import annotations

from typing import Any

import ibis

from longtake.store.catalogue.calendar import instant
from longtake.store.catalogue.comments import chosen
from longtake.store.catalogue.query import ParameterError, query
from longtake.store.catalogue.views import Views

SHORTEST, LONGEST = 8, 160


@query
def telling_comments(views: Views, *, polarity: str, limit: int = 5, platform: str | None = None) -> Any:
    """One row a comment of one polarity (pos, neg or neutral), at most ``limit``: most liked first.

    Texts of 8 to 160 characters, each text once, none by an official account; equal likes go by how
    clear the polarity is, then by platform and id.
    """
    if limit < 0:
        raise ParameterError("telling_comments", "limit", limit, "a number of rows, not below zero")
    rows = chosen(views.comments, platform)
    length = rows.text.length()
    rows = rows.filter(rows.polarity == polarity, length >= SHORTEST, length <= LONGEST)
    rows = rows.filter(rows.author_kind.fill_null("audience") != "official")
    order = [
        rows.likes.desc(nulls_first=False),
        rows.score_e4.abs().desc(),
        rows.platform.asc(),
        rows.comment_id.asc(),
    ]
    once = rows.mutate(copy_=ibis.row_number().over(ibis.window(group_by="text", order_by=order)))
    once = once.filter(once.copy_ == 0)
    ordered = once.order_by(
        [
            once.likes.desc(nulls_first=False),
            once.score_e4.abs().desc(),
            once.platform.asc(),
            once.comment_id.asc(),
        ]
    )
    told = ("platform", "comment_id", "kind", "at", "text", "likes", "author_kind", "polarity", "score_e4")
    return ordered.limit(limit).select(*told, "source_file", "source_line")


@query
def polarity_around(views: Views, *, platform: str, at: str) -> Any:
    """One row a side of an instant (before, after): n scored comments and the moments of score_e4.

    ``at`` is an ISO time in UTC; comments whose time may lie on either side are left out.
    """
    rows = chosen(views.comments, platform)
    rows = rows.filter(rows.score_e4.notnull(), rows["at"].notnull())
    moment = ibis.literal(instant("polarity_around", "at", at), type="timestamp")
    end = rows.at_end.fill_null(rows["at"])
    side = ibis.cases((rows["at"] >= moment, "after"), (end <= moment, "before"), else_="across")
    sided = rows.mutate(side=side)
    sided = sided.filter(sided.side != "across")
    return (
        sided.group_by("side")
        .agg(
            n=sided.count(),
            sum_e4=sided.score_e4.sum(),
            sumsq_e8=(sided.score_e4 * sided.score_e4).sum(),
        )
        .order_by("side")
    )


@query
def lists(views: Views) -> Any:
    """One row a platform whose ranked list was looked at: snapshots, entries, first and last (UTC)."""
    rows = views.observations
    rows = rows.filter(rows.metric == "rank", rows.subject_kind == "topic", rows["at"].notnull())
    return (
        rows.group_by("platform")
        .agg(
            snapshots=rows["at"].nunique(),
            entries=rows.count(),
            first=rows["at"].min(),
            last=rows["at"].max(),
        )
        .order_by("platform")
    )


@query
def rows_of_copies(views: Views, *, at_least: int = 2, platform: str | None = None) -> Any:
    """One row a comment whose text was said word for word ``at_least`` times, most repeated first."""
    rows = chosen(views.comments, platform)
    counted = rows.mutate(copies=rows.count().over(ibis.window(group_by="text")))
    repeated = counted.filter(counted.copies >= ibis.literal(at_least))
    ordered = repeated.order_by(
        [repeated.copies.desc(), repeated.text.asc(), repeated.platform.asc(), repeated.comment_id.asc()]
    )
    told = ("copies", "text", "at", "platform", "kind", "likes", "author_kind", "author", "comment_id")
    return ordered.select(*told, "source_file", "source_line")
