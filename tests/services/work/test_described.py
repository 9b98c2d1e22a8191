"""A campaign's file is edited in place: what nobody touched stays, what is wrong is not written."""

import threading

import pytest

from longtake.errors import CampaignFileError
from longtake.services.campaigns import known
from longtake.services.work import described
from longtake.services.workspace import Workspace

FILE = """# written by hand
[campaign]
name = "灯"          # the film
proposition = "旧的"
my_own_key = 7

[[event]]
kind = "ad"
start = 2026-01-08T10:00:00+08:00   # first push
cost_cny = 100
"""


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "w")
    made.campaigns.mkdir(parents=True)
    (made.campaigns / "灯.toml").write_text(FILE, "utf-8")
    return made


def text(workspace):
    return (workspace.campaigns / "灯.toml").read_text("utf-8")


def test_comments_and_keys_of_others_outlive_an_edit(workspace):
    campaign = described.tell(workspace, "灯", {"proposition": "新的", "competitors": ["乙"]})
    assert (campaign.proposition, campaign.competitors, campaign.unknown_keys) == (
        "新的",
        ("乙",),
        ("campaign.my_own_key",),
    )
    assert "# written by hand" in text(workspace)
    assert "# first push" in text(workspace)


def test_an_edit_that_cannot_be_read_back_changes_nothing(workspace):
    with pytest.raises(CampaignFileError):
        described.put(workspace, "灯", "event", 0, {"cost_cny": -1})
    assert text(workspace) == FILE
    with pytest.raises(described.DescriptionError):
        described.tell(workspace, "灯", {"name": "别的"})
    assert text(workspace) == FILE


def test_acts_are_put_changed_and_dropped_by_their_place(workspace):
    from datetime import UTC, datetime

    start = datetime(2026, 1, 9, tzinfo=UTC)
    described.put(workspace, "灯", "event", None, {"kind": "kol", "start": start, "note": '引号" 和 \\'})
    described.put(workspace, "灯", "event", 0, {"cost_cny": 250.0, "note": ""})
    found = known.find(workspace, "灯").events
    assert [(e.kind, e.cost_cny, e.note) for e in found] == [
        ("ad", 250.0, None),
        ("kol", None, '引号" 和 \\'),
    ]
    described.drop(workspace, "灯", "event", 1)
    described.drop(workspace, "灯", "event", 0)
    assert known.find(workspace, "灯").events == ()
    with pytest.raises(described.DescriptionError):
        described.drop(workspace, "灯", "event", 0)


def test_two_editors_at_once_lose_nothing(workspace):
    def write(i):
        described.put(workspace, "灯", "node", None, {"id": f"n{i}", "kind": "poster"})

    threads = [threading.Thread(target=write, args=(i,)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {node.node_id for node in known.find(workspace, "灯").nodes} == {f"n{i}" for i in range(12)}


def test_a_film_begun_here_is_known_to_every_command_and_a_second_of_its_name_is_refused(workspace):
    campaign = described.begin(workspace, name="《雨夜》", told={"kind": "short"}, circles=("甲", "乙"))
    assert known.find(workspace, "雨夜") == campaign
    assert [circle.keywords for circle in campaign.circles] == [("甲",), ("乙",)]
    with pytest.raises(described.DescriptionError):
        described.begin(workspace, name="雨夜", told={}, circles=())
    with pytest.raises(described.DescriptionError):
        described.begin(workspace, name="《》", told={}, circles=())


def test_a_film_of_a_long_hostile_name_is_found_by_its_id(workspace):
    campaign = described.begin(workspace, name="灯<img src=x onerror=alert(1)>" * 4, told={}, circles=())
    assert known.find(workspace, campaign.id) == campaign
    assert known.find(workspace, campaign.name) == campaign


def test_the_lake_follows_the_file_and_holds_each_act_once(workspace):
    described.follow(workspace, "灯")
    described.put(workspace, "灯", "event", 0, {"cost_cny": 300.0})
    described.follow(workspace, "灯")
    described.follow(workspace, "灯")
    (commit,) = workspace.lake.commits("灯")
    assert commit.tables == {"events": 1}


def test_a_film_that_follows_a_folder_is_edited_there(workspace, tmp_path):
    from longtake.services.campaigns import folders

    folder = tmp_path / "folder"
    folders.new(folder, name="跟随", kind=None, release_at=None)
    (folder / "events.csv").write_text("kind,start\nad,2026-01-08\n", "utf-8")
    folders.follow(workspace, folder)
    with pytest.raises(described.DescriptionError):
        described.tell(workspace, "跟随", {"proposition": "x"})
