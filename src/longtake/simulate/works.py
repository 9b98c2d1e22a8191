"""What the makers see in their back office: counts of a topic by the hour, of works by the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.observation import Observation
from longtake.domain.timed.moment import Precision

Ints = NDArray[np.int64]
RATES = {"likes": 0.031, "comments": 0.0042, "shares": 0.0058, "favourites": 0.009}


def topic_counts(
    rng: np.random.Generator, *, topic: str, start: datetime, counts: Ints, outages: Mapping[int, int]
) -> list[Observation]:
    """Return discussions and reads of a Weibo topic in each hour, outages left out.

    Args:
        rng: Source of chance.
        topic: Its name.
        start: First hour, aware.
        counts: Discussions in each hour, shape (n,).
        outages: First hour and length of spans in which nobody noted anything.
    """
    silent = {hour for first, length in outages.items() for hour in range(first, first + length)}
    reads = np.round(counts * 140 * np.exp(rng.normal(0.0, 0.12, counts.size))).astype(np.int64)
    out: list[Observation] = []
    for hour, (said, read) in enumerate(zip(counts.tolist(), reads.tolist(), strict=True)):
        if hour in silent:
            continue
        at = (start + timedelta(hours=hour)).astimezone(UTC)
        for metric, value in (("discussions", said), ("reads", read)):
            out.append(
                Observation(
                    subject=topic,
                    subject_kind="topic",
                    platform="weibo",
                    metric=metric,
                    value=float(value),
                    kind="increment",
                    source_line=len(out) + 1,
                    at=at,
                    at_end=at + timedelta(hours=1),
                    at_precision=Precision.HOUR,
                )
            )
    return out


def work_counts(
    rng: np.random.Generator, *, work: str, platform: str, start: datetime, published: int, counts: Ints
) -> list[Observation]:
    """Return cumulative plays, likes, comments, shares and favourites of a work at each midnight.

    Args:
        rng: Source of chance.
        work: Its title.
        platform: Where it is.
        start: First hour, aware, at midnight.
        published: Hour in which it went out.
        counts: Activity on the platform in each hour, shape (n,).
    """
    plays = np.cumsum(np.where(np.arange(counts.size) >= published, counts, 0)) * 190
    rates = {metric: rate * float(np.exp(rng.normal(0.0, 0.2))) for metric, rate in RATES.items()}
    out: list[Observation] = []
    for hour in range(24, counts.size + 1, 24):
        if hour <= published:
            continue
        at = (start + timedelta(hours=hour)).astimezone(UTC)
        total = int(plays[hour - 1])
        for metric, rate in {"plays": 1.0, **rates}.items():
            out.append(
                Observation(
                    subject=work,
                    subject_kind="node",
                    platform=platform,
                    metric=metric,
                    value=float(round(total * rate)),
                    kind="cumulative",
                    source_line=len(out) + 1,
                    at=at,
                    at_end=at + timedelta(minutes=1),
                    at_precision=Precision.MINUTE,
                    subject_at=(start + timedelta(hours=published)).astimezone(UTC),
                )
            )
    return out
