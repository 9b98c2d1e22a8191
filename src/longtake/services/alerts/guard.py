"""Watches every socket a channel opens: names and addresses are judged before a byte leaves.

Channels are other people's code, with hosts of their own, redirects and look-ups. So the rule does not stand
in front of them but below: an audit hook (PEP 578) sees each look-up and each connection of the thread that
sends. An address is judged when it is connected to: a name that changes its address in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from longtake.services.alerts.errors import ChannelAddressError
from longtake.services.models.wire.address import HOST_NAME, LIKE_A_NUMBER, never, public

ALLOWED = "LONGTAKE_ALERT_ALLOW_HOST"
"""Names of inside addresses that the operator lets channels reach, comma-separated."""

_NAME_IT = f"If alerts may go there, the operator adds exactly {{}} to {ALLOWED}."
_PLAIN = "Write the host's plain name or its plainly written address."


@dataclass(frozen=True, slots=True)
class Gate:
    """What one message may reach.

    Attributes:
        allowed: Inside addresses the operator named.
        sealed: Whether the line is encrypted.
    """

    allowed: frozenset[str]
    sealed: bool

    def look_up(self, host: object) -> None:
        """Refuse a second spelling of an address before it is looked up.

        Raises:
            ChannelAddressError: It is neither a plain name nor a plainly written address.
        """
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
        try:
            plain = str(ipaddress.ip_address(name)) == name
        except ValueError:
            low = name.lower().rstrip(".")
            plain = ":" not in low and not LIKE_A_NUMBER.fullmatch(low) and bool(HOST_NAME.fullmatch(low))
        if not plain:
            raise ChannelAddressError(_shown(name), "is no plain name of a host", fix=_PLAIN)

    def connect(self, target: object) -> None:
        """Refuse an address that is nobody's, inside and not named, or public over an open line.

        Raises:
            ChannelAddressError: It is one of these, or no internet address at all.
        """
        if not isinstance(target, tuple) or not target:
            raise ChannelAddressError("a local socket", "is no server on the net", fix=_PLAIN)
        text = str(target[0])
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            # A name here would be looked up below us, where nobody could see its address.
            raise ChannelAddressError(_shown(text), "was not looked up first", fix=_PLAIN) from None
        if never(address):
            raise ChannelAddressError(text, "is no server of anybody's", fix=_PLAIN)
        if not public(address) and text not in self.allowed:
            raise ChannelAddressError(text, "is inside and was not named", fix=_NAME_IT.format(text))
        if public(address) and not self.sealed:
            raise ChannelAddressError(
                text,
                "is on the public net and would be reached in the clear",
                fix="Use jsons:// or mailtos://.",
            )


_GATE: ContextVar[Gate | None] = ContextVar("longtake_alert_gate", default=None)


@contextmanager
def guarded(gate: Gate) -> Iterator[None]:
    """Let this thread look up and connect only as a gate allows.

    Raises:
        ChannelAddressError: Out of the call that would have opened the socket.
    """
    _watch()
    token = _GATE.set(gate)
    try:
        yield
    finally:
        _GATE.reset(token)


@cache
def _watch() -> None:
    """Add the hook, once a process: Python has no way to take one back."""
    sys.addaudithook(_judge)


def _judge(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    gate = _GATE.get()
    if gate is None:
        return
    if event == "socket.getaddrinfo":
        gate.look_up(arguments[0])
    elif event in {"socket.connect", "socket.sendto"}:
        gate.connect(arguments[1])


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:80] or "an empty name"
