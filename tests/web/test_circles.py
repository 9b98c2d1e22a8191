"""Planned circles and platforms, written down on the web as the rows name them."""

import pytest

from web_site import FILM


@pytest.fixture
def as_it_was(records):
    """Put the film's file back: no transaction holds it."""
    path = records.workspace.campaigns / f"{FILM}.toml"
    whole = path.read_bytes()
    yield
    path.write_bytes(whole)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            {"keywords": "加班、末班车", "platforms": "微博, 抖音", "regions": "上海",
             "planned_share": "30%"},
            {"keywords": ("加班", "末班车"), "platforms": ("weibo", "douyin"), "regions": ("上海",),
             "planned_share": 0.3},
        ),
        ({"keywords": "", "planned_share": ""}, {"keywords": (), "planned_share": None}),
        ({"planned_share": "三成"}, None),
        ({"planned_share": "130%"}, None),
        ({"index": "7", "keywords": "甲"}, None),
        ({"index": "", "keywords": "甲"}, None),
    ],
)  # fmt: skip
def test_a_circle_gets_its_rules_on_the_card_or_stays_as_it_was(records, as_it_was, given, kept):
    from longtake.records.models import Act
    from longtake.services.campaigns import known

    client, before = records.client(records.member("owner")), known.find(records.workspace, FILM).circles
    answer = client.post(f"/c/{FILM}/card/circle/", {"index": "0", **given})
    assert answer.status_code == 302
    now = known.find(records.workspace, FILM).circles
    if kept is None:
        assert now == before
        assert not Act.objects.filter(what="edit").exists()
        return
    assert {name: getattr(now[0], name) for name in kept} == kept
    assert [act.detail for act in Act.objects.filter(what="edit")] == [{"kind": "circle"}]
    page = client.get(f"/c/{FILM}/card/").content.decode()
    assert all(one in page for one in given.get("keywords", "").split("、"))


def test_platforms_are_written_down_as_the_rows_name_them(records, as_it_was):
    from longtake.services.campaigns import known

    client = records.client(records.member("owner"))
    client.post(f"/c/{FILM}/ledger/put/", {"kind": "ad", "start": "2026-01-09T10:00", "platform": "微博"})
    client.post(f"/c/{FILM}/nodes/put/", {"id": "n9", "kind": "trailer", "platform": "B站"})
    found = known.find(records.workspace, FILM)
    assert found.events[-1].platform == "weibo"
    assert [one.platform for one in found.nodes if one.node_id == "n9"] == ["bilibili"]
