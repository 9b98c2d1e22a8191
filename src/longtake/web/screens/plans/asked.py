"""What a person asked for at a lock, from a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from longtake.domain.running.life import Life
from longtake.services.plans.designs import Asked
from longtake.services.plans.errors import PlanActError

SPLIT = re.compile(r"[,，、;；\s]+")
RULES = ("auto", "slump", "day")


def day_of(text: str) -> date | None:
    """Return a day such as 2026-11-21; None for nothing.

    Raises:
        PlanActError: It is no day.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise PlanActError(f"{text[:20]!r} is no day.", fix="Write 2026-11-21.", says="bad_value") from None


def whole_number(text: str, *, most: int) -> int:
    """Return a whole number from a form, 0 for nothing.

    Raises:
        PlanActError: It is none, or too large.
    """
    text = text.strip() or "0"
    if not text.isdecimal() or len(text) > 6 or int(text) > most:
        raise PlanActError(f"{text[:20]!r}.", fix=f"0 to {most}.", says="bad_number", given=text[:20])
    return int(text)


def asked_of(given: Mapping[str, str], life: Life) -> Asked:
    """Return what a form asks for.

    Raises:
        PlanActError: A value cannot be used, or no first day is known.
    """
    begins = day_of(given.get("begins", "")) or life.begins
    if begins is None:
        raise PlanActError("No first day.", fix="Give the first day.", says="bad_value")
    rule = given.get("rule", "auto")
    return Asked(
        begins=begins,
        extensions=whole_number(given.get("extensions", "1"), most=3),
        rule=rule if rule in RULES else "auto",
        cities=tuple(one for one in SPLIT.split(given.get("cities", "")[:2000]) if one),
        draw=whole_number(given.get("draw", ""), most=999),
        trial=given.get("trial", "").strip()[:64],
    )
