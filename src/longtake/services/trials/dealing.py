"""Who gets which arm, for what we serve ourselves: by lot, and the same every time."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from longtake.services.trials.book import Book
from longtake.services.trials.errors import TrialError
from longtake.trial.assignment import assign

CODE = "lt"
LETTERS = 6
MOST_UNITS = 1_000_000


@dataclass(frozen=True, slots=True)
class Link:
    """How an arm's units are told apart afterwards.

    Attributes:
        arm: The arm.
        code: Short code for a caption, a coupon or a QR.
        url: The address with the code in it; empty without an address.
    """

    arm: str
    code: str
    url: str


def dealt(book: Book, units: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the arm of each unit, in the order given; ids are not kept.

    Args:
        book: A trial that has started and whose units we assign.
        units: Ids of viewers, accounts or cells; a blank one is refused.

    Raises:
        TrialError: The trial has not started, somebody else assigns its units, or an id is blank.
    """
    if not book.salt:
        raise TrialError(
            f"{book.trial.id} has not started.",
            fix="Start it first: before that there is no lot.",
            says="trial_start_first",
            trial=book.trial.id,
        )
    if not book.trial.split or book.trial.assigned_by != "us":
        raise TrialError(
            f"{book.trial.id} deals no units: they are assigned elsewhere.",
            fix="Only a split by us is dealt here.",
            says="trial_deals_none",
            trial=book.trial.id,
        )
    if len(units) > MOST_UNITS or any(not unit.strip() for unit in units):
        raise TrialError(
            f"{len(units)} ids, or a blank one.",
            fix=f"Give at most {MOST_UNITS} ids, one a line.",
            says="trial_blank_unit",
        )
    weights = {arm.name: share for arm, share in zip(book.trial.arms, book.trial.shares, strict=True)}
    salt = book.salt
    if book.weights:
        weights, salt = dict(book.weights[-1][1]), f"{salt}/{len(book.weights)}"
    return tuple((unit, assign(unit, salt=salt, weights=weights)) for unit in units)


def links(book: Book, address: str = "") -> tuple[Link, ...]:
    """Return a code, and a link where an address is given, for each arm.

    Raises:
        TrialError: The trial has not started, or the address is none.
    """
    if not book.salt:
        raise TrialError(
            f"{book.trial.id} has not started.",
            fix="Start it first.",
            says="trial_start_first",
            trial=book.trial.id,
        )
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise TrialError(f"{address[:80]!r} is no address.", fix="Write https://….", says="trial_no_address")
    out = []
    for arm in book.trial.arms:
        code = code_of(book.salt, arm.name)
        query = urlencode([*((k, v) for k, v in parse_qsl(parts.query) if k != CODE), (CODE, code)])
        url = urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment)) if address else ""
        out.append(Link(arm.name, code, url))
    return tuple(out)


def code_of(salt: str, arm: str) -> str:
    """Return the short code of an arm: letters and digits that nobody confuses.

    Examples:
        >>> code_of("salt", "A") == code_of("salt", "A") != code_of("salt", "B")
        True
    """
    digest = hashlib.sha256(f"{salt}\x1fcode\x1f{arm}".encode()).digest()
    # Base 32 has neither 0 nor 1 nor 8 nor 9, so that no code is misread.
    return base64.b32encode(digest).decode()[:LETTERS]
