"""Assets of a campaign from its file and its rows: which are assets, what pauses, what stood around each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from longtake.domain.campaign import Campaign
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.services import evidence
from longtake.services.assets import as_json, assets, kind_of, planned
from longtake.services.imports.add import add
from longtake.services.work import described
from longtake.services.workspace import Workspace

DAY = timedelta(days=1)
T0 = datetime(2026, 1, 10, 4, tzinfo=UTC)


def campaign(nodes=(), events=()):
    return Campaign(id="片", name="片", nodes=tuple(nodes), events=tuple(events))


def test_what_is_an_asset_and_what_is_a_push():
    found = planned(
        campaign(
            [Node("t", "trailer", at=T0), Node("k", "kol_brief", at=T0), Node("z", "zine")],
            [Event("ad", T0, 0), Event("interview", T0 + DAY, 0), Event("popup", T0, 0)],
        )
    )
    assert [(one.key, one.kind, one.at) for one in found.assets] == [
        ("t", "trailer", T0),
        ("interview-202601111200-all", "interview", T0 + DAY),
        ("z", "other_asset", None),
    ]


def test_an_act_that_pushes_a_node_is_the_nodes_and_dates_it_when_it_has_no_date():
    acts = [
        Event("trailer", T0, 0, node_id="t"),
        Event("poster", T0 + timedelta(hours=3), 0, platform="weibo"),
        Event("interview", T0 + 2 * DAY, 0, node_id="soon", planned=True),
    ]
    nodes = [Node("t", "trailer"), Node("p", "poster", at=T0, platform="weibo"), Node("soon", "interview")]
    found = planned(campaign(nodes, acts))
    assert [(one.key, one.at, one.planned) for one in found.assets] == [
        ("p", T0, False), ("t", T0, False), ("soon", T0 + 2 * DAY, True),
    ]  # fmt: skip


def test_other_acts_within_a_day_stand_beside_an_asset():
    found = planned(
        campaign(
            [
                Node("a", "poster", at=T0),
                Node("b", "clip", at=T0 + timedelta(hours=23)),
                Node("c", "clip", at=T0 + 2 * DAY),
            ],
            [Event("ad", T0 + timedelta(hours=1), 0), Event("kol", T0 + timedelta(hours=24), 0)],
        )
    )
    assert {one.key: one.beside for one in found.assets} == {"a": 2, "b": 3, "c": 0}


def test_kinds_have_rhythms_of_their_own():
    nodes = [Node(f"i{n}", "interview", at=T0 + n * DAY) for n in (0, 2, 4, 6, 13)]
    nodes += [Node(f"p{n}", "poster", at=T0 + n * DAY) for n in (0, 7)]
    lines = {line.kind: line for line in planned(campaign(nodes)).lines}
    assert list(lines) == ["all", "poster", "interview"]
    assert [(gap.after, gap.days) for gap in lines["interview"].cadence.gaps] == [(date(2026, 1, 16), 7)]
    assert lines["poster"].cadence.gaps == ()


@pytest.mark.parametrize(
    ("word", "node", "kind"), [("teaser", False, "trailer"), ("release", True, None), ("popup", False, None)]
)
def test_words_of_files_become_kinds(word, node, kind):
    assert kind_of(word, node=node) == kind


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Five comments an hour for four days, and ten an hour in the day after an interview on the third."""
    folder = tmp_path_factory.mktemp("assets")
    made = Workspace(folder / "w")
    described.begin(made, name="片", told={}, circles=())
    for key, at in (("talk", T0 + 2 * DAY), ("early", T0 + timedelta(hours=2)), ("4242", T0 + 2 * DAY)):
        described.put(
            made, "片", "node", None, {"id": key, "kind": "interview", "at": at, "title": f"题{key}"}
        )
    lines = [
        f"weibo,{hour}-{i},{T0 + timedelta(hours=hour, minutes=i):%Y-%m-%dT%H:%M}+00:00"
        for hour in range(96)
        for i in range(10 if 48 <= hour < 72 else 5)
    ]
    (folder / "a.csv").write_text("\n".join(["platform,text,at", *lines]) + "\n", "utf-8")
    works = "platform,subject,metric,value,kind,subject_kind,at\n"
    works += f"weibo,题talk,plays,1200,cumulative,node,{T0 + 4 * DAY:%Y-%m-%d %H:%M}\n"
    (folder / "works.csv").write_text(works, "utf-8")
    shot = int((T0 + 2 * DAY).timestamp())
    entries = "".join(f'<d p="{i}.5,1,25,16777215,{shot + i},0,abc{i},{i}">好看{i}</d>' for i in range(1, 25))
    (folder / "d.xml").write_text(f"<i><chatid>4242</chatid><maxlimit>500</maxlimit>{entries}</i>", "utf-8")
    add(made, "片", [folder / name for name in ("a.csv", "works.csv", "d.xml")], relative_to=folder)
    described.follow(made, "片")
    return made


def test_talk_around_an_asset_is_the_day_after_over_the_day_before_and_opens_its_rows(workspace):
    found = {one.key: one for one in assets(workspace, "片").assets}
    figures = {figure.label: figure for figure in found["talk"].figures}
    around = figures["asset_lift"]
    assert isinstance(around.quantity, Estimate)
    assert (around.quantity.value, around.quantity.n) == (2.0, 360)
    assert around.quantity.low < 2 < around.quantity.high
    assert evidence.rows(workspace, around.id, limit=1).total == 360


def test_an_asset_too_near_the_edge_of_what_was_counted_is_not_given_a_number(workspace):
    (early,) = [one for one in assets(workspace, "片").assets if one.key == "early"]
    (around,) = early.figures
    assert isinstance(around.quantity, Unknown)
    assert around.quantity.reason == "window_cut"


def test_comments_under_it_and_its_counts_open_their_rows(workspace):
    told = {
        (one.key, figure.label): (figure.quantity.value, evidence.rows(workspace, figure.id, limit=1).total)
        for one in assets(workspace, "片").assets
        for figure in one.figures
        if figure.label not in {"asset_lift", "asset_lift_days"}
    }
    assert told == {("4242", "asset_comments"): (24.0, 24), ("talk", "asset_plays"): (1200.0, 1)}


def test_the_same_rows_give_the_same_calendar(workspace):
    assert as_json(assets(workspace, "片")) == as_json(assets(workspace, "片"))


def test_a_campaign_without_anything_has_an_empty_calendar(tmp_path):
    made = Workspace(tmp_path)
    described.begin(made, name="片", told={}, circles=())
    assert as_json(assets(made, "片")) == {"until": None, "lines": [], "assets": []}
