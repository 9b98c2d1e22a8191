"""A server that answers badly costs its own answer and nothing else."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import subprocess
import threading
import time

import pytest

from longtake.services.models import (
    Client,
    ModelAnswerError,
    ModelUnreachableError,
    Settings,
    configured,
    label_with_chat,
    named,
)
from longtake.services.models.wire.client import LONGEST_PAUSE_S, MOST_CHAT_BYTES
from services.models.protocol_server import CONNECTED, Reply, chat, honest, rows, serving

POLARITY = named("polarity")
BOMB = gzip.compress(b" " * 50_000_000)


def plugged(server, **more):
    """Return a client that does not wait between attempts, and the pauses it would have made."""
    pauses = []
    return Client(configured({**server.env, **more}), sleep=pauses.append), pauses


def good():
    return json.dumps(chat(rows((0, "pos", "好"))).body)


def test_a_request_is_plain_json_to_one_path_and_asks_for_no_tool():
    with serving() as server:
        client, _ = plugged(server)
        with client:
            found = label_with_chat(["音乐好听"], labels=POLARITY, client=client)
    assert (found[0].value, found[0].span, found[0].start, found[0].method) == ("pos", "好", 2, "chat:big")
    first, last = server.asked
    assert {(asked.method, asked.path) for asked in server.asked} == {("POST", "/v1/chat/completions")}
    assert last.texts == ["音乐好听"]
    assert first.texts != last.texts
    body = last.body
    assert (body["temperature"], body["seed"], body["stream"], body["model"]) == (0, 0, False, "big")
    assert not {"tools", "tool_choice", "functions"} & set(body)
    assert body["response_format"]["json_schema"]["strict"] is True
    assert list(body) == sorted(body)
    assert "Authorization" not in last.headers
    assert last.headers["Accept-Encoding"] == "identity"


def test_connections_are_kept_and_go_to_the_checked_address_whatever_the_name_says_later():
    with serving() as server:
        asked = []

        def turning(host, port):
            asked.append(host)
            return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

        settings = Settings(f"http://localhost:{server.port}", "big", timeout_s=5)
        before = len(CONNECTED)
        with Client(settings, resolve=turning) as client:
            label_with_chat([f"好{n}" for n in range(40)], labels=POLARITY, client=client, workers=4)
            client.close()
            label_with_chat(["烂"], labels=POLARITY, client=client)
        assert asked == ["localhost"]
        assert set(CONNECTED[before:]) == {("127.0.0.1", server.port)}
        assert len(CONNECTED) - before <= 6
        assert server.asked[0].headers["Host"] == f"localhost:{server.port}"


BAD = {
    "invalid JSON": Reply("{"),
    "not JSON": Reply("<html>好</html>"),
    "another shape": Reply({"result": "pos"}),
    "a list": Reply("[]"),
    "no choice": Reply({"choices": []}),
    "two choices": Reply({"choices": chat(rows((0, "pos", "好"))).body["choices"] * 2}),
    "a choice that is text": Reply({"choices": ["pos"]}),
    "no message": Reply({"choices": [{"text": "pos"}]}),
    "no content": chat(None),
    "a tool call": chat(rows((0, "pos", "好")), tool_calls=[{"id": "1", "function": {"name": "write"}}]),
    "a function call": chat(None, function_call={"name": "fetch", "arguments": "{}"}),
    "a repeated key": Reply('{"choices": [], "choices": ' + json.dumps(chat("{}").body["choices"]) + "}"),
    "NaN": Reply(good().replace("9}", "NaN}")),
    "deep nesting": Reply("[" * 100_000 + "]" * 100_000),
    "a body that is too long": Reply(good() + " " * MOST_CHAT_BYTES),
    "a body that is too long, in chunks": Reply(good() + " " * MOST_CHAT_BYTES, chunked=True),
    "compressed": Reply(gzip.compress(good().encode()), headers={"Content-Encoding": "gzip"}),
    "a gzip bomb": Reply(BOMB, headers={"Content-Encoding": "gzip"}),
    "a gzip bomb in chunks": Reply(BOMB, headers={"Content-Encoding": "x-gzip"}, chunked=True),
    "no body": Reply(""),
    "status 204": Reply(status=204),
    "not UTF-8": Reply(good().encode("gbk").replace(b"pos", b"\xff\xfe\xfd")),
}


@pytest.mark.parametrize("name", BAD)
def test_an_answer_of_another_form_is_thrown_away(name):
    with serving(lambda _: BAD[name]) as server:
        client, _ = plugged(server)
        with client, pytest.raises(ModelAnswerError):
            client.chat([{"role": "user", "content": "好"}], answer=None, most_tokens=9, seed=0)
        assert len(server.asked) == 1


def test_a_line_that_the_server_let_go_is_opened_anew():
    with serving(lambda _: Reply(good(), promised=len(good().encode()))) as server:
        client, pauses = plugged(server)
        with client:
            for _ in range(3):
                assert client.chat([], answer=None, most_tokens=9, seed=0) == rows((0, "pos", "好"))
    assert len(server.asked) == 3
    assert len(pauses) <= 2


def test_a_chunked_answer_is_read():
    with serving(lambda _: Reply(good(), chunked=True)) as server:
        client, _ = plugged(server)
        with client:
            assert client.chat([], answer=None, most_tokens=9, seed=0) == rows((0, "pos", "好"))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    with serving() as other:
        moved = Reply(status=status, headers={"Location": f"{other.url}/chat/completions"})
        with serving(lambda _: moved) as server:
            client, _ = plugged(server)
            before = len(CONNECTED)
            with client, pytest.raises(ModelAnswerError, match="never followed"):
                client.chat([], answer=None, most_tokens=9, seed=0)
            assert set(CONNECTED[before:]) == {("127.0.0.1", server.port)}
        assert other.asked == []


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_the_time_it_names(status):
    replies = [Reply(status=status, headers={"Retry-After": "7"}), Reply(status=status), Reply(good())]
    with serving(lambda _: replies.pop(0)) as server:
        client, pauses = plugged(server)
        with client:
            assert client.chat([], answer=None, most_tokens=9, seed=0) == rows((0, "pos", "好"))
    assert pauses == [7.0, 1.0]
    assert len({asked.raw for asked in server.asked}) == 1


@pytest.mark.parametrize("asked_for", ["86400", "-5", "soon", "1e9", "Wed, 21 Oct 2015 07:28:00 GMT", "²"])
def test_a_server_cannot_make_us_wait_for_long(asked_for):
    reply = Reply(
        status=429, headers={"Retry-After": asked_for.encode("latin-1", "replace").decode("latin-1")}
    )
    with serving(lambda _: reply) as server:
        client, pauses = plugged(server)
        with client, pytest.raises(ModelUnreachableError) as caught:
            client.chat([], answer=None, most_tokens=9, seed=0)
    assert (caught.value.status, caught.value.attempts, len(server.asked)) == (429, 3, 3)
    assert len(pauses) == 2
    assert all(0 <= pause <= LONGEST_PAUSE_S for pause in pauses)


@pytest.mark.parametrize(
    "reply",
    [Reply(drop=True), Reply(good(), promised=9_000), Reply(good(), delay_s=2), Reply(good(), drip_s=0.05)],
    ids=["dropped", "cut short", "slow to begin", "drips"],
)
def test_a_server_that_hangs_up_or_is_slow_is_given_up_in_time(reply):
    with serving(lambda _: reply) as server:
        client, _ = plugged(server, LONGTAKE_MODEL_TIMEOUT="0.3")
        began = time.monotonic()
        with client, pytest.raises(ModelUnreachableError) as caught:
            client.chat([], answer=None, most_tokens=9, seed=0)
        assert caught.value.attempts == 3
        assert time.monotonic() - began < 3 * 0.3 + 1.5


def test_headers_that_drip_are_given_up_in_time():
    def drip(listening):
        while True:
            try:
                taken, _ = listening.accept()
                taken.sendall(b"HTTP/1.1 200 OK\r\n")
                for n in range(100):
                    taken.sendall(b"X-%d: 1\r\n" % n)
                    time.sleep(0.1)
            except OSError:
                if listening.fileno() < 0:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=(listening,), daemon=True).start()
        settings = Settings(f"http://127.0.0.1:{listening.getsockname()[1]}", "m", timeout_s=0.3)
        began = time.monotonic()
        with Client(settings, sleep=lambda _: None) as client, pytest.raises(ModelUnreachableError):
            client.chat([], answer=None, most_tokens=9, seed=0)
        assert time.monotonic() - began < 3


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_is_checked_against_the_name_though_the_connection_goes_to_the_address(
    tmp_path, monkeypatch
):
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=gpu.example"]
    files = ["-addext", "subjectAltName=DNS:gpu.example", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(["openssl", *made, *files], cwd=tmp_path, check=True, capture_output=True)
    named_hosts = frozenset({"gpu.example", "other.example", "127.0.0.1"})

    def said(host, port):
        settings = Settings(f"https://{host}:{port}", "big", timeout_s=5, allowed=named_hosts)
        with Client(settings, resolve=lambda *_: ["127.0.0.1"], sleep=lambda _: None) as client:
            return client.chat([], answer=None, most_tokens=9, seed=0)

    with serving(lambda _: Reply(good()), certificate=tmp_path) as server:
        with pytest.raises(ModelUnreachableError, match="SSLCertVerificationError"):
            said("gpu.example", server.port)
        assert server.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert said("gpu.example", server.port) == rows((0, "pos", "好"))
        with pytest.raises(ModelUnreachableError, match="SSLCertVerificationError"):
            said("other.example", server.port)
        assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_a_refusal_with_what_would_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = Client(Settings(f"http://127.0.0.1:{port}", "m"), sleep=lambda _: None)
    with client, pytest.raises(ModelUnreachableError, match="3 attempts") as caught:
        label_with_chat(["好"], labels=POLARITY, client=client)
    assert "longtake models check" in caught.value.fix


def test_a_server_that_takes_no_schema_is_asked_without_one():
    def plain(asked):
        if "response_format" in asked.body:
            return Reply({"error": "unknown field"}, status=400)
        return honest(asked)

    with serving(plain) as server:
        client, _ = plugged(server)
        with client:
            found = label_with_chat(["好", "烂"], labels=POLARITY, client=client)
    assert [answer.value for answer in found] == ["pos", "neg"]
    assert ["response_format" in asked.body for asked in server.asked] == [True, False, False, False]
