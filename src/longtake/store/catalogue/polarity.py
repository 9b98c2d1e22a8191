"""How people speak: counts and moments that add up, exactly, on every engine."""

from __future__ import annotations

from typing import Any

from longtake.store.catalogue.calendar import day_of
from longtake.store.catalogue.comments import chosen
from longtake.store.catalogue.query import query
from longtake.store.catalogue.views import Views


def _moments(rows: Any, keys: list[str]) -> Any:
    """Return the moments of the polarity score by group."""
    return (
        rows.group_by(keys)
        .agg(
            n=rows.score_e4.count(),
            sum_e4=rows.score_e4.sum(),
            sumsq_e8=(rows.score_e4 * rows.score_e4).sum(),
            n_pos=(rows.polarity == "pos").fill_null(False).sum(),
            n_neg=(rows.polarity == "neg").fill_null(False).sum(),
            n_neutral=(rows.polarity == "neutral").fill_null(False).sum(),
            n_unscored=rows.score_e4.isnull().sum(),
        )
        .order_by(keys)
    )


@query
def polarity_by_day(views: Views, *, platform: str | None = None, kind: str | None = None) -> Any:
    """One row an Asia/Shanghai day: n scored comments, sum and sum of squares of score_e4, class counts.

    ``score_e4`` is the polarity in [-1, 1] times 10,000, so ``sum_e4 / n / 10_000`` is the mean. Only
    comments whose time is known to the day. Sums are null where no comment is scored.
    """
    rows = chosen(views.comments, platform, kind)
    placed = rows.mutate(day=day_of(rows))
    return _moments(placed.filter(placed.day.notnull()), ["day"])


@query
def polarity_by_platform(views: Views) -> Any:
    """One row a platform: moments as in polarity_by_day, with or without time."""
    return _moments(views.comments, ["platform"])


@query
def polarity_by_source(views: Views) -> Any:
    """One row a platform and kind of utterance (comment, reply, post, review, danmaku): moments."""
    return _moments(views.comments, ["platform", "kind"])


@query
def ratings_by_day(views: Views, *, platform: str | None = None) -> Any:
    """One row a platform and Asia/Shanghai day: n ratings, sum_e2 (stars x 100) and sumsq_e4.

    Only ratings whose time is known to the day.
    """
    rows = chosen(views.comments, platform)
    rated = rows.mutate(day=day_of(rows), rating_e2=(rows.rating * 100).round().cast("int64"))
    rated = rated.filter(rated.rating_e2.notnull(), rated.day.notnull())
    keys = ["platform", "day"]
    return (
        rated.group_by(keys)
        .agg(
            n=rated.count(),
            sum_e2=rated.rating_e2.sum(),
            sumsq_e4=(rated.rating_e2 * rated.rating_e2).sum(),
        )
        .order_by(keys)
    )
