"""Receivers on this machine alone: one that speaks HTTP, one that speaks SMTP."""

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Received(list):
    """What came in; ``answer`` decides what goes back, ``seen`` is called before it does."""

    answer = (200, {}, b'{"ok": true}')

    def seen(self, request):
        """Do nothing."""


@contextmanager
def http_receiver():
    """Yield the port and what came in: method, path, headers and JSON body of each request."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = {
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": json.loads(raw) if raw else None,
            }
            received.append(request)
            received.seen(request)
            status, headers, body = received.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], received
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def smtp_receiver():
    """Yield the port and the mails that came in, with their envelopes: RFC 5321 as far as a client needs."""
    mails = []

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line):
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self):
            mail = {"to": []}
            self.say("220 receiver")
            while line := self.rfile.readline().decode().strip():
                word = line.split(" ")[0].upper()
                if word == "EHLO":
                    self.say("250 receiver")
                elif word == "RCPT":
                    mail["to"].append(line.partition(":")[2])
                    self.say("250 ok")
                elif word == "DATA":
                    self.say("354 go on")
                    raw = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        raw += part
                    mails.append({**mail, "raw": raw})
                    self.say("250 taken")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], mails
    finally:
        server.shutdown()
        server.server_close()
