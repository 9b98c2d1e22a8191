"""No comment leaves for an address that nobody named: refused before any socket opens (no packet is sent)."""

from __future__ import annotations

import pytest

from longtake.services.models import Client, ModelAddressError, Settings
from longtake.services.models.wire.address import checked
from services.models.protocol_server import CONNECTED, LOOKED_UP

HOSTS = [
    # other machines, plainly written
    "8.8.8.8", "1.1.1.1", "10.0.0.1", "10.255.255.255", "172.16.0.1", "192.168.0.1", "192.168.1.254",
    "100.64.0.1", "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192",
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "198.18.0.1", "192.0.2.1", "203.0.113.7",
    # IPv4 in other spellings
    "2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.01",
    "0300.0250.0.1", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518", "0", "0x0", "1",
    "127.0.0.1.", "127.0.0.1.5", "00127.0.0.1", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1",
    "169%2e254.169.254",
    # IPv6, and IPv6 that carries IPv4
    "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]",
    "[0:0:0:0:0:ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::0001]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:7f00:1::]", "[fe80::1]",
    "[fe80::1%25eth0]", "[fd00:ec2::254]", "[fc00::1]", "[ff02::1]", "[2606:4700:4700::1111]",
    # names
    "example.com", "localhost.", "LOCALHOST.example", "localhost.localdomain", "localhost.example.com",
    "127.0.0.1.nip.example", "metadata.google.internal", "instance-data", "ip6-localhost", "xn--lcalhost-54a",
    "lоcalhost", "localhost\u200b", "loc\u00adalhost", "my_host", "-a.example", "a..example",
    # userinfo, separators, and what hides in them
    "localhost@10.0.0.1", "127.0.0.1@evil.example", "user:pass@127.0.0.1", "127.0.0.1:80@evil.example",
    "evil.example\\@127.0.0.1", "127.0.0.1#@evil.example", "127.0.0.1?@evil.example",
    "evil.example%00.localhost",
    "localhost\t.evil.example", "localhost\n.evil.example", "localhost\r\nHost: evil.example", "127.0.0.1 ",
    "127.0.0.1;evil.example", "127.0.0.1,evil.example", "[::1", "::1", "[127.0.0.1]", "[localhost]", "",
]  # fmt: skip
URLS = [
    "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:6379/_", "dict://127.0.0.1:11211/",
    "//127.0.0.1",
    "127.0.0.1:8000", "unix:///var/run/docker.sock", "data:text/plain,x", "javascript:1", "HTTP//127.0.0.1",
    "http:127.0.0.1", "http:///127.0.0.1", "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:",
    "http://127.0.0.1:-1", "http://127.0.0.1:8x", "http://127.0.0.1/../admin", "http://127.0.0.1//v1",
    "http://127.0.0.1/v1?u=http://10.0.0.1", "http://127.0.0.1/v1#x", "http://127.0.0.1/v1/%2e%2e/x",
]  # fmt: skip


