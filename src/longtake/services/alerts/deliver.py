"""Send what waits in the outbox: at least once, each attempt written down before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from longtake.errors import LongtakeError, NotFoundError
from longtake.locale import catalogue
from longtake.services.alerts.book import Way, alone, load, save
from longtake.services.alerts.channels import send
from longtake.services.alerts.settings import AlertSettings, Channel, read
from longtake.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message through one channel.

    Attributes:
        key: The alert's id.
        channel: The channel's name.
        error: Why it was not taken; None when it was.
    """

    key: str
    channel: str
    error: LongtakeError | None


def deliver(workspace: Workspace, *, environ: Mapping[str, str] | None = None) -> tuple[Delivery, ...]:
    """Send every message that no channel has taken yet.

    A run that is killed between the service's answer and its own note cannot know whether the message
    arrived. It is sent again under the same id, and says that it may be a copy.

    Args:
        workspace: Whose outbox.
        environ: The operator's settings; the process's own when None.

    Returns:
        What became of each message, in the order they were found.

    Raises:
        AlertFileError: ``alerts.toml`` cannot be used.
        AlertsBusyError: Another run is at it.
    """
    settings = read(workspace, environ)
    done = []
    with alone(workspace):
        book = load(workspace)
        for alert in book.alerts:
            if not alert.ways:
                # Found before anybody had named a channel: it waits for the first one.
                alert.ways = {name: Way() for name in settings.channels}
            for name in alert.waits:
                way = alert.ways[name]
                body = alert.body
                if way.open:
                    body = f"{catalogue(settings.lang).say('alert.copy', id=alert.key)}\n{body}"
                way.attempts, way.open = way.attempts + 1, True
                save(workspace, book)
                error: LongtakeError | None = None
                try:
                    send(_named(settings, name), alert.title, body, alert.key, environ=environ)
                except LongtakeError as found:
                    error = found
                way.open, way.sent = False, error is None
                way.failed, way.code = ("", "") if error is None else (str(error), error.code)
                save(workspace, book)
                done.append(Delivery(alert.key, name, error))
    return tuple(done)


def trial(
    workspace: Workspace, channel: str | None = None, *, environ: Mapping[str, str] | None = None
) -> tuple[Delivery, ...]:
    """Send a message that says it is a trial through one channel, or through all.

    Raises:
        AlertFileError: ``alerts.toml`` cannot be used.
        NotFoundError: There is no such channel.
    """
    settings = read(workspace, environ)
    words = catalogue(settings.lang)
    names = tuple(settings.channels) if channel is None else (channel,)
    chosen = [_named(settings, name) for name in names]
    done = []
    for one in chosen:
        error: LongtakeError | None = None
        try:
            said = words.say("alert.trial", channel=one.name)
            send(one, words.say("alert.trial_title"), said, "trial", environ=environ)
        except LongtakeError as found:
            error = found
        done.append(Delivery("trial", one.name, error))
    return tuple(done)


def _named(settings: AlertSettings, name: str) -> Channel:
    if name not in settings.channels:
        raise NotFoundError("channel", name, known=tuple(settings.channels), fix="See alerts.toml.")
    return settings.channels[name]
