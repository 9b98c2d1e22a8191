import base64
import email
import email.policy
import hashlib
import hmac
import importlib
import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from longtake.services.alerts.channels import ChannelError, opened, send
from longtake.services.alerts.guard import ALLOWED
from longtake.services.alerts.settings import Channel
from longtake.services.models.settings import Secret
from services.alerts.receivers import http_receiver, smtp_receiver

HERE = {ALLOWED: "127.0.0.1"}
TITLE, BODY = "长镜头 · 《灯》要你定一件事", "R 是 0.5 [0.4–0.6]，低于你定的 0.7。\nA 现在修 / B 再看一天"


def channel(url):
    return Channel("team", url.split("://", maxsplit=1)[0], Secret(url))


@pytest.fixture
def receiver(monkeypatch):
    """A receiver in the place of each service's own host; all else is the service's plugin as it is."""
    with http_receiver() as (port, received):
        base = f"http://127.0.0.1:{port}"
        for module, name, field, path in (
            ("feishu", "NotifyFeishu", "notify_url", "/hook/{token}/"),
            ("lark", "NotifyLark", "notify_url", "/hook/"),
            ("wecombot", "NotifyWeComBot", "notify_url", "/send?key={key}"),
            ("dingtalk", "NotifyDingTalk", "notify_url", "/send?access_token={token}"),
            ("slack", "NotifySlack", "webhook_url", "/services"),
        ):
            plugin = getattr(importlib.import_module(f"apprise.plugins.{module}"), name)
            monkeypatch.setattr(plugin, field, base + path)
        received.port = port
        received.answer = (200, {}, b'{"errcode":0,"code":0}')
        yield received


@pytest.mark.parametrize(
    ("url", "path", "body"),
    [
        (
            "feishu://tok-123",
            "/hook/tok-123/",
            {"msg_type": "text", "content": {"text": f"{TITLE}\r\n{BODY}"}},
        ),
        (
            "lark://abcdefghijklmnopqrstuvwxyz012345",
            "/hook/abcdefghijklmnopqrstuvwxyz012345",
            {"msg_type": "text", "content": {"text": f"{TITLE}\n{BODY}"}},
        ),
        (
            "wecombot://key-123",
            "/send?key=key-123",
            {"msgtype": "text", "text": {"content": f"{TITLE}\r\n{BODY}"}},
        ),
        (
            "dingtalk://token123",
            "/send?access_token=token123",
            {
                "msgtype": "text",
                "at": {"atMobiles": [], "isAtAll": False},
                "text": {"content": f"{TITLE}\r\n{BODY}"},
            },
        ),
    ],
)
def test_each_group_bot_gets_the_body_its_service_expects(receiver, url, path, body):
    send(channel(url), TITLE, BODY, "k1", environ=HERE)
    assert [(one["path"], one["body"]) for one in receiver] == [(path, body)]
    assert receiver[0]["headers"]["content-type"].startswith("application/json")


def test_slack_gets_plain_text_in_an_attachment_and_no_picture_of_a_third_party(receiver):
    receiver.answer = (200, {}, b"ok")
    send(channel("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"), TITLE, BODY, "k1", environ=HERE)
    (request,) = receiver
    assert request["path"] == "/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
    shown = request["body"]["attachments"][0]
    del shown["ts"]
    assert request["body"] == {
        "mrkdwn": False,
        "attachments": [{"title": TITLE, "text": BODY, "color": "#CACF29", "footer": "Longtake"}],
    }


def test_dingtalk_is_signed_once(receiver):
    send(channel("dingtalk://SECabc@token123"), TITLE, BODY, "k1", environ=HERE)
    asked = parse_qs(urlsplit(receiver[0]["path"]).query)
    told = f"{asked['timestamp'][0]}\nSECabc".encode()
    signed = base64.b64encode(hmac.new(b"SECabc", told, hashlib.sha256).digest()).decode()
    assert asked["sign"] == [signed]


@pytest.mark.parametrize("options", ["", "?verify=no&redirect=yes"])
def test_a_bridge_of_ones_own_gets_the_id_as_a_header(receiver, options):
    send(channel(f"json://127.0.0.1:{receiver.port}/alerts{options}"), TITLE, BODY, "k1", environ=HERE)
    (request,) = receiver
    assert request["headers"]["idempotency-key"] == "k1"
    assert request["body"] == {
        "version": "1.0",
        "title": TITLE,
        "message": BODY,
        "attachments": [],
        "type": "warning",
    }


def test_a_mail_arrives_whole():
    with smtp_receiver() as (port, mails):
        url = f"mailto://127.0.0.1:{port}?from=longtake@example.com&to=boss@example.com"
        send(channel(url), TITLE, BODY, "k1", environ=HERE)
    (mail,) = mails
    assert mail["to"] == ["<boss@example.com>"]
    read = email.message_from_bytes(mail["raw"], policy=email.policy.default)
    assert read["Subject"] == TITLE
    assert read["Idempotency-Key"] == "k1"
    assert read.get_content_type() == "text/plain"
    assert read.get_content().strip().splitlines() == BODY.splitlines()


@pytest.mark.parametrize(
    ("url", "reply", "said"),
    [
        ("feishu://tok-123", (404, {}, b"{}"), "answered 404"),
        ("feishu://tok-123", (200, {}, b'{"code":19024,"msg":"Key Words Not Found"}'), "refused"),
        ("wecombot://key-123", (200, {}, b'{"errcode":93000,"errmsg":"invalid key"}'), "answered 93000"),
        ("dingtalk://token123", (200, {}, b'{"errcode":310000,"errmsg":"sign not match"}'), "310000"),
        ("feishu://tok-123", (500, {}, b""), "answered 500"),
    ],
)
def test_a_refusal_is_no_success_and_never_quotes_the_address(receiver, caplog, url, reply, said):
    receiver.answer = reply
    with caplog.at_level(logging.DEBUG), pytest.raises(ChannelError, match=said) as caught:
        send(channel(url), TITLE, BODY, "k1", environ=HERE)
    secret = url.partition("://")[2]
    assert secret not in str(caught.value) + caplog.text


def test_a_redirect_is_not_followed(receiver):
    receiver.answer = (307, {"Location": f"http://127.0.0.1:{receiver.port}/elsewhere"}, b"")
    with pytest.raises(ChannelError, match="307"):
        send(channel(f"json://127.0.0.1:{receiver.port}/a"), TITLE, BODY, "k1", environ=HERE)
    assert [one["path"] for one in receiver] == ["/a"]


@pytest.mark.parametrize("url", ["slack://only-one", "feishu://"])
def test_an_address_that_is_none_of_the_service_is_refused_without_quoting_it(url, caplog):
    with pytest.raises(ChannelError, match="address that is none of") as caught:
        opened(channel(url))
    assert url not in str(caught.value)


def test_a_channel_shows_no_secret_when_it_is_printed():
    assert "tok-123" not in repr(channel("feishu://tok-123"))
