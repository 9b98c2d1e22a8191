"""A real server on this machine that speaks the protocol, well or badly, and remembers what it was asked."""

from __future__ import annotations

import json
import re
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CONNECTED: list[tuple[str, int]] = []
"""Every address this process connects to, as Python's own audit tells."""
LOOKED_UP: list[str] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        CONNECTED.append(arguments[1][:2])
    if event == "socket.getaddrinfo":
        LOOKED_UP.append(str(arguments[0]))


sys.addaudithook(_audit)


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)

    @property
    def texts(self) -> list[str]:
        """The texts the user message holds, read as a model would have to."""
        message = next(m["content"] for m in self.body["messages"] if m["role"] == "user")
        first, data, last = message.split("\n")
        assert first == last
        assert re.fullmatch(r"DATA [0-9a-f]{16}", first)
        rows = json.loads(data)["texts"]
        assert [row["index"] for row in rows] == list(range(len(rows)))
        return [row["text"] for row in rows]


@dataclass
class Reply:
    """What the server does."""

    body: bytes | str | dict[str, Any] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    drop: bool = False
    drip_s: float = 0.0
    chunked: bool = False
    promised: int | None = None


Behave = Callable[[Asked], Reply]


@dataclass
class Server:
    """Where it listens and what it was asked."""

    port: int
    asked: list[Asked]
    behave: Behave

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def env(self) -> dict[str, str]:
        return {
            "LONGTAKE_MODEL_URL": self.url,
            "LONGTAKE_MODEL_NAME": "big",
            "LONGTAKE_EMBEDDING_NAME": "wide",
            "LONGTAKE_MODEL_TIMEOUT": "5",
        }


def chat(content: str | None, **message: Any) -> Reply:
    """Return a chat answer around what the model says."""
    said = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "message": said, "finish_reason": "stop", "logprobs": None}
    return Reply({"id": "x", "object": "chat.completion", "choices": [choice], "usage": {"total_tokens": 9}})


def rows(*found: tuple[int, str, str]) -> str:
    """Return what a model says: index, value, span."""
    return json.dumps({"answers": [{"index": i, "value": v, "span": s} for i, v, s in found]})


def judged(text: str) -> tuple[str, str]:
    """Return value and span as an honest small model gives them."""
    for word, value in (("好", "pos"), ("哭", "pos"), ("good", "pos"), ("烂", "neg"), ("bad", "neg")):
        if word in text:
            return value, word
    return "neutral", text[:1]


def honest(asked: Asked) -> Reply:
    """Answer as asked."""
    if asked.path.endswith("/embeddings"):
        return vectors(asked.body["input"])
    return chat(rows(*((i, *judged(text)) for i, text in enumerate(asked.texts))))


def vectors(texts: list[str]) -> Reply:
    """Return a vector a text, last first: only the index tells whose it is."""
    data = [
        {"object": "embedding", "index": i, "embedding": [len(text), 1.5]} for i, text in enumerate(texts)
    ]
    return Reply({"object": "list", "data": data[::-1], "model": "wide"})


@contextmanager
def serving(behave: Behave = honest, *, certificate: Path | None = None) -> Iterator[Server]:
    """Serve on a free port of this machine; over TLS with the certificate of a folder."""
    server = Server(0, [], behave)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(self.command, self.path, dict(self.headers), raw)
            with lock:
                server.asked.append(asked)
            self.reply(server.behave(asked))

        do_GET = do_PUT = do_DELETE = do_HEAD = do_POST  # noqa: N815 -- the library's names

        def reply(self, reply: Reply) -> None:
            time.sleep(reply.delay_s)
            self.close_connection = True
            if reply.drop:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            body = json.dumps(reply.body) if isinstance(reply.body, dict) else reply.body
            body = body.encode() if isinstance(body, str) else body
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            if reply.chunked:
                self.send_header("Transfer-Encoding", "chunked")
            else:
                length = len(body) if reply.promised is None else reply.promised
                self.send_header("Content-Length", str(length))
            self.end_headers()
            try:
                self.pour(body, reply)
            except OSError:
                return
            self.close_connection = reply.promised is not None

        def pour(self, body: bytes, reply: Reply) -> None:
            step = 1 if reply.drip_s else 65_536
            for at in range(0, len(body), step):
                piece = body[at : at + step]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if reply.chunked else piece)
                time.sleep(reply.drip_s)
            if reply.chunked:
                self.wfile.write(b"0\r\n\r\n")

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            pass

    listening = Quiet(("127.0.0.1", 0), Handler)
    server.port = listening.server_address[1]
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        listening.socket = context.wrap_socket(listening.socket, server_side=True)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
