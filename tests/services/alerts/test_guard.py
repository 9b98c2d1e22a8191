import socket
import threading

import pytest

from longtake.services.alerts.channels import send
from longtake.services.alerts.errors import ChannelAddressError
from longtake.services.alerts.guard import ALLOWED, Gate, guarded
from longtake.services.alerts.settings import Channel
from longtake.services.models.settings import Secret

SPELLED = (
    "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "0",
    "127.0.0.1.", "127.000.000.001", "0x7f.1", "1.0x7f", "127.0.0.01", "169.254.43518", "2852039166",
    "0xa9fea9fe", "0251.0376.0251.0376", "localhost%00.example.com", "a_b.example.com", "-a.example.com",
)  # fmt: skip
INSIDE = (
    "127.0.0.1", "127.8.8.8", "::1", "10.0.0.8", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "100.64.0.1", "100.127.255.255", "198.18.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.5",
    "fc00::1", "fd12:3456::1", "2001:db8::1", "192.0.0.8",
)  # fmt: skip
NOBODYS = (
    "169.254.169.254", "169.254.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254",
    "0.0.0.0", "::", "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1",
    "fe80::1", "::ffff:127.0.0.1", "::ffff:10.0.0.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
    "64:ff9b:1::a00:1", "::ffff:0:127.0.0.1", "fe80::1%lo", "::ffff:169.254.169.254",
)  # fmt: skip


def test_there_are_as_many_ways_in_as_the_promise_says():
    assert len({*SPELLED, *INSIDE, *NOBODYS}) >= 60


def resolving(monkeypatch, *addresses):
    """Let every name resolve to these addresses, one call after the other, the last one for good."""
    left = list(addresses)

    def look_up(_host, port, *_):
        address = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        target = (address, port, 0, 0) if family == socket.AF_INET6 else (address, port)
        return [(family, socket.SOCK_STREAM, 6, "", target)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def post(host, *, allowed="", scheme="jsons"):
    shown = f"[{host}]" if ":" in host else host
    url = f"{scheme}://{shown}/hook"
    send(Channel("c", scheme, Secret(url)), "t", "b", "k", environ={ALLOWED: allowed})


@pytest.mark.parametrize("address", [*INSIDE, *NOBODYS])
def test_a_name_that_leads_inside_is_refused_before_a_connection(monkeypatch, address):
    resolving(monkeypatch, address)
    with pytest.raises(ChannelAddressError) as caught:
        post("hooks.example.com")
    assert "was not sent" in str(caught.value)


@pytest.mark.parametrize("address", NOBODYS)
def test_what_is_nobodys_server_is_refused_even_when_named(monkeypatch, address):
    resolving(monkeypatch, address)
    with pytest.raises(ChannelAddressError, match="no server"):
        post("hooks.example.com", allowed=address)


@pytest.mark.parametrize("host", SPELLED)
def test_a_second_spelling_is_refused_before_it_is_looked_up(host):
    gate = Gate(frozenset({"127.0.0.1"}), sealed=True)
    if host != "127.0.0.1.":
        with pytest.raises(ChannelAddressError, match="plain name"), guarded(gate):
            socket.getaddrinfo(host, 443)
        return
    with pytest.raises(ChannelAddressError, match="plain name"):
        gate.look_up(host)


def test_a_name_that_changes_its_address_gains_nothing(monkeypatch):
    trap = socket.create_server(("127.0.0.1", 0))
    port = trap.getsockname()[1]
    seen = []

    def serve():
        line, _ = trap.accept()
        seen.append(line.recv(4096))
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        line.close()

    threading.Thread(target=serve, daemon=True).start()
    resolving(monkeypatch, "127.0.0.1", "10.0.0.8")
    url = f"json://bridge.example.com:{port}/hook"
    one = Channel("c", "json", Secret(url))
    send(one, "t", "b", "k", environ={ALLOWED: "127.0.0.1"})
    with pytest.raises(ChannelAddressError, match=r"10\.0\.0\.8"):
        send(one, "t", "b", "k", environ={ALLOWED: "127.0.0.1"})
    trap.close()
    assert len(seen) == 1


def test_mail_is_watched_too(monkeypatch):
    resolving(monkeypatch, "10.0.0.25")
    url = "mailtos://user:secret@mail.example.com?to=boss@example.com"
    with pytest.raises(ChannelAddressError, match=r"10\.0\.0\.25"):
        send(Channel("c", "mailtos", Secret(url)), "t", "b", "k", environ={})


def test_a_public_address_is_not_reached_in_the_clear():
    with pytest.raises(ChannelAddressError, match="in the clear"):
        Gate(frozenset(), sealed=False).connect(("93.184.216.34", 80))
    assert Gate(frozenset(), sealed=True).connect(("93.184.216.34", 443)) is None


def test_a_local_socket_is_no_server():
    line = socket.socket(socket.AF_UNIX)
    with pytest.raises(ChannelAddressError, match="local socket"), guarded(Gate(frozenset(), sealed=True)):
        line.connect("/tmp/nothing-here")
    line.close()


def test_nothing_is_watched_outside_of_it():
    with socket.create_server(("127.0.0.1", 0)) as trap:
        with guarded(Gate(frozenset(), sealed=True)):
            pass
        socket.create_connection(trap.getsockname()).close()
