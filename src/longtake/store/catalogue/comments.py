"""How many spoke, when, where, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from longtake.store.catalogue.calendar import day_of, hour_of
from longtake.store.catalogue.query import ParameterError, query
from longtake.store.catalogue.views import Views


def chosen(rows: Any, platform: str | None, kind: str | None = None) -> Any:
    """Keep the rows of one platform and kind; None keeps all."""
    if platform is not None:
        rows = rows.filter(rows.platform == platform)
    return rows if kind is None else rows.filter(rows.kind == kind)


JOIN = "\x1f"
"""Stands between several values of one parameter."""

FEW = 6
_SPECIAL = frozenset("\\.^$|?*+()[]{}")


@dataclass(frozen=True, slots=True)
class Circle:
    """The rules of a circle, as parameters of a query; None asks for nothing.

    Attributes:
        platforms: On any of these, joined by U+001F as the others.
        regions: From any of these.
        words: With any of these in the text.
        authors: By any of these pseudonyms.
        verified: By an author marked as having seen the film, or as not.
    """

    platforms: str | None = None
    regions: str | None = None
    words: str | None = None
    authors: str | None = None
    verified: bool | None = None

    def keep(self, rows: Any) -> Any:
        """Keep the comments of the circle."""
        for name, values in (
            ("platform", self.platforms),
            ("region", self.regions),
            ("author", self.authors),
        ):
            if values:
                rows = rows.filter(rows[name].isin(values.split(JOIN)))
        if self.words:
            rows = rows.filter(holds_any(rows.text, [word for word in self.words.split(JOIN) if word]))
        return rows if self.verified is None else rows.filter(rows.verified_viewer == self.verified)


def holds_any(text: Any, words: Sequence[str]) -> Any:
    """Whether a text holds a word of a list; of a long list, in one pass over the text."""
    plain = [word for word in words if not _SPECIAL.intersection(word)]
    if len(plain) <= FEW:
        return ibis.or_(*(text.contains(word) for word in words))
    others = (text.contains(word) for word in words if _SPECIAL.intersection(word))
    return ibis.or_(text.re_search("|".join(plain)), *others)


@query
def comments_by_hour(views: Views, *, platform: str | None = None, kind: str | None = None) -> Any:
    """One row a UTC hour: n comments, authors (distinct, of comments that name one).

    Only comments whose time is known to the hour; hours without any have no row.
    """
    rows = chosen(views.comments, platform, kind)
    placed = rows.mutate(hour=hour_of(rows))
    placed = placed.filter(placed.hour.notnull())
    return placed.group_by("hour").agg(n=placed.count(), authors=placed.author.nunique()).order_by("hour")


@query
def circle_by_hour(
    views: Views,
    *,
    circle: Circle,
) -> Any:
    """One row a UTC hour: n comments and authors of an audience circle, as in comments_by_hour."""
    rows = circle.keep(views.comments)
    placed = rows.mutate(hour=hour_of(rows))
    placed = placed.filter(placed.hour.notnull())
    return placed.group_by("hour").agg(n=placed.count(), authors=placed.author.nunique()).order_by("hour")


@query
def circle_by_day(
    views: Views,
    *,
    circle: Circle,
) -> Any:
    """One row an Asia/Shanghai day: n comments and authors of an audience circle, as in comments_by_day."""
    rows = circle.keep(views.comments)
    placed = rows.mutate(day=day_of(rows))
    placed = placed.filter(placed.day.notnull())
    return placed.group_by("day").agg(n=placed.count(), authors=placed.author.nunique()).order_by("day")


@query
def circle_members(
    views: Views,
    *,
    circle: Circle,
) -> Any:
    """One row a comment of an audience circle, by platform and id: whose it is and how it judges.

    All comments without any rule of one. ``rating_e2`` is stars times 100.
    """
    rows = circle.keep(views.comments)
    rows = rows.mutate(rating_e2=(rows.rating * 100).round().cast("int64"))
    told = ("platform", "comment_id", "author", "author_kind", "region", "verified_viewer", "rating_e2")
    return rows.order_by(["platform", "comment_id"]).select(*told, "score_e4", "polarity", "node_id")


@query
def comments_by_hour_platform(views: Views) -> Any:
    """One row a platform, kind and UTC hour: n comments, authors; otherwise as comments_by_hour."""
    rows = views.comments
    placed = rows.mutate(hour=hour_of(rows))
    placed = placed.filter(placed.hour.notnull())
    keys = ["platform", "kind", "hour"]
    return placed.group_by(keys).agg(n=placed.count(), authors=placed.author.nunique()).order_by(keys)


@query
def comments_by_node(views: Views) -> Any:
    """One row a communication node that comments stand under: n comments."""
    rows = views.comments
    rows = rows.filter(rows.node_id.notnull())
    return rows.group_by("node_id").agg(n=rows.count()).order_by("node_id")


@query
def comments_by_day(
    views: Views, *, platform: str | None = None, kind: str | None = None, words: str | None = None
) -> Any:
    """One row an Asia/Shanghai day: n comments, authors (distinct).

    Only comments whose time is known to the day; days without any have no row. ``words`` (joined by U+001F)
    keeps comments that hold one of them.
    """
    rows = Circle(words=words).keep(chosen(views.comments, platform, kind))
    placed = rows.mutate(day=day_of(rows))
    placed = placed.filter(placed.day.notnull())
    return placed.group_by("day").agg(n=placed.count(), authors=placed.author.nunique()).order_by("day")


@query
def comments_by_day_platform(views: Views) -> Any:
    """One row a platform, kind and Asia/Shanghai day: n comments, authors; as comments_by_day."""
    rows = views.comments
    placed = rows.mutate(day=day_of(rows))
    placed = placed.filter(placed.day.notnull())
    keys = ["platform", "kind", "day"]
    return placed.group_by(keys).agg(n=placed.count(), authors=placed.author.nunique()).order_by(keys)


@query
def comments_overview(views: Views) -> Any:
    """One row a platform: counts of comments, distinct authors and texts, what is known of how many.

    ``first`` and ``last`` are the earliest and latest known times, naive UTC.
    """
    rows = views.comments
    return (
        rows.group_by("platform")
        .agg(
            n=rows.count(),
            authors=rows.author.nunique(),
            texts=rows.text.nunique(),
            first=rows["at"].min(),
            last=rows["at"].max(),
            without_time=rows["at"].isnull().sum(),
            without_author=rows.author.isnull().sum(),
            with_rating=rows.rating.notnull().sum(),
            with_region=rows.region.notnull().sum(),
        )
        .order_by("platform")
    )


@query
def author_kinds(views: Views, *, platform: str | None = None) -> Any:
    """One row a kind of author (official, kol, audience, unknown): n comments, authors, likes.

    ``likes`` sums the likes that are known; null when none is.
    """
    rows = chosen(views.comments, platform)
    named = rows.mutate(kind_=rows.author_kind.fill_null("unknown"))
    grouped = named.group_by(author_kind=named.kind_)
    counted = grouped.agg(n=named.count(), authors=named.author.nunique(), likes=named.likes.sum())
    return counted.order_by("author_kind")


@query
def regions(views: Views, *, platform: str | None = None) -> Any:
    """One row a region, most comments first: n comments; region null is unknown."""
    rows = chosen(views.comments, platform)
    counted = rows.group_by("region").agg(n=rows.count())
    return counted.order_by([counted.n.desc(), counted.region.asc(nulls_first=False)])


@query
def top_comments(views: Views, *, by: str = "likes", limit: int = 20, platform: str | None = None) -> Any:
    """One row a comment, at most ``limit``: by likes, or the most positive (pos) or negative (neg) ones.

    Equal scores go by likes, then by platform and id. Comments without the number are left out.
    """
    rows = chosen(views.comments, platform)
    if by not in {"likes", "pos", "neg"}:
        raise ParameterError("top_comments", "by", by, "likes, pos or neg")
    if limit < 0:
        raise ParameterError("top_comments", "limit", limit, "a number of rows, not below zero")
    number = rows.likes if by == "likes" else rows.score_e4
    rows = rows.filter(number.notnull())
    order = [rows.likes.desc(nulls_first=False), rows.platform.asc(), rows.comment_id.asc()]
    if by != "likes":
        order.insert(0, rows.score_e4.asc() if by == "neg" else rows.score_e4.desc())
    columns = ("platform", "comment_id", "kind", "at", "at_precision", "text", "likes", "author_kind")
    labelled = (*columns, "region", "polarity", "score_e4", "source_file", "source_line")
    return rows.order_by(order).limit(limit).select(*labelled)


@query
def copies(views: Views, *, at_least: int = 2, platform: str | None = None) -> Any:
    """One row a text said word for word ``at_least`` times: n, authors, platforms, first, last (UTC)."""
    rows = chosen(views.comments, platform)
    # Most texts are said once: what they need besides is counted for the others only.
    times = rows.group_by("text").agg(n=rows.count())
    said = rows.semi_join(times.filter(times.n >= ibis.literal(at_least)), "text")
    repeated = said.group_by("text").agg(
        n=said.count(),
        authors=said.author.nunique(),
        platforms=said.platform.nunique(),
        first=said["at"].min(),
        last=said["at"].max(),
    )
    return repeated.order_by([repeated.n.desc(), repeated.text.asc()])
