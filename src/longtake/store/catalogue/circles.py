"""Who belongs to an audience circle, and how each of them judges."""

from __future__ import annotations

from typing import Any

from longtake.store.catalogue.comments import circle
from longtake.store.catalogue.query import query
from longtake.store.catalogue.views import Views


@query
def circle_members(
    views: Views,
    *,
    platforms: str | None = None,
    regions: str | None = None,
    words: str | None = None,
    authors: str | None = None,
    verified: bool | None = None,
) -> Any:
    """One row a comment of an audience circle, by platform and id: whose it is and how it judges.

    ``platforms``, ``regions``, ``words``, ``authors`` (joined by U+001F) and ``verified`` make the circle;
    all comments without any of them. ``rating_e2`` is stars times 100.
    """
    rows = circle(views.comments, platforms, regions, words, authors, verified)
    rows = rows.mutate(rating_e2=(rows.rating * 100).round().cast("int64"))
    told = ("platform", "comment_id", "author", "author_kind", "region", "verified_viewer", "rating_e2")
    return rows.order_by(["platform", "comment_id"]).select(*told, "score_e4", "polarity", "node_id")
