"""The record of acts."""

from __future__ import annotations

from typing import Any

from longtake.records.models import Act


def note(what: str, *, person: Any, campaign: str = "", **detail: Any) -> None:
    """Write down who did what; details hold no secrets."""
    who = person if person is not None and person.is_authenticated else None
    Act.objects.create(what=what, person=who, campaign=campaign, detail=detail)
