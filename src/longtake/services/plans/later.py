"""Acts that measure a whole campaign, asked for in plain values: a page hands them to the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from longtake.locale import LANGUAGES, catalogue
from longtake.services.plans.after.remember import remember
from longtake.services.plans.designs import Asked
from longtake.services.plans.running.adopt import adopt
from longtake.services.plans.running.desk import Desk
from longtake.services.plans.running.judge import judge, stop
from longtake.services.plans.running.lock import lock, locking, mark
from longtake.services.plans.running.look import look
from longtake.services.plans.running.start import start
from longtake.services.plans.said import locking_said

ACTS = ("adopt", "power", "lock", "start", "look", "judge", "stop", "remember")


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
        given: ``act`` and what it needs: ``lang``, and ``cause`` where a person names one (adopt); ``after``,
            days (remember); else ``stage``, and ``asked`` (power), with ``seen`` (lock); ``on``, a day or
            nothing, ``anyway`` and ``confirmed`` (start); ``why`` and ``confirmed`` (stop, by its rule).

    Raises:
        PlanActError: The act is not possible as things stand.
        LongtakeError: What it needs cannot be had.
        ValueError: There is no such act.
    """
    act = given["act"]
    if act not in ACTS:
        raise ValueError(f"act is {act!r}")
    if act == "adopt":
        causes = (str(given["cause"]),) if given.get("cause") else ()
        return {"act": act, "stages": len(adopt(desk, lang=given["lang"], causes=causes).lives)}
    if act == "remember":
        remember(desk, int(given["after"]))
        return {"act": act}
    if act not in {"power", "lock"}:
        return {"act": act, "state": _moved(desk, act, str(given["stage"]), given)}
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


def _moved(desk: Desk, act: str, stage: str, given: Mapping[str, Any]) -> str:
    """Start, look at, judge or stop a stage by its rule, and return the state it is then in."""
    confirmed = bool(given.get("confirmed"))
    if act == "start":
        on = date.fromisoformat(given["on"]) if given.get("on") else None
        start(desk, stage, on=on, anyway=str(given.get("anyway", "")), confirmed=confirmed)
    elif act == "stop":
        stop(desk, stage, str(given.get("why", "")), by_rule=True, confirmed=confirmed)
    elif act == "judge":
        judge(desk, stage)
    else:
        look(desk, stage)
    return desk.life(stage).state
