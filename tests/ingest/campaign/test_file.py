from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.errors import CampaignFileError
from longtake.ingest.campaign import file as campaign_file
from longtake.services.campaigns import known as campaigns

WHOLE = """
[campaign]
name = "灯下的人"
kind = "short"
release_at = 2026-01-08T10:00:00+08:00
proposition = "总有一盏灯等你"
emotions = ["moved", "warmth"]
competitors = []
topics = ["灯下的人"]
[film]
subtitles = "film.srt"
characters = [{ name = "老周", aliases = ["师傅"] }]
intended_reversal = true
[[node]]
id = "trailer-1"
kind = "trailer"
at = 2026-01-05T12:00:00+08:00
platform = "douyin"
file = "trailer.srt"
entry = "challenge"
[[event]]
kind = "ad"
start = 2026-01-08T10:00:00+08:00
end = 2026-01-10T00:00:00+08:00
platform = "weibo"
city = ""
cost_cny = 200000
followers = 0
[[circle]]
name = "夜班"
keywords = ["夜班", "加班"]
platforms = []
regions = []
"""


def test_every_key_of_the_contract_is_read():
    campaign = campaign_file.parse(WHOLE)
    assert campaign.unknown_keys == ()
    assert campaign.id == "灯下的人"
    assert campaign.release_at == datetime(2026, 1, 8, 2, tzinfo=UTC)
    assert campaign.film.characters[0].aliases == ("师傅",)
    assert campaign.film.intended_reversal is True
    assert (campaign.nodes[0].node_id, campaign.nodes[0].entry) == ("trailer-1", "challenge")
    event = campaign.events[0]
    assert (event.kind, event.cost_cny, event.city, event.followers) == ("ad", 200000.0, None, 0.0)
    assert event.end == datetime(2026, 1, 9, 16, tzinfo=UTC)
    assert campaign.circles[0].keywords == ("夜班", "加班")


def test_unknown_keys_are_named_wherever_they_stand():
    text = WHOLE.replace('id = "trailer-1"', 'id = "trailer-1"\nmood = "warm"') + "\n[extra]\na = 1\n"
    assert campaign_file.parse(text).unknown_keys == ("extra", "node.1.mood")


def test_a_name_is_enough_and_a_cost_left_out_is_not_zero():
    campaign = campaign_file.parse('[campaign]\nname = "x"\n[[event]]\nkind = "ad"\nstart = 2026-01-08')
    assert campaign.kind is None
    assert campaign.events[0].cost_cny is None
    assert campaign.events[0].start == datetime(2026, 1, 7, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "灯下的人"', "", "campaign.name"),
        ('kind = "short"', 'kind = "long"', "campaign.kind"),
        ("2026-01-08T10:00:00+08:00\nproposition", '"soon"\nproposition', "campaign.release_at"),
        ('emotions = ["moved", "warmth"]', 'emotions = "moved"', "campaign.emotions"),
        ("cost_cny = 200000", "cost_cny = -1", "event.1.cost_cny"),
        ("cost_cny = 200000", 'cost_cny = "20万"', "event.1.cost_cny"),
        ("end = 2026-01-10T00:00:00+08:00", "end = 2026-01-01T00:00:00+08:00", "event.1.end"),
        ('entry = "challenge"', 'entry = "door"', "node.1.entry"),
        ("[film]", "[[film]]", "film"),
        ("[campaign]", "[campaign", "the file"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_do(old, new, key):
    with pytest.raises(CampaignFileError) as caught:
        campaign_file.parse(WHOLE.replace(old, new, 1))
    assert caught.value.key == key
    assert caught.value.expected


@given(st.text(max_size=200))
def test_any_text_is_a_campaign_or_a_typed_error(text):
    with contextlib.suppress(CampaignFileError):
        assert campaign_file.parse(text).name


@given(st.text(max_size=60))
def test_a_quoted_name_survives_a_campaign_file(name):
    if not name.strip():
        return
    try:
        campaign = campaign_file.parse(f"[campaign]\nname = {campaigns.quoted(name)}\n")
    except CampaignFileError:
        # TOML has no way to write a lone surrogate; everything else must survive.
        assert any("\ud800" <= c <= "\udfff" for c in name)
    else:
        assert campaign.name == name.strip()


def test_bytes_that_are_no_text_are_refused(tmp_path):
    file = tmp_path / "campaign.toml"
    file.write_bytes('[campaign]\nname = "灯下的人"'.encode("gb18030"))
    with pytest.raises(CampaignFileError, match="UTF-8"):
        campaign_file.load(file)