def everywhere(host: str, port: int) -> list[str]:
    """Answer for every name with this machine: a resolver in the hands of whoever registered the name."""
    return ["127.0.0.1"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_that_nobody_named_is_refused_before_a_socket_opens(host, scheme):
    before = len(CONNECTED), len(LOOKED_UP)
    with pytest.raises(ModelAddressError, match="nothing was sent") as caught:
        Client(Settings(f"{scheme}://{host}:8000/v1", "m"), resolve=everywhere)
    assert (len(CONNECTED), len(LOOKED_UP)) == before
    assert "pass@" not in str(caught.value)


@pytest.mark.parametrize("url", URLS)
def test_what_is_no_plain_http_url_is_refused(url):
    before = len(CONNECTED), len(LOOKED_UP)
    with pytest.raises(ModelAddressError, match="nothing was sent"):
        Client(Settings(url, "m"), resolve=everywhere)
    assert (len(CONNECTED), len(LOOKED_UP)) == before


def test_the_lists_are_as_long_as_they_promise():
    assert len(set(HOSTS)) == len(HOSTS) >= 60
    assert len(set(URLS)) == len(URLS) >= 20


NEVER = [
    "169.254.169.254", "169.254.1.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254",
    "fe80::1", "224.0.0.1", "ff02::1", "0.0.0.0", "::", "240.0.0.1", "255.255.255.255", "::ffff:10.0.0.1",
    "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_refused_even_when_named(address):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(ModelAddressError):
        checked(Settings(f"https://{host}", allowed=frozenset({address})), resolve=everywhere)
    named = frozenset({"gpu.example", address})
    with pytest.raises(ModelAddressError):
        checked(Settings("https://gpu.example", allowed=named), resolve=lambda *_: [address])


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.1.2.3", "192.168.1.5", "172.20.0.2", "100.64.3.3", "fc00::5"]
)
def test_a_named_host_cannot_be_turned_inwards_by_whoever_answers_for_its_name(inside):
    settings = Settings("https://gpu.example", allowed=frozenset({"gpu.example"}))
    for answers in ([inside], ["93.184.215.14", inside], [inside, "93.184.215.14"]):
        with pytest.raises(ModelAddressError, match="was not named") as caught:
            checked(settings, resolve=lambda *_, found=answers: found)
        assert inside in caught.value.fix
    both = Settings("https://gpu.example", allowed=frozenset({"gpu.example", inside}))
    assert checked(both, resolve=lambda *_: [inside]).addresses == (inside,)


@pytest.mark.parametrize("found", ["10.0.0.1", "169.254.169.254", "93.184.215.14", "fe80::1"])
def test_localhost_that_resolves_elsewhere_is_refused(found):
    for answers in ([found], ["127.0.0.1", found]):
        with pytest.raises(ModelAddressError):
            checked(Settings("http://localhost:1"), resolve=lambda *_, got=answers: got)


def test_a_public_host_is_never_spoken_to_in_the_clear():
    named = frozenset({"models.example"})
    with pytest.raises(ModelAddressError, match="in the clear"):
        checked(Settings("http://models.example", allowed=named), resolve=lambda *_: ["93.184.215.14"])
    found = checked(Settings("https://models.example", allowed=named), resolve=lambda *_: ["93.184.215.14"])
    assert (found.port, found.path, found.addresses) == (443, "/v1", ("93.184.215.14",))


def test_the_name_is_looked_up_once_and_its_second_answer_never_asked_for():
    asked = []

    def turning(host, port):
        asked.append(host)
        return ["93.184.215.14"] if len(asked) == 1 else ["169.254.169.254"]

    client = Client(Settings("https://gpu.example", "m", allowed=frozenset({"gpu.example"})), resolve=turning)
    assert asked == ["gpu.example"]
    assert client.endpoint.addresses == ("93.184.215.14",)


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "addresses"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", 8000, "/v1", ("127.0.0.1",)),
        ("http://127.9.9.9/v1/", "127.9.9.9", 80, "/v1", ("127.9.9.9",)),
        ("http://[::1]:11434/v1", "::1", 11434, "/v1", ("::1",)),
        ("https://localhost/openai", "localhost", 443, "/openai/v1", ("::1", "127.0.0.1")),
        ("HTTP://LOCALHOST:1", "localhost", 1, "/v1", ("::1", "127.0.0.1")),
    ],
)
def test_this_machine_needs_no_naming(url, host, port, path, addresses):
    found = checked(Settings(url), resolve=lambda *_: ["::1", "127.0.0.1"])
    assert (found.host, found.port, found.path, found.addresses) == (host, port, path, addresses)


def test_a_name_nobody_knows_is_a_refusal_with_what_would_do():
    def unknown(host, port):
        raise OSError("no such host")

    with pytest.raises(ModelAddressError, match="not known") as caught:
        checked(Settings("https://gpu.example", allowed=frozenset({"gpu.example"})), resolve=unknown)
    assert caught.value.fix
