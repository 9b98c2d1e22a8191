"""A message through one channel, by Apprise, over lines that the guard watches."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from typing import Any

from longtake.errors import LongtakeError
from longtake.services.alerts.guard import ALLOWED, Gate, guarded
from longtake.services.alerts.robots import ready
from longtake.services.alerts.settings import Channel

STATUS = re.compile(r"error=(-?\d{3,6})\b")
ID_HEADER = "Idempotency-Key"
WITH_HEADERS = frozenset({"json", "jsons", "mailto", "mailtos"})
OPEN_MAIL = "insecure"


class ChannelError(LongtakeError):
    """A service did not take a message.

    Attributes:
        channel: Name of the channel.
        reason: What is known about it, without the channel's address.
    """

    code = "channel"

    def __init__(self, channel: str, reason: str, *, fix: str) -> None:
        super().__init__(f"The channel {channel} {reason}.", fix=fix)
        self.channel, self.reason = channel, reason


def send(
    channel: Channel, title: str, body: str, key: str, *, environ: Mapping[str, str] | None = None
) -> None:
    """Send one message; nothing is followed, and certificates are checked whatever the address says.

    Args:
        channel: Where to.
        title: First line.
        body: Plain text.
        key: Id of the message, sent as a header where the service has headers.
        environ: The operator's settings; the process's own when None.

    Raises:
        ChannelAddressError: The channel leads where nothing may be sent.
        ChannelError: Its address is not one of the service, or the service did not take the message.
    """
    from apprise import NotifyFormat, NotifyType  # noqa: PLC0415 -- slow import

    env = os.environ if environ is None else environ
    allowed = frozenset(part.strip() for part in env.get(ALLOWED, "").split(",") if part.strip())
    with _Overheard() as heard:
        plugin = opened(channel)
        if channel.scheme in WITH_HEADERS:
            plugin.headers[ID_HEADER] = key
        with guarded(Gate(allowed, sealed=sealed(channel, plugin))):
            taken = plugin.notify(
                body=body, title=title, notify_type=NotifyType.WARNING, body_format=NotifyFormat.TEXT
            )
    if not taken:
        said = f"answered {heard.status}" if heard.status else "refused the message or could not be reached"
        raise ChannelError(channel.name, said, fix="It stays in the outbox; see `longtake alerts test`.")


def opened(channel: Channel) -> Any:
    """Return the Apprise plugin of a channel, set so that it follows nothing and styles nothing.

    Raises:
        ChannelError: The address is not one of the service.
    """
    from apprise import Apprise, AppriseAsset, NotifyFormat  # noqa: PLC0415 -- slow import

    asset = AppriseAsset(
        app_id="Longtake", app_desc="Longtake 长镜头", app_url="", http_redirects=False, secure_logging=True
    )
    plugin: Any = Apprise.instantiate(channel.url.reveal(), asset=asset)
    if plugin is None:
        raise ChannelError(
            channel.name,
            f"has an address that is none of {channel.scheme}'s",
            fix="Copy it anew; its form stands in docs/en/reference/tell.md.",
        )
    plugin.verify_certificate, plugin.redirects = True, False
    plugin.notify_format = NotifyFormat.TEXT
    plugin.include_image = False
    plugin.request_rate_per_sec = 0
    ready(channel.scheme, plugin)
    return plugin


def sealed(channel: Channel, plugin: Any) -> bool:
    """Whether the line of a channel is encrypted."""
    if channel.scheme in {"json", "jsons"}:
        return bool(plugin.secure)
    if channel.scheme in {"mailto", "mailtos"}:
        return str(getattr(plugin.secure_mode, "value", plugin.secure_mode)) != OPEN_MAIL
    return True


class _Overheard(logging.Handler):
    """Keeps the status a service answered; the rest of what Apprise logs may quote a token: it is dropped."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status = ""
        self._log = logging.getLogger("apprise")
        # The library below writes whole addresses into its log, and in them stand the tokens.
        self._wire = logging.getLogger("urllib3.connectionpool")
        self._silent = self._wire.disabled
        self._before = (self._log.propagate, list(self._log.handlers))

    def emit(self, record: logging.LogRecord) -> None:
        """Look for a status in a record."""
        found = STATUS.search(record.getMessage())
        if found:
            self.status = found[1]

    def __enter__(self) -> _Overheard:
        """Listen, and let nobody else."""
        self._before = (self._log.propagate, list(self._log.handlers))
        self._log.propagate, self._log.handlers = False, [self]
        self._silent, self._wire.disabled = self._wire.disabled, True
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._log.propagate, self._log.handlers = self._before
        self._wire.disabled = self._silent
