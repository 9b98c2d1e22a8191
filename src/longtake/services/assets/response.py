"""What stood around an asset: talk in the day after over the day before, comments under it, its counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.heat.grids.grid import DAY, HOUR
from longtake.heat.measures.lift import METHOD, lift
from longtake.services.reports.draft import CHINA, Draft, iso, part
from longtake.services.reports.heat.talk import Talk, talk

HOURS, DAYS = 24, 3
"""Bins on each side: a whole day where hours are known, so that night meets night; else three days."""
LATEST = "latest running total, added over platforms"
METRICS = ("plays", "reads", "likes", "shares")

Place = tuple[str, str, datetime | None, str | None]


def responses(draft: Draft, assets: Iterable[Place]) -> dict[str, tuple[Figure, ...]]:
    """Return the figures of each asset by its key.

    Args:
        draft: The campaign being measured.
        assets: Key, title, time and platform of each; one without a time has no talk around it.
    """
    talks: tuple[Talk, ...] = draft.once("talks", lambda: talk(draft))
    under = {row["node_id"]: row["n"] for row in draft.run("comments_by_node")}
    works = draft.run("node_metrics")
    return {
        asset[0]: (*_around(draft, talks, asset), *_counted(draft, under, works, asset[0], asset[1]))
        for asset in assets
    }


def _around(draft: Draft, talks: Sequence[Talk], asset: Place) -> tuple[Figure, ...]:
    key, title, at, platform = asset
    heard = [one for one in talks if one.series is not None and platform in {None, one.platform}]
    if at is None or not heard or heard[0].series is None:
        return ()
    series, where = heard[0].series, heard[0].platform
    bins = HOURS if series.step == HOUR else DAYS
    first = (at - series.start) // series.step
    evidence = _rows(where, series.start + first * series.step, series.step, bins)
    quantity: Quantity = Unknown("window_cut", METHOD, "ratio", 0)
    if first - bins >= 0 and first + bins <= len(series):
        values = series.values
        quantity = lift(values[first - bins : first].tolist(), values[first : first + bins].tolist())
    return (
        draft.figure(
            f"assets.lift.{part(key)}",
            "asset_lift" if series.step == HOUR else "asset_lift_days",
            quantity,
            evidence,
            {"title": title or key, "platform": where},
        ),
    )


def _rows(platform: str, at: datetime, step: timedelta, bins: int) -> Evidence:
    span: dict[str, Scalar]
    if step == HOUR:
        span = {"hour_from": iso(at - bins * HOUR), "hour_to": iso(at + bins * HOUR)}
    else:
        first, last = ((at + shift).astimezone(CHINA).date() for shift in (-bins * DAY, (bins - 1) * DAY))
        span = {"day_from": first.isoformat(), "day_to": last.isoformat()}
    return Evidence("rows.comments", {"platform": platform, **span})


def _counted(
    draft: Draft, under: dict[str, int], works: Sequence[dict[str, Any]], key: str, title: str
) -> tuple[Figure, ...]:
    slots = {"title": title or key}
    made = []
    if under.get(key):
        count = Estimate.count(under[key], unit="comments", method="count of distinct ids", n=under[key])
        rows = Evidence("rows.comments", {"node_id": key})
        made.append(draft.figure(f"assets.comments.{part(key)}", "asset_comments", count, rows, slots))
    for metric in METRICS:
        exact = [
            row
            for row in works
            if (row["metric"], row["kind"]) == (metric, "cumulative")
            and row["value"] is not None
            and row["censored"] is None
        ]
        latest, asked = _latest(exact, key, title)
        if latest:
            total = sum(latest)
            made.append(
                draft.figure(
                    f"assets.{metric}.{part(key)}",
                    f"asset_{metric}",
                    Estimate(total, total, total, 1.0, metric, LATEST, len(latest)),
                    Evidence("rows.observations", {**asked, "metric": metric, "kind": "cumulative"}),
                    slots,
                )
            )
    return tuple(made)


def _latest(rows: Sequence[dict[str, Any]], key: str, title: str) -> tuple[list[float], dict[str, Scalar]]:
    """Return the latest values of a node: found by its id, else by the name its account gives it."""
    ways: tuple[tuple[str, str], ...] = (("node_id", key), ("subject", key), ("subject", title))
    for column, name in ways:
        found = [float(row["value"]) for row in rows if name and row[column] == name]
        if found:
            return found, {column: name}
    return [], {}
