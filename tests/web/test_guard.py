"""What every response carries, and what happens when the ground is gone."""

import pytest

from web_site import FILM

ROUTES = ("/", "/sign-in/", "/help/", "/nothing/here/", f"/c/{FILM}/", "/admin/", "/healthz")


@pytest.mark.parametrize("route", ROUTES)
def test_every_response_carries_the_policy(records, route):
    answer = records.client().get(route)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer["Cache-Control"] == "no-store" or "max-age=0" in answer["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts(records):
    client = records.client()
    client.get("/sign-in/")
    client.post("/look/", {"lang": "en", "theme": "dark"})
    assert {name: bool(m["httponly"]) for name, m in client.cookies.items()} == {
        "csrftoken": True,
        "longtake_lang": True,
        "longtake_theme": True,
    }
    assert {m["samesite"] for m in client.cookies.values()} == {"Lax"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:8000@evil", ""])
def test_another_host_is_refused(records, host):
    assert records.client().get("/sign-in/", headers={"host": host or "x"}).status_code == 400


def test_a_language_once_chosen_stays(records):
    client = records.client()
    assert 'lang="zh-Hans"' in client.get("/help/").content.decode()
    assert 'lang="en"' in client.get("/help/", headers={"accept-language": "en-GB"}).content.decode()
    client.post("/look/", {"lang": "en"})
    assert 'lang="en"' in client.get("/help/", headers={"accept-language": "zh"}).content.decode()
    client.post("/look/", {"lang": "fr", "theme": "<script>"})
    page = client.get("/help/").content.decode()
    assert 'lang="en"' in page
    assert 'data-theme="auto"' in page


def test_the_forwarded_address_is_believed_from_a_configured_proxy_alone(site):
    from django.http import HttpResponse
    from django.test import RequestFactory, override_settings

    from longtake.web.guard.proxies import Proxies

    seen = []
    guard = Proxies(lambda r: seen.append((r.META["REMOTE_ADDR"], r.is_secure())) or HttpResponse())
    told = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 9.9.9.9", "HTTP_X_FORWARDED_PROTO": "https"}
    guard(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **told))
    with override_settings(PROXIES=frozenset({"10.0.0.1"})):
        guard(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **told))
        guard(RequestFactory().get("/", REMOTE_ADDR="10.0.0.2", **told))
    assert seen == [("10.0.0.1", False), ("9.9.9.9", True), ("10.0.0.2", False)]


def test_a_database_that_is_gone_gives_a_page_that_says_so(records, monkeypatch):
    from django.db import OperationalError
    from django.db.backends.utils import CursorWrapper

    client = records.client(records.member("owner"))

    def dead(*_, **__):
        raise OperationalError("server closed the connection: password=hunter2")

    monkeypatch.setattr(CursorWrapper, "execute", dead)
    for answer in (client.get("/"), client.post(f"/c/{FILM}/board/put/", {}), client.get("/healthz")):
        text = answer.content.decode()
        assert answer.status_code == 503
        assert "记录暂时打不开" in text
        assert "hunter2" not in text
        assert "Traceback" not in text


class Unread:
    """A body that must not be read."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    ("signed_in", "path", "megabytes", "status"),
    [
        (False, "/sign-in/", 3, 413),
        (False, f"/c/{FILM}/files/", 3, 413),
        (True, f"/c/{FILM}/board/put/", 3, 413),
        (True, f"/c/{FILM}/files/", 3000, 413),
    ],
)
def test_a_body_that_is_too_large_is_refused_unread(records, signed_in, path, megabytes, status):
    client = records.client(records.member("owner") if signed_in else None, enforce_csrf_checks=True)
    given = {"CONTENT_LENGTH": str(megabytes * 1024**2), "wsgi.input": Unread()}
    answer = client.generic("POST", path, b"", "multipart/form-data; boundary=x", **given)
    assert answer.status_code == status


def test_something_that_breaks_shows_no_trace(records, monkeypatch):
    from longtake.web.screens.understand import figures

    monkeypatch.setattr(figures, "_annotations", lambda _: 1 / 0)
    answer = records.client(records.member("owner")).get(f"/c/{FILM}/")
    assert answer.status_code == 500
    assert "出错了" in answer.content.decode()
    assert "ZeroDivision" not in answer.content.decode()
