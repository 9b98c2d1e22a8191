"""Whether those who like it pass it on."""

from __future__ import annotations

from typing import Any

import numpy as np

from longtake.diagnosis.playbook.reference import references
from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import METHOD, share
from longtake.heat.measures.shortfall import shortfall
from longtake.language import polarity_class
from longtake.services.reports.draft import JOIN, Draft

ON = {("share", "recommend"), ("share", "bring"), ("summary", "would_share")}
MAKERS = frozenset({"official", "kol"})
LEAST = 20
PASSED = Evidence("rows.labels", {"label": "share", "values": JOIN.join(("recommend", "bring"))})


def audience(draft: Draft) -> list[dict[str, Any]]:
    """Return the comments of people who are neither the campaign's own accounts nor opinion leaders."""
    found: list[dict[str, Any]] = draft.once(
        "audience", lambda: [row for row in draft.run("spoken") if row["author_kind"] not in MAKERS]
    )
    return found


def passed_on(draft: Draft) -> Figure:
    """Return the share of favourable comments that recommend it, bring somebody or would pass it on."""
    return draft.figure("interaction.pass_on", "pass_on", _rate(draft), PASSED)


def few_shares(draft: Draft) -> Figure:
    """Return how far that share stays behind what is usual."""
    quantity = shortfall(_rate(draft), references()["pass_on"].value)
    return draft.figure("interaction.few_shares", "few_shares", quantity, PASSED)


def _rate(draft: Draft) -> Quantity:
    found: Quantity = draft.once("pass_on", lambda: _counted(draft))
    return found


def liked(draft: Draft) -> set[tuple[str, str]]:
    """Return platform and id of the audience's favourable comments."""
    found: set[tuple[str, str]] = draft.once("liked", lambda: _liked(draft))
    return found


def _liked(draft: Draft) -> set[tuple[str, str]]:
    rows = [row for row in audience(draft) if row["score_e4"] is not None]
    if not rows:
        return set()
    classes = polarity_class(np.array([row["score_e4"] for row in rows]) / 10_000)
    return {(row["platform"], row["comment_id"]) for row, c in zip(rows, classes, strict=True) if c == "pos"}


def passing(draft: Draft) -> set[tuple[str, str]]:
    """Return platform and id of the comments that recommend it, bring somebody or would pass it on."""
    keys = draft.run("label_keys", labels=JOIN.join(("share", "summary")))
    return {(row["platform"], row["comment_id"]) for row in keys if (row["label"], row["value"]) in ON}


def _counted(draft: Draft) -> Quantity:
    if not any(row["score_e4"] is not None for row in audience(draft)):
        return Unknown("no_rows", METHOD, "share", 0, LEAST)
    liking = liked(draft)
    if len(liking) < LEAST:
        return Unknown("too_few_rows", METHOD, "share", len(liking), LEAST)
    return share(len(liking & passing(draft)), len(liking))
