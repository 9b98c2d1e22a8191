"""One JSON request, one JSON answer: to the checked address, bounded in bytes and time, nothing followed."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from typing import Any

from longtake.services.models.errors import ModelAnswerError, ModelUnreachableError
from longtake.services.models.settings import Secret
from longtake.services.models.wire.address import Endpoint

CHUNK = 65_536
OK, BUSY, REDIRECT, CLIENT_ERROR = 200, frozenset({408, 429, 500, 502, 503, 504}), 300, 400


class Busy(ModelUnreachableError):  # noqa: N818 -- a state of the server that passes
    """The server said to come back later.

    Attributes:
        wait_s: Seconds it asked for; None when it did not say.
    """

    def __init__(self, status: int, wait_s: float | None) -> None:
        super().__init__(f"said {status}", status=status)
        self.wait_s = wait_s


class Rejected(ModelAnswerError):  # noqa: N818 -- the server's word, not a fault of ours
    """The server does not take the request as it is.

    Attributes:
        status: HTTP status, 400 to 499.
    """

    def __init__(self, status: int) -> None:
        super().__init__(f"the server said {status}")
        self.status = status


class Line:
    """A kept-alive connection to one endpoint; used by one thread at a time.

    No proxy, no redirect, no cookie, no compression; the certificate is checked against the host's name.
    """

    def __init__(self, endpoint: Endpoint, key: Secret, timeout_s: float) -> None:
        self._endpoint, self._key, self._timeout = endpoint, key, timeout_s
        self._connection: http.client.HTTPConnection | None = None

    def post(self, path: str, body: bytes, *, most_bytes: int) -> Any:
        """Send a body and return the parsed answer.

        Args:
            path: Below the endpoint's base path, such as ``/embeddings``.
            body: JSON.
            most_bytes: A longer answer is not read to its end.

        Raises:
            Busy: The server said 408, 429 or 5xx.
            Rejected: It said another 4xx.
            ModelUnreachableError: It could not be reached, hung up, or took longer than the timeout.
            ModelAnswerError: Its answer is a redirect, compressed, too long, or no JSON.
        """
        deadline = _Deadline(self._timeout)
        try:
            raw = self._exchange(path, body, most_bytes, deadline)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if deadline.passed or isinstance(error, TimeoutError):
                raise ModelUnreachableError(f"took longer than {self._timeout:g} s") from None
            raise ModelUnreachableError(f"hung up or could not be reached ({type(error).__name__})") from None
        except (ModelUnreachableError, ModelAnswerError):
            self.close()
            raise
        finally:
            deadline.cancel()
        return parse(raw)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _exchange(self, path: str, body: bytes, most_bytes: int, deadline: _Deadline) -> bytes:
        connection = self._connection or self._open(deadline)
        self._connection = connection
        deadline.watch(connection.sock)
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "longtake",
        }
        if self._key:
            headers["Authorization"] = f"Bearer {self._key.reveal()}"
        connection.request("POST", self._endpoint.path + path, body, headers)
        answer = connection.getresponse()
        _accept(answer, most_bytes)
        pieces, size = [], 0
        while piece := answer.read1(CHUNK):
            size += len(piece)
            if size > most_bytes:
                raise ModelAnswerError(f"it is longer than {most_bytes:,} bytes")
            pieces.append(piece)
        if deadline.passed or (answer.length or 0) > 0:
            raise http.client.IncompleteRead(b"")
        # Python 3.11 leaves an answer open that was read to its end by read1, and the line could not be kept.
        answer.close()
        if answer.will_close:
            self.close()
        return b"".join(pieces)

    def _open(self, deadline: _Deadline) -> http.client.HTTPConnection:
        """Connect to the first checked address that answers."""
        there, last = self._endpoint, OSError("no address")
        for address in there.addresses:
            connection = _Pinned(there, address, deadline.left())
            try:
                connection.connect()
            except OSError as error:
                connection.close()
                last = error
                continue
            return connection
        raise last


class _Pinned(http.client.HTTPConnection):
    """A connection that goes to a numeric address, whatever the host's name resolves to by now."""

    def __init__(self, endpoint: Endpoint, address: str, timeout_s: float) -> None:
        super().__init__(endpoint.host, endpoint.port, timeout=timeout_s)
        self._address, self._tls = address, endpoint.scheme == "https"
        self.default_port = 443 if self._tls else 80

    def connect(self) -> None:
        """Open the socket, and TLS over it where the endpoint has it."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


class _Deadline:
    """Ends an exchange that drips: a socket's own timeout starts anew with every byte."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._timer: threading.Timer | None = None
        self.passed = False

    def left(self) -> float:
        """Return the seconds left, at least a thousandth."""
        return max(0.001, self._until - time.monotonic())

    def watch(self, sock: socket.socket) -> None:
        """Shut the socket down when the time is up."""

        def end() -> None:
            self.passed = True
            try:
                # Not SSLSocket's own: that one takes its state away from under the reading thread.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                return

        self._timer = threading.Timer(self.left(), end)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Let the socket live."""
        if self._timer is not None:
            self._timer.cancel()


def _accept(answer: http.client.HTTPResponse, most_bytes: int) -> None:
    """Refuse an answer by its status and headers, before its body is read."""
    if answer.status in BUSY:
        raise Busy(answer.status, _seconds(answer.headers.get("Retry-After", "")))
    if answer.status >= CLIENT_ERROR:
        raise Rejected(answer.status)
    if answer.status >= REDIRECT:
        raise ModelAnswerError("the server sends elsewhere, which is never followed")
    if answer.status != OK:
        raise ModelAnswerError(f"the server said {answer.status}")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise ModelAnswerError("it is compressed, which was not asked for")
    if answer.length is not None and answer.length > most_bytes:
        raise ModelAnswerError(f"it is longer than {most_bytes:,} bytes")


def _seconds(text: str) -> float | None:
    """Return a Retry-After in seconds; None for a date or nonsense."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def parse(raw: bytes | str) -> Any:
    """Return strict JSON: no repeated key, no NaN, no infinity.

    Raises:
        ModelAnswerError: It is none.

    Examples:
        >>> parse('{"a": 1}')
        {'a': 1}
        >>> parse('{"a": 1, "a": 2}')
        Traceback (most recent call last):
        longtake.services.models.errors.ModelAnswerError: The model's answer was thrown away: ...
    """
    try:
        return json.loads(raw, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ModelAnswerError("it is no strict JSON") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
