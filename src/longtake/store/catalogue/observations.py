"""What platforms showed: topics over time, lists as they were seen, counters."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis

from longtake.store.catalogue.query import query
from longtake.store.catalogue.views import Views

SEPARATOR = "\x1f"
"""Between words in one parameter; no title holds it."""

_COLUMNS = (
    "subject_kind",
    "subject",
    "node_id",
    "platform",
    "metric",
    "kind",
    "at",
    "at_end",
    "at_precision",
    "value",
    "censored",
    "raw",
    "subject_at",
    "category",
    "sponsored",
    "observed_at",
    "source_file",
    "source_line",
)


def about(rows: Any, words: str | None) -> Any:
    """Keep the rows whose subject contains one of the words; None or no word keeps all."""
    wanted = [word for word in (words or "").split(SEPARATOR) if word]
    if not wanted:
        return rows
    return rows.filter(reduce(lambda one, two: one | two, (rows.subject.contains(word) for word in wanted)))


def measured(rows: Any, platform: str | None, metric: str | None) -> Any:
    """Keep the rows of one platform and metric; None keeps all."""
    if platform is not None:
        rows = rows.filter(rows.platform == platform)
    return rows if metric is None else rows.filter(rows.metric == metric)


def ordered(rows: Any) -> Any:
    """Sort observations by all that identifies them; unknown comes last."""
    names = ("platform", "metric", "subject_kind", "subject", "at", "node_id", "subject_at")
    return rows.order_by([rows[name].asc(nulls_first=False) for name in names])


@query
def topic_series(
    views: Views, *, words: str | None = None, platform: str | None = None, metric: str | None = None
) -> Any:
    """One row an observation of a subject that contains one of ``words``, over time, in the metric's unit.

    ``words`` are joined by U+001F.
    """
    return ordered(measured(about(views.observations, words), platform, metric)).select(*_COLUMNS)


def _snapshots(views: Views, platform: str, metric: str, subject_kind: str | None) -> Any:
    rows = measured(views.observations, platform, metric)
    rows = rows.filter(rows["at"].notnull())
    if subject_kind is not None:
        rows = rows.filter(rows.subject_kind == subject_kind)
    return rows.mutate(bought_=rows.sponsored.fill_null(False))


def _by_time(rows: Any) -> Any:
    exact = ~rows.bought_ & rows.censored.isnull()
    return rows.group_by("at").agg(
        entries=rows.count(),
        sponsored=rows.bought_.sum(),
        low=rows.value.min(where=exact),
        high=rows.value.max(where=exact),
    )


@query
def list_snapshots(views: Views, *, platform: str, metric: str, subject_kind: str | None = None) -> Any:
    """One row a time at which a list was looked at: entries, sponsored entries, low and high value.

    ``low`` and ``high`` are of entries that were not paid for and are stated exactly; ``low`` of a score
    is the list's threshold: what is absent was below it. Times nobody looked at have no row.
    """
    return _by_time(_snapshots(views, platform, metric, subject_kind)).order_by("at")


@query
def list_presence(
    views: Views, *, words: str, platform: str, metric: str, subject_kind: str | None = None
) -> Any:
    """One row a time at which a list was looked at, as in list_snapshots, and what stood there on ``words``.

    ``matched`` counts unpaid entries whose subject contains one of ``words``, ``value_low`` and
    ``value_high`` their values; matched 0 means absent, with null values. ``bought`` counts paid ones.
    """
    rows = _snapshots(views, platform, metric, subject_kind)
    seen = _by_time(rows)
    own = about(rows, words)
    unpaid = ~own.bought_
    found = own.group_by(at_="at").agg(
        matched=unpaid.sum(),
        bought=own.bought_.sum(),
        value_low=own.value.min(where=unpaid),
        value_high=own.value.max(where=unpaid),
    )
    joined = seen.left_join(found, [("at", "at_")])
    return joined.select(
        "at",
        "entries",
        "sponsored",
        "low",
        "high",
        matched=joined.matched.fill_null(0),
        bought=joined.bought.fill_null(0),
        value_low=joined.value_low,
        value_high=joined.value_high,
    ).order_by("at")


def _latest(rows: Any) -> Any:
    """Keep the latest observation of each subject and metric, with the number and start of them all."""
    keys = ["subject_kind", "subject", "node_id", "platform", "metric", "kind"]
    order = [
        rows["at"].desc(nulls_first=False),
        rows.observed_at.desc(nulls_first=False),
        rows.seq.desc(),
        rows["row"].desc(),
    ]
    whole = ibis.window(group_by=keys)
    ranked = rows.mutate(
        rank_=ibis.row_number().over(ibis.window(group_by=keys, order_by=order)),
        n=rows.count().over(whole),
        first_at=rows["at"].min().over(whole),
    )
    return ordered(ranked.filter(ranked.rank_ == 0)).select(*_COLUMNS, "n", "first_at")


@query
def counters(
    views: Views, *, words: str | None = None, platform: str | None = None, metric: str | None = None
) -> Any:
    """One row a subject, platform and cumulative metric: the latest value, with its raw text and time.

    ``n`` observations since ``first_at``; the latest without a time counts last.
    """
    rows = measured(about(views.observations, words), platform, metric)
    return _latest(rows.filter(rows.kind == "cumulative"))


@query
def node_metrics(views: Views, *, platform: str | None = None, metric: str | None = None) -> Any:
    """One row a post or video, platform and metric of any kind: the latest value, as in counters."""
    rows = measured(views.observations, platform, metric)
    return _latest(rows.filter(rows.subject_kind == "node"))
