"""Metrics of what comments say, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import numpy as np

from longtake.diagnosis.playbook.talk import words
from longtake.domain.figure import Evidence
from longtake.services.plans.daily.series import Daily, day_of, spoken_days
from longtake.services.reports.draft import JOIN, Draft
from longtake.services.reports.interaction.passing import PASSED, liked, passing
from longtake.services.reports.speech.flooded import copies, flooded

LABELS: Mapping[str, tuple[str, str]] = {
    "violated": ("expectation", "violated"),
    "recommend": ("share", "recommend"),
    "warn": ("share", "warn"),
}


def comments(draft: Draft, metric: str) -> Daily | None:
    """Return the comments of each day; days between on which nobody spoke are zeros."""
    days = spoken_days(draft)
    if days is None:
        return None
    n = tuple(days.total.get(day, 0) for day in days.days)
    values = tuple(float(one) for one in n)
    return Daily(metric, days.days[0], values, n, True, Evidence("rows.comments"))


def labelled(draft: Draft, metric: str) -> Daily | None:
    """Return the share of each day's comments that carry the label of a metric of :data:`LABELS`."""
    days = spoken_days(draft)
    if days is None:
        return None
    label, value = LABELS[metric]
    rows = draft.run("label_counts_by_day")
    found = Counter({r["day"]: int(r["n"]) for r in rows if (r["label"], r["value"]) == (label, value)})
    return days.share(metric, found, Evidence("rows.labels", {"label": label, "value": value}))


def complaints(draft: Draft, metric: str) -> Daily | None:
    """Return the share of each day's comments that complain about marketing."""
    days = spoken_days(draft)
    if days is None:
        return None
    marks = words("marketing")
    keys = {
        (row["platform"], row["comment_id"])
        for row in draft.run("label_keys", labels="aspect.promotion")
        if row["value"] == "neg"
    }
    found: Counter[date] = Counter()
    for row in draft.run("spoken"):
        said = (row["platform"], row["comment_id"]) in keys and any(mark in row["text"] for mark in marks)
        if said and (day := day_of(row)) is not None:
            found[day] += 1
    rows = {"label": "aspect.promotion", "value": "neg", "words": JOIN.join(marks)}
    return days.share(metric, found, Evidence("rows.labels", rows))


def passed_on(draft: Draft, metric: str) -> Daily | None:
    """Return the share of each day's favourable comments that pass it on."""
    days, liking = spoken_days(draft), liked(draft)
    if days is None or not liking:
        return None
    on = passing(draft)
    found: Counter[date] = Counter()
    whole: Counter[date] = Counter()
    for row in draft.run("spoken"):
        key = (row["platform"], row["comment_id"])
        if key in liking and (day := day_of(row)) is not None:
            whole[day] += 1
            found[day] += key in on
    return days.share(metric, found, PASSED, of=whole)


def floods(draft: Draft, metric: str) -> Daily | None:
    """Return, of each day's comments that say something, the share that belongs to floods of copies."""
    days, rows = spoken_days(draft), draft.run("spoken")
    if days is None:
        return None
    told = copies(draft)
    found: Counter[date] = Counter()
    whole: Counter[date] = Counter()
    for index in np.flatnonzero(told.group >= 0).tolist():
        if (day := day_of(rows[index])) is not None:
            whole[day] += 1
            found[day] += bool(told.storm[index])
    return days.share(metric, found, draft.once("flooded", lambda: flooded(draft)).whole.evidence, of=whole)
