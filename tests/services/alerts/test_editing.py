"""The file of rules changed from a form: what was there stays, what could not be read is never written."""

import stat
from datetime import UTC, datetime

import pytest

from longtake.services.alerts import sample
from longtake.services.alerts.check import hold
from longtake.services.alerts.editing import (
    drop_channel,
    drop_rule,
    pause_rule,
    put_channel,
    put_rule,
    rules_of,
)
from longtake.services.alerts.editing.file import AlertEditError
from longtake.services.alerts.errors import AlertFileError
from longtake.services.alerts.settings import read
from longtake.services.workspace import Workspace
from services.alerts.worlds import NOW, estimate, report, split

R = {"name": "r-low", "when": "figure", "figure": "split.reproduction", "below": 0.7}


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


def put(workspace, told, *, replaces="", campaign="lamp", everywhere=False):
    put_rule(workspace, campaign, told, replaces=replaces, everywhere=everywhere)


def names(workspace, campaign="lamp"):
    return [rule.name for rule in rules_of(read(workspace, {}), campaign)]


def text(workspace):
    return (workspace.root / "alerts.toml").read_text("utf-8")


def test_a_rule_from_a_form_is_the_rule_the_command_line_reads(workspace):
    at = datetime(2031, 2, 1, 10, tzinfo=UTC)
    put(workspace, {**R, "until": 0.8, "answers": ["修", "等"], "why": "R 低了"})
    put(workspace, {"name": "day", "when": "due", "at": at, "figure": ""})
    first, second = read(workspace, {}).rules
    assert (first.below, first.until, first.answers, first.why) == (0.7, 0.8, ("修", "等"), "R 低了")
    assert (first.campaigns, second.at, second.figure) == (("lamp",), at, "")
    assert stat.S_IMODE((workspace.root / "alerts.toml").stat().st_mode) == 0o600


def test_comments_order_and_other_rules_stay_when_one_is_changed(workspace):
    (workspace.root / "alerts.toml").write_text(sample(), "utf-8")
    put(workspace, {**R, "name": "mine"})
    before = text(workspace)
    put(workspace, {**R, "name": "mine", "below": 0.6}, replaces="mine")
    assert text(workspace) == before.replace("below = 0.7\ncampaigns", "below = 0.6\ncampaigns") or (
        before.count("\n") == text(workspace).count("\n")
    )
    assert sample().splitlines()[0] in text(workspace)
    assert names(workspace) == ["r-low", "slump", "listed", "refused", "mine"]
    assert read(workspace, {}).rules[-1].below == 0.6


def test_changing_a_rule_takes_out_what_the_form_left_empty_and_keeps_whom_it_watches(workspace):
    put(workspace, {**R, "upper_below": 1.0, "why": "x"})
    pause_rule(workspace, "lamp", "r-low", paused=True, everywhere=False)
    put(workspace, {**R, "below": None, "above": 1.2, "name": "r-high"}, replaces="r-low")
    (rule,) = read(workspace, {}).rules
    assert (rule.name, rule.below, rule.above, rule.upper_below, rule.why) == ("r-high", None, 1.2, None, "")
    assert (rule.campaigns, rule.paused) == (("lamp",), True)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({**R, "name": "降 了"}, "alert_name"),
        ({**R, "when": "never"}, "alert_kind"),
        ({**R, "figure": ""}, "alert_figure"),
        ({**R, "above": 0.9}, "alert_one_bound"),
        ({**R, "below": None}, "alert_one_bound"),
        ({**R, "until": 0.6}, "alert_until"),
        ({**R, "answers": ["修"]}, "alert_answers"),
        ({"name": "x", "when": "due", "at": None}, "alert_at"),
        ({**R, "name": "there"}, "alert_taken"),
    ],
)
def test_a_form_that_is_wrong_is_refused_in_words_and_the_file_is_as_before(workspace, told, says):
    put(workspace, {**R, "name": "there"})
    before = text(workspace)
    with pytest.raises(AlertEditError) as refused:
        put(workspace, told)
    assert refused.value.says == says
    assert text(workspace) == before


def test_a_rule_without_its_channel_is_refused_by_the_files_own_reader(workspace):
    with pytest.raises(AlertFileError, match="names no channel"):
        put(workspace, {**R, "to": ["nobody"]})
    assert not (workspace.root / "alerts.toml").exists()


def test_one_films_editor_cannot_touch_a_rule_of_all_films_or_of_another(workspace):
    (workspace.root / "alerts.toml").write_text(sample(), "utf-8")
    put(workspace, {**R, "name": "theirs"}, campaign="other")
    before = text(workspace)
    for name, says in (("slump", "alert_everywhere"), ("theirs", "not_there"), ("none", "not_there")):
        for act in (
            lambda name=name: put(workspace, {**R, "name": "mine"}, replaces=name),
            lambda name=name: pause_rule(workspace, "lamp", name, paused=True, everywhere=False),
            lambda name=name: drop_rule(workspace, "lamp", name, everywhere=False),
        ):
            with pytest.raises(AlertEditError) as refused:
                act()
            assert refused.value.says == says
    assert text(workspace) == before
    drop_rule(workspace, "lamp", "slump", everywhere=True)
    assert names(workspace) == ["r-low", "listed", "refused"]


def test_a_paused_rule_finds_nothing_and_a_woken_one_does(workspace):
    put(workspace, R)
    low = (report(split(estimate(0.5))),)
    pause_rule(workspace, "lamp", "r-low", paused=True, everywhere=False)
    assert hold(workspace, low, now=NOW) == ()
    pause_rule(workspace, "lamp", "r-low", paused=False, everywhere=False)
    assert [one.state for one in hold(workspace, low, now=NOW)] == ["raised"]
    assert "paused" not in text(workspace)


def test_channels_are_named_replaced_and_taken_out(workspace):
    put_channel(workspace, "team", "feishu://firsttoken")
    put_channel(workspace, "boss", "jsons://bridge.example/a")
    put_channel(workspace, "team", "feishu://secondtoken")
    put(workspace, {**R, "to": ["team", "boss"]})
    drop_channel(workspace, "boss")
    settings = read(workspace, {})
    assert (list(settings.channels), settings.rules[0].to) == (["team"], ("team",))
    assert settings.channels["team"].url.reveal() == "feishu://secondtoken"
    with pytest.raises(AlertEditError) as refused:
        drop_channel(workspace, "team")
    assert refused.value.says == "alert_only_way"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "syslog://", "nothing", "", "windows://x"])
def test_an_address_that_is_no_service_of_ours_is_refused_and_not_repeated(workspace, address):
    with pytest.raises(AlertEditError) as refused:
        put_channel(workspace, "team", address)
    assert refused.value.says == "alert_address"
    assert not address or address not in str(refused.value)
    assert not (workspace.root / "alerts.toml").exists()


def test_a_file_that_is_no_toml_is_left_alone_and_not_quoted(workspace):
    (workspace.root / "alerts.toml").write_text('team = "feishu://verysecret\n', "utf-8")
    with pytest.raises(AlertFileError) as refused:
        put(workspace, R)
    assert "verysecret" not in str(refused.value)
    assert text(workspace) == 'team = "feishu://verysecret\n'
