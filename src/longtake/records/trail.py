"""The record of acts."""

from __future__ import annotations

from typing import Any

from longtake.records.models import Act, Person

NOBODY = 0
"""Stands for acts without an account: the product's own, or of an account that is gone."""


def note(what: str, *, person: Any, campaign: str = "", **detail: Any) -> None:
    """Write down who did what; details hold no secrets."""
    who = person if person is not None and person.is_authenticated else None
    Act.objects.create(what=what, person=who, campaign=campaign, detail=detail)


def entries(campaign: str | None, *, who: int | None = None, what: str = "") -> Any:
    """Return the entries of a campaign, the newest first.

    Args:
        campaign: Whose; None for all of the workspace, signing in included.
        who: Key of a person, ``NOBODY`` for entries without an account; None for everybody.
        what: Word of the act; empty for every act.
    """
    found = Act.objects.select_related("person")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if who is not None:
        found = found.filter(person=who or None)
    return found.filter(what=what) if what else found


def people(campaign: str | None) -> list[Any]:
    """Return who stands in a campaign's record, by sign-in name; None last for entries without account."""
    keys = set(entries(campaign).order_by().values_list("person", flat=True).distinct())
    found: list[Any] = list(Person.objects.filter(pk__in=keys - {None}).order_by("username"))
    return [*found, None] if None in keys else found


def kinds(campaign: str | None) -> list[str]:
    """Return the words of the acts that stand in the record of a campaign, sorted."""
    return sorted(entries(campaign).order_by().values_list("what", flat=True).distinct())
