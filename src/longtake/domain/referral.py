"""One use of an invitation: who came, and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from longtake.domain.timed.moment import Precision


@dataclass(frozen=True, slots=True)
class Referral:
    """One invitation code and what became of it, identified by its code and person.

    Codes and people are keyed pseudonyms: nobody can read them, equal ones are equal.

    Attributes:
        code: The code that was used; None where the file knows people alone.
        person: Who used it; None where the file knows codes alone.
        inviter_code: The code of whoever invited; None when the file does not tell.
        inviter: Whoever invited, as a person; None when the file does not tell.
        source_line: 1-based line or record number in the source file.
        used_at: First instant at which it may have been used, aware UTC; None where it was not used or the
            time is unknown.
        used_end: First instant that is too late, aware UTC.
        used_precision: How finely the source told the time.
        used: Whether it was used; an invitation nobody took up is no person.
        channel: Where the invitation was passed on, in the file's own word.
        arm: Arm of a trial the invitation belonged to.
        observed_at: When the file was taken, aware UTC.
    """

    code: str | None
    person: str | None
    inviter_code: str | None
    inviter: str | None
    source_line: int
    used_at: datetime | None = None
    used_end: datetime | None = None
    used_precision: Precision = Precision.UNKNOWN
    used: bool = True
    channel: str | None = None
    arm: str | None = None
    observed_at: datetime | None = None
