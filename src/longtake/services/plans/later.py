"""Acts that measure a whole campaign, asked for in plain values: a page hands them to the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from longtake.locale import LANGUAGES, catalogue
from longtake.services.plans.designs import Asked
from longtake.services.plans.running.adopt import adopt
from longtake.services.plans.running.desk import Desk
from longtake.services.plans.running.lock import lock, locking, mark
from longtake.services.plans.said import locking_said

ACTS = ("adopt", "power", "lock")


def asked_values(asked: Asked) -> dict[str, Any]:
    """Return what was asked at a lock as JSON values.

    Examples:
        >>> one = Asked(date(2026, 1, 8), draw=3)
        >>> asked_of(asked_values(one)) == one
        True
    """
    return {**asdict(asked), "begins": asked.begins.isoformat()}


def asked_of(values: Mapping[str, Any]) -> Asked:
    """Return what was asked, from JSON values."""
    return Asked(
        begins=date.fromisoformat(values["begins"]),
        extensions=int(values["extensions"]),
        rule=str(values["rule"]),
        cities=tuple(values["cities"]),
        draw=int(values["draw"]),
        without=tuple(values["without"]),
        trial=str(values["trial"]),
    )


def do(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out an act and return what a page shows of it, as JSON values.

    Args:
        desk: The campaign.
        given: ``act`` and what it needs: ``lang``; or ``stage``, ``asked`` and ``seen``.

    Raises:
        PlanActError: The act is not possible as things stand.
        LongtakeError: What it needs cannot be had.
        ValueError: There is no such act.
    """
    act = given["act"]
    if act == "adopt":
        return {"act": act, "stages": len(adopt(desk, lang=given["lang"]).lives)}
    if act not in ACTS:
        raise ValueError(f"act is {act!r}")
    stage, asked = str(given["stage"]), asked_of(given["asked"])
    if act == "lock":
        return {"act": act, "digest": lock(desk, stage, asked, seen=str(given["seen"])).versions[-1].digest}
    found = locking(desk, stage, asked)
    return {
        "act": act,
        "power": found.registration.power,
        "evidence": found.registration.evidence,
        "enough": found.enough,
        "digest": found.digest,
        "seen": mark(found),
        "lines": {lang: list(locking_said(found, catalogue(lang))) for lang in LANGUAGES},
    }
