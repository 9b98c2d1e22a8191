"""Alerts on the web: the same file and outbox as the command line, and no secret on any page."""

import json

import pytest

from services.alerts.receivers import http_receiver
from web_site import FILM, OTHER

PAGE = f"/c/{FILM}/alerts/"
RULE = {"name": "r-low", "when": "figure", "figure": "heat.comments.weibo", "below": "70%"}


@pytest.fixture
def world(records):
    records.alerts(FILM, "one")
    yield records
    (records.root / "alerts.toml").unlink(missing_ok=True)
    (records.root / "alerts" / "book.json").unlink(missing_ok=True)


def rules(site):
    from longtake.services.alerts.settings import read

    return {rule.name: rule for rule in read(site.workspace, {}).rules}


def test_a_rule_is_written_changed_paused_and_taken_out(world):
    client = world.client(world.member("editor"))
    assert "f-below" in client.get(PAGE, {"new": "figure"}).content.decode()
    assert client.post(f"{PAGE}rules/put/", RULE).status_code == 302
    assert (rules(world)["r-low"].below, rules(world)["r-low"].campaigns) == (0.7, (FILM,))
    page = client.get(PAGE, {"edit": "r-low"}).content.decode()
    assert 'value="0.7"' in page
    client.post(
        f"{PAGE}rules/put/", {**RULE, "replaces": "r-low", "below": "0.6", "first": "修", "second": "等"}
    )
    assert (rules(world)["r-low"].below, rules(world)["r-low"].answers) == (0.6, ("修", "等"))
    client.post(f"{PAGE}rules/r-low/pause/", {"paused": "1"})
    assert rules(world)["r-low"].paused is True
    assert "停着" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}rules/r-low/pause/", {"paused": "0"})
    client.post(f"{PAGE}rules/r-low/drop/")
    assert sorted(rules(world)) == ["one"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"below": "低"}, "不是数"),
        ({"below": ""}, "只填一个"),
        ({"name": "一 二"}, "名字只能用"),
        ({"figure": ""}, "请选一个数"),
    ],
)
def test_a_wrong_form_comes_back_filled_in_with_the_reason(world, change, said):
    client = world.client(world.member("editor"))
    answer = client.post(f"{PAGE}rules/put/", {**RULE, "why": "我的理由", **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "我的理由" in answer.content.decode()
    assert sorted(rules(world)) == ["one"]


def test_no_page_shows_an_address_and_only_a_workspace_owner_sets_one(world):
    owner, root = world.client(world.member("owner")), world.client(world.root_owner())
    for client in (owner, root):
        assert "verysecrettoken" not in client.get(PAGE).content.decode()
    given = {"name": "boss", "address": "jsons://another-secret.example/x"}
    assert owner.post(f"{PAGE}channels/put/", given).status_code == 403
    assert root.post(f"{PAGE}channels/put/", given).status_code == 302
    page = root.get(PAGE).content.decode()
    assert "boss" in page
    assert "another-secret" not in page
    from longtake.records.models import Act

    assert "another-secret" not in json.dumps(list(Act.objects.values_list("detail", flat=True)))
    bad = root.post(f"{PAGE}channels/put/", {"name": "x", "address": "file:///etc/passwd"}, follow=True)
    assert "这个地址发不出去" in bad.content.decode()
    assert "passwd" not in bad.content.decode()


def test_a_decision_is_answered_once_and_written_down_with_who_did(world):
    from longtake.records.models import Act
    from longtake.services.alerts.book import load

    client = world.client(world.member("editor"))
    assert "A · 修" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}key-one/answer/", {"choice": "B"})
    assert load(world.workspace).alerts[0].answer == "等"
    again = client.post(f"{PAGE}key-one/answer/", {"choice": "A"}, follow=True).content.decode()
    assert "已经定过了：等" in again
    assert load(world.workspace).alerts[0].answer == "等"
    (act,) = Act.objects.filter(what="answer")
    assert (act.person.username, act.detail) == (f"editor-{FILM}", {"alert": "key-one", "answer": "等"})
    assert client.post(f"{PAGE}key-nobody/answer/", {"choice": "A"}).status_code == 404


def test_who_may_only_look_sees_decisions_without_buttons(world):
    page = world.client(world.member("viewer")).get(PAGE).content.decode()
    assert "口碑断了。" in page
    assert "/answer/" not in page
    assert "rules/put" not in page


def test_decisions_of_another_film_are_not_shown(world):
    world.alerts(OTHER, "other")
    page = world.client(world.member("owner")).get(PAGE).content.decode()
    assert "口碑断了。" not in page
    assert ">other<" not in page


def test_a_failure_to_deliver_is_told_in_words(world):
    from longtake.services.alerts.book import load, save

    book = load(world.workspace)
    way = book.alerts[0].ways["team"]
    way.attempts, way.failed, way.code = 3, "The channel team answered 404.", "channel"
    save(world.workspace, book)
    page = world.client(world.member("viewer")).get(PAGE).content.decode()
    assert "对方没有收下" in page
    assert "试过 3 次。" in page


def test_a_file_that_cannot_be_used_is_said_and_the_decisions_are_still_there(world):
    (world.root / "alerts.toml").write_text("x = 1\n", "utf-8")
    page = world.client(world.member("owner")).get(PAGE).content.decode()
    assert "alerts.toml" in page
    assert "口碑断了。" in page


def worked(site, **given):
    from longtake.records import queue
    from longtake.worker import perform

    job = queue.submit("alerts", FILM, given=given)
    perform.perform(job.pk)
    job.refresh_from_db()
    return job


def test_a_trial_goes_through_the_worker_and_an_inside_address_is_not_reached_unless_named(
    world, monkeypatch
):
    client = world.client(world.member("editor"))
    with http_receiver() as (port, received):
        text = f'[channels]\nbridge = "json://127.0.0.1:{port}/a"\n'
        (world.root / "alerts.toml").write_text(text, "utf-8")
        job = worked(world, trial="bridge")
        assert (job.state, job.outcome["failed"][0]["code"], list(received)) == (
            "done",
            "channel_address",
            [],
        )
        assert "这个地址不让发" in client.get(PAGE).content.decode()
        monkeypatch.setenv("LONGTAKE_ALERT_ALLOW_HOST", "127.0.0.1")
        assert worked(world, trial="bridge").outcome == {"trial": "bridge", "sent": 1, "failed": []}
        assert len(received) == 1
    assert "对方收下了" in client.get(PAGE).content.decode()


def test_after_a_measurement_rules_are_held_against_the_kept_figures_and_sent(world, monkeypatch):
    from longtake.services.alerts.book import Book, load, save

    monkeypatch.setenv("LONGTAKE_ALERT_ALLOW_HOST", "127.0.0.1")
    client = world.client(world.member("editor"))
    save(world.workspace, Book())
    with http_receiver() as (port, received):
        text = f'[channels]\nbridge = "json://127.0.0.1:{port}/a"\n'
        (world.root / "alerts.toml").write_text(text, "utf-8")
        client.post(f"{PAGE}rules/put/", {**RULE, "below": "1000"})
        job = worked(world)
        worked(world)
        assert (job.outcome["sent"], len(received)) == (1, 1)
    (alert,) = load(world.workspace).alerts
    assert (alert.campaign, alert.rule, alert.ways["bridge"].sent) == (FILM, "r-low", True)
    assert "送到了" in client.get(PAGE).content.decode()


def test_measuring_looks_at_the_rules_when_there_are_any(world):
    from longtake.records import queue
    from longtake.records.models import Job
    from longtake.worker import perform

    perform.perform(queue.submit("measure", FILM).pk)
    assert [job.kind for job in Job.objects.filter(state="queued").order_by("id")] == ["alerts", "rows"]


def test_the_page_asks_the_same_few_questions_however_much_there_is(world):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from longtake.services.alerts.book import Alert, Way, load, save

    client = world.client(world.member("owner"))
    counts = []
    for n in (1, 3):
        book = load(world.workspace)
        book.alerts += [
            Alert(f"k{n}{i}", FILM, "one", "t", "b", ("a", "b"), "2026-01-12T04:00:00+00:00", {"team": Way()})
            for i in range(n)
        ]
        save(world.workspace, book)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 8
