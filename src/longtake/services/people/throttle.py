"""Slow down guessing of passwords."""

from __future__ import annotations

from datetime import datetime, timedelta

from longtake.errors import LongtakeError

WINDOW = timedelta(minutes=15)
MOST_OF_NAME = 8
MOST_OF_ADDRESS = 40


class TooManyAttemptsError(LongtakeError):
    """Sign-in is closed for a while, for one name or one address."""

    code = "too_many_attempts"


def check(name: str, address: str, now: datetime) -> None:
    """Refuse when a name or an address has failed too often in the last quarter of an hour.

    Raises:
        TooManyAttemptsError: It has.
    """
    from longtake.records.models import Attempt  # noqa: PLC0415 -- app ready

    recent = Attempt.objects.filter(at__gt=now - WINDOW)
    if (
        recent.filter(name=_folded(name)).count() >= MOST_OF_NAME
        or recent.filter(address=address).count() >= MOST_OF_ADDRESS
    ):
        raise TooManyAttemptsError("Too many attempts.", fix="Wait a quarter of an hour.")


def failed(name: str, address: str, now: datetime) -> None:
    """Remember a failed sign-in; old ones are forgotten."""
    from longtake.records.models import Attempt  # noqa: PLC0415 -- app ready

    Attempt.objects.filter(at__lt=now - WINDOW).delete()
    Attempt.objects.create(name=_folded(name), address=address[:64])


def passed(name: str) -> None:
    """Forget the failures of a name that signed in."""
    from longtake.records.models import Attempt  # noqa: PLC0415 -- app ready

    Attempt.objects.filter(name=_folded(name)).delete()


def _folded(name: str) -> str:
    return name.strip().casefold()[:150]
