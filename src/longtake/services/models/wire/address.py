"""Where comments may be sent: this machine, or what the operator named; settled before a socket opens."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from longtake.services.models.errors import ModelAddressError
from longtake.services.models.settings import ALLOWED, URL, Settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""A host name and port to numeric addresses."""

PORTS = {"http": 80, "https": 443}
LOCAL = "localhost"
METADATA = frozenset(
    ipaddress.ip_address(text)
    for text in ("169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")
)
"""Where clouds hand out credentials; refused even when named."""
# IPv6 addresses that carry an IPv4 address: one address under two names is how filters are passed by.
_CARRIERS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
    )
)
# Special by IANA's registries, global by the tables of some Python we run on.
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20", "5f00::/16", "100:0:0:1::/64")
)
_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}){0,8}/?")
HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
LIKE_A_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_WRITE = "Write it like http://127.0.0.1:8000/v1."
_NAME_IT = f"If comments may go there, add exactly {{}} to {ALLOWED}."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server whose addresses were checked; connections go to these and are never looked up again.

    Attributes:
        scheme: http or https.
        host: As written, for the Host header and the certificate.
        port: 1 to 65535.
        path: Base path, ending in ``/v1``.
        addresses: Numeric addresses, in the order to try.
    """

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def look_up(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a name, as this machine resolves it.

    Raises:
        OSError: It has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(settings: Settings, *, resolve: Resolve = look_up) -> Endpoint:
    """Return where a model's requests will go, or refuse; no socket to it is opened.

    Only http and https. The host is this machine (``localhost``, 127.0.0.0/8, ``::1``), or a name or
    address that the operator named exactly. A named host that resolves into a private network, or to this
    machine, needs that address named as well, so that whoever answers for the name cannot turn it inwards.
    Link-local, multicast and metadata addresses and every second spelling of an address are refused always.

    Args:
        settings: The model; its ``allowed`` are the operator's names.
        resolve: Looks a name up; called at most once, and not for a numeric address.

    Raises:
        ModelAddressError: The address may not be used, or the name is not known.

    Examples:
        >>> checked(Settings("http://127.0.0.1:8000"))
        Endpoint(scheme='http', host='127.0.0.1', port=8000, path='/v1', addresses=('127.0.0.1',))
    """
    parts, port = _split(settings.url)
    host = parts.hostname or ""
    path = _path(parts.path)
    literal = _literal(host)
    named = host in settings.allowed
    local = host == LOCAL or (literal is not None and literal.is_loopback)
    if not named and not local:
        raise ModelAddressError(host, "is not this machine", fix=_NAME_IT.format(host))
    found = [literal] if literal is not None else _resolved(host, port, resolve)
    for address in found:
        if not (local and address.is_loopback):
            _admit(address, settings.allowed)
    if parts.scheme == "http" and any(address.is_global for address in found):
        raise ModelAddressError(
            host, "is on the public net and would be sent comments in the clear", fix="Use https."
        )
    return Endpoint(parts.scheme, host, port, path, tuple(str(address) for address in found))


def _split(url: str) -> tuple[SplitResult, int]:
    """Return the parts of a URL that has nothing but scheme, host, port and path."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url or "%" in url:
        raise ModelAddressError("", f"in {URL} holds a character that no plain URL has", fix=_WRITE)
    try:
        parts = urlsplit(url)
        port = PORTS.get(parts.scheme, 0) if parts.port is None else parts.port
    except ValueError:
        raise ModelAddressError("", f"in {URL} cannot be read", fix=_WRITE) from None
    if parts.scheme not in PORTS:
        raise ModelAddressError("", f"in {URL} is neither http nor https", fix=_WRITE)
    if "@" in parts.netloc:
        raise ModelAddressError(
            "", f"in {URL} holds a user name", fix="Leave it out; the key goes into LONGTAKE_MODEL_KEY."
        )
    if "?" in url or "#" in url or not parts.hostname or not port or parts.netloc.endswith(":"):
        raise ModelAddressError("", f"in {URL} is more or less than host, port and path", fix=_WRITE)
    return parts, port


def _path(path: str) -> str:
    """Return the base path, ending in /v1."""
    if not _PATH.fullmatch(path):
        raise ModelAddressError("", f"in {URL} has a path that no model server has", fix=_WRITE)
    bare = path.rstrip("/")
    return bare if bare.endswith("/v1") else f"{bare}/v1"


def _literal(host: str) -> Address | None:
    """Return the address a host is, None for a name; refuse every spelling but the plain one."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if ":" in host or LIKE_A_NUMBER.fullmatch(host) or not HOST_NAME.fullmatch(host):
            raise ModelAddressError(
                "", f"in {URL} is neither a plain name nor a plainly written address", fix=_WRITE
            ) from None
        return None
    if str(address) != host:
        raise ModelAddressError("", f"in {URL} is an address in a second spelling", fix=_WRITE)
    return address


def _resolved(host: str, port: int, resolve: Resolve) -> list[Address]:
    """Look a name up once."""
    try:
        found = [ipaddress.ip_address(text) for text in dict.fromkeys(resolve(host, port))]
    except (OSError, UnicodeError):
        found = []
    except ValueError:
        raise ModelAddressError(host, "resolves to no plain address", fix="Name its address.") from None
    if not found:
        raise ModelAddressError(host, "is not known to this machine", fix="Check its spelling.")
    return found


def public(address: Address) -> bool:
    """Whether an address is on the public net, whatever the age of this Python's own tables.

    Examples:
        >>> public(ipaddress.ip_address("192.0.0.8")), public(ipaddress.ip_address("93.184.216.34"))
        (False, True)
    """
    return address.is_global and not any(
        address in network for network in _SPECIAL if network.version == address.version
    )


def never(address: Address) -> bool:
    """Whether an address is no server of anybody's, even when named.

    Link-local, multicast, reserved, metadata, and an IPv4 address inside an IPv6 one.

    Examples:
        >>> never(ipaddress.ip_address("169.254.169.254")), never(ipaddress.ip_address("10.0.0.8"))
        (True, False)
    """
    carries = address.version == 6 and any(address in network for network in _CARRIERS)
    special = address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved
    return carries or special or address in METADATA or bool(getattr(address, "scope_id", None))


def _admit(address: Address, allowed: frozenset[str]) -> None:
    """Refuse an address that is no server, or that is inside and was not named."""
    text = str(address)
    if never(address):
        raise ModelAddressError(text, "is never a model's", fix="Use the server's own address.")
    if text not in allowed and not public(address):
        raise ModelAddressError(text, "is inside and was not named", fix=_NAME_IT.format(text))
