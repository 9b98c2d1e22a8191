import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from longtake.errors import LongtakeError, NotFoundError
from longtake.services.alerts import answer, deliver, trial
from longtake.services.alerts.book import BookError, alone, load, save
from longtake.services.alerts.check import judged
from longtake.services.alerts.errors import AlertsBusyError
from longtake.services.alerts.guard import ALLOWED
from longtake.services.alerts.judge import findings
from longtake.services.alerts.settings import read
from longtake.services.workspace import Workspace
from services.alerts.receivers import http_receiver
from services.alerts.worlds import NOW, estimate, report, split

HERE = {ALLOWED: "127.0.0.1"}
RULE = '[[rules]]\nname = "r-low"\nwhen = "figure"\nfigure = "split.reproduction"\nbelow = 0.7\n'
SEND = "from longtake.services.alerts import deliver; from longtake.services.workspace import Workspace; "
SEND += "import sys, pathlib; deliver(Workspace(pathlib.Path(sys.argv[1])))"


def look(workspace, value):
    """Hold the rules against a report with an R of this value, as a check does, and keep what came out."""
    settings, book, world = read(workspace, {}), load(workspace), report(split(estimate(value)))
    out = []
    for rule in settings.rules:
        found = findings(rule, world, now=NOW, raised=book.raised("lamp", rule.name))
        out += judged(book, found, world, settings, NOW)
    save(workspace, book)
    return [one.alert.key for one in out if one.alert]


@pytest.fixture
def world(tmp_path):
    with http_receiver() as (port, received):
        text = f'lang = "zh"\n[channels]\nbridge = "json://127.0.0.1:{port}/a"\n{RULE}'
        (tmp_path / "alerts.toml").write_text(text, "utf-8")
        yield Workspace(tmp_path), received


def test_once_a_state_is_sent_it_is_not_sent_again(world):
    workspace, received = world
    (key,) = look(workspace, 0.5)
    assert look(workspace, 0.4) == []
    assert [(one.key, one.channel, one.error) for one in deliver(workspace, environ=HERE)] == [
        (key, "bridge", None)
    ]
    assert deliver(workspace, environ=HERE) == ()
    assert look(workspace, 0.3) == []
    assert deliver(workspace, environ=HERE) == ()
    assert look(workspace, 0.9) == []
    (second,) = look(workspace, 0.5)
    assert second != key
    deliver(workspace, environ=HERE)
    assert [one["headers"]["idempotency-key"] for one in received] == [key, second]


def test_what_a_service_refuses_waits_and_goes_out_later_under_the_same_id(world):
    workspace, received = world
    (key,) = look(workspace, 0.5)
    received.answer = (503, {}, b"")
    (failed,) = deliver(workspace, environ=HERE)
    assert "503" in str(failed.error)
    assert load(workspace).alerts[0].ways["bridge"].failed == str(failed.error)
    received.answer = (200, {}, b"{}")
    (done,) = deliver(workspace, environ=HERE)
    assert (done.key, done.error) == (key, None)
    # A refusal is known to be one, so the second message is no copy.
    assert [("可能" in one["body"]["message"], "中断" in one["body"]["message"]) for one in received] == [
        (False, False)
    ] * 2


def test_a_run_killed_while_sending_sends_again_under_the_same_id_and_says_so(world, tmp_path):
    workspace, received = world
    (key,) = look(workspace, 0.5)
    env = {**os.environ, **HERE, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    running = subprocess.Popen([sys.executable, "-c", SEND, str(tmp_path)], env=env)
    killed = []

    def kill(_request):
        if not killed:
            killed.append(True)
            os.kill(running.pid, signal.SIGKILL)
            running.wait()

    received.seen = kill
    assert running.wait(timeout=60) == -signal.SIGKILL
    assert len(received) == 1
    assert load(workspace).alerts[0].ways["bridge"].open
    (done,) = deliver(workspace, environ=HERE)
    assert done.error is None
    assert deliver(workspace, environ=HERE) == ()
    assert [one["headers"]["idempotency-key"] for one in received] == [key, key]
    assert [one["body"]["message"].startswith("（上一次发送中断") for one in received] == [False, True]
    assert look(workspace, 0.5) == []


def test_a_decision_found_before_there_was_a_channel_waits_for_the_first(tmp_path):
    workspace = Workspace(tmp_path)
    (tmp_path / "alerts.toml").write_text(RULE, "utf-8")
    (key,) = look(workspace, 0.5)
    assert deliver(workspace, environ=HERE) == ()
    with http_receiver() as (port, received):
        (tmp_path / "alerts.toml").write_text(f'[channels]\nb = "json://127.0.0.1:{port}/a"\n{RULE}', "utf-8")
        (done,) = deliver(workspace, environ=HERE)
        assert (done.key, done.error, len(received)) == (key, None, 1)


def test_an_inside_address_nobody_named_stays_in_the_outbox(world):
    workspace, received = world
    look(workspace, 0.5)
    (failed,) = deliver(workspace, environ={})
    assert "127.0.0.1" in str(failed.error)
    assert ALLOWED in str(failed.error)
    assert received == []
    assert load(workspace).alerts[0].waits == ("bridge",)


def test_two_runs_at_once_never_send_twice(world):
    workspace, received = world
    look(workspace, 0.5)
    with alone(workspace), pytest.raises(AlertsBusyError):
        deliver(workspace, environ=HERE)
    assert received == []


def test_the_book_says_nothing_of_where_messages_go(world):
    workspace, _ = world
    look(workspace, 0.5)
    deliver(workspace, environ=HERE)
    kept = (workspace.root / "alerts" / "book.json").read_text("utf-8")
    assert "json://" not in kept
    assert json.loads(kept)["alerts"][0]["ways"] == {
        "bridge": {"attempts": 1, "open": False, "sent": True, "failed": "", "code": ""}
    }


def test_a_damaged_book_is_named_and_not_written_over(world):
    workspace, _ = world
    look(workspace, 0.5)
    path = workspace.root / "alerts" / "book.json"
    path.write_text('{"states": {', "utf-8")
    with pytest.raises(BookError, match=r"book.json"):
        deliver(workspace, environ=HERE)
    assert path.read_text("utf-8") == '{"states": {'


def test_a_trial_goes_through_the_channel_asked_for(world):
    workspace, received = world
    assert [(one.channel, one.error) for one in trial(workspace, environ=HERE)] == [("bridge", None)]
    assert "试发" in received[0]["body"]["title"]
    with pytest.raises(NotFoundError, match="bridge"):
        trial(workspace, "nobody", environ=HERE)


def test_a_decision_is_taken_once(world):
    workspace, _ = world
    (key,) = look(workspace, 0.5)
    done = answer(workspace, key, "b", now=NOW + timedelta(hours=1))
    assert (done.answer, done.answered_at) == ("再看一天", "2031-02-01T05:00:00+00:00")
    assert load(workspace).alerts[0].answer == "再看一天"
    with pytest.raises(LongtakeError, match="answered on"):
        answer(workspace, key, "A", now=NOW)
    with pytest.raises(LongtakeError, match="no answer"):
        answer(workspace, key, "C", now=NOW)
    with pytest.raises(NotFoundError):
        answer(workspace, "nothing", "A", now=NOW)
