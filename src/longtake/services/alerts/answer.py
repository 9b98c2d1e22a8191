"""Take down what a person decided."""

from __future__ import annotations

from datetime import UTC, datetime

from longtake.errors import LongtakeError, NotFoundError
from longtake.services.alerts.book import Alert, alone, load, save
from longtake.services.worded import WordedError
from longtake.services.workspace import Workspace

CHOICES = ("A", "B")


def answer(workspace: Workspace, key: str, choice: str, *, now: datetime) -> Alert:
    """Write down the answer to an alert; it can be given once.

    Args:
        workspace: Whose.
        key: The alert's id.
        choice: A or B.
        now: Aware.

    Raises:
        NotFoundError: There is no such alert.
        LongtakeError: The answer is neither A nor B, or was given already.
        AlertsBusyError: Another run is at it.
    """
    if choice.upper() not in CHOICES:
        raise LongtakeError(f"{choice!r} is no answer.", fix="Say A or B.")
    with alone(workspace):
        book = load(workspace)
        found = next((alert for alert in book.alerts if alert.key == key), None)
        if found is None:
            open_ones = tuple(alert.key for alert in book.alerts if not alert.answer)
            raise NotFoundError("alert", key, known=open_ones, fix="Run `longtake alerts list`.")
        if found.answer:
            raise WordedError(
                f"{key} was answered on {found.answered_at}: {found.answer}.",
                fix="A decision is taken once.",
                says="alert_answered",
                answer=found.answer,
            )
        found.answer = found.answers[CHOICES.index(choice.upper())]
        found.answered_at = now.astimezone(UTC).isoformat(timespec="seconds")
        save(workspace, book)
    return found
