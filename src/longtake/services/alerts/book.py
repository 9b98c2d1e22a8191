"""What was found, what is still to be sent, what was answered: one file, changed in one step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from longtake.errors import LongtakeError
from longtake.services.alerts.errors import AlertsBusyError
from longtake.services.workspace import Workspace, write_whole
from longtake.store.durable.lock import CampaignLock, LakeBusyError

FOLDER, FILE, LOCK = "alerts", "book.json", "lock"
WAIT_SECONDS = 2.0


@dataclass(slots=True)
class Way:
    """One message on its way through one channel.

    Attributes:
        attempts: How often it was tried.
        open: Whether an attempt began of which nobody knows how it ended.
        sent: Whether the service took it.
        failed: What went wrong last; empty when nothing did.
        code: Kind of what went wrong, a code of ``errors``; empty when nothing did.
    """

    attempts: int = 0
    open: bool = False
    sent: bool = False
    failed: str = ""
    code: str = ""


@dataclass(slots=True)
class Alert:
    """One decision that is asked for.

    Attributes:
        key: Its id, the same for the same occasion.
        campaign: The campaign's id.
        rule: The rule's name.
        title: First line.
        body: The rest.
        answers: The two answers.
        at: When it was found, ISO 8601 in UTC.
        ways: By name of the channel.
        answer: The answer given; empty while there is none.
        answered_at: When, ISO 8601 in UTC.
    """

    key: str
    campaign: str
    rule: str
    title: str
    body: str
    answers: tuple[str, str]
    at: str
    ways: dict[str, Way]
    answer: str = ""
    answered_at: str = ""

    @property
    def waits(self) -> tuple[str, ...]:
        """Names of the channels it has not gone through."""
        return tuple(name for name, way in self.ways.items() if not way.sent)


@dataclass(slots=True)
class State:
    """Where one rule stands on one subject.

    Attributes:
        raised: Whether it is raised.
        mark: Which occasion raised it.
        times: How many occasions there were.
    """

    raised: bool = False
    mark: str = ""
    times: int = 0


class BookError(LongtakeError):
    """The file of alerts is damaged."""

    code = "alert_book"


@dataclass(slots=True)
class Book:
    """All states and alerts of a workspace.

    Attributes:
        states: By campaign, rule and subject.
        alerts: In the order they were found.
    """

    states: dict[str, State] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)

    def raised(self, campaign: str, rule: str) -> frozenset[str]:
        """Return the subjects for which a rule is raised."""
        start = _place(campaign, rule, "")
        return frozenset(
            name.removeprefix(start)
            for name, state in self.states.items()
            if name.startswith(start) and state.raised
        )

    def change(self, campaign: str, rule: str, subject: str, *, raised: bool, mark: str) -> str:
        """Take a finding over; return the key of a new alert, empty when the state is the one it was."""
        state = self.states.setdefault(_place(campaign, rule, subject), State())
        fresh = raised and (not state.raised or state.mark != mark)
        state.raised, state.mark = raised, mark if raised else ""
        if not fresh:
            return ""
        state.times += 1
        told = "\x1f".join((campaign, rule, subject, mark, str(state.times)))
        return blake2b(told.encode(), digest_size=6).hexdigest()


def load(workspace: Workspace) -> Book:
    """Return the book of a workspace; an empty one when nothing was found yet.

    Raises:
        BookError: The file is damaged.
    """
    path = workspace.root / FOLDER / FILE
    try:
        found = json.loads(path.read_text("utf-8"))
        states = {name: State(**state) for name, state in found["states"].items()}
        alerts = [_alert(value) for value in found["alerts"]]
    except FileNotFoundError:
        return Book()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BookError(
            f"{path} cannot be read ({type(error).__name__}).",
            fix="Restore it from a backup; without it every state counts as new.",
        ) from None
    return Book(states, alerts)


def save(workspace: Workspace, book: Book) -> None:
    """Write the book in one step: after a crash there is the old one or the new one, never a part."""
    value = {
        "alerts": [asdict(alert) for alert in book.alerts],
        "states": {name: asdict(state) for name, state in sorted(book.states.items())},
    }
    text = json.dumps(value, ensure_ascii=False, indent=1)
    write_whole(workspace.root / FOLDER / FILE, text.encode())


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Be the only run that changes the book; the lock goes with the process.

    Raises:
        AlertsBusyError: Another run is at it.
    """
    lock = CampaignLock(workspace.root / FOLDER / LOCK, "alerts")
    try:
        lock.acquire(wait_seconds=WAIT_SECONDS)
    except LakeBusyError:
        raise AlertsBusyError from None
    try:
        yield
    finally:
        lock.release()


def _alert(value: dict[str, Any]) -> Alert:
    ways = {name: Way(**way) for name, way in value["ways"].items()}
    first, second = value["answers"]
    return Alert(**{**value, "ways": ways, "answers": (first, second)})


def _place(campaign: str, rule: str, subject: str) -> str:
    return "\x1f".join((campaign, rule, subject))
