from __future__ import annotations

import pytest

from longtake.domain.campaign import Part, Story
from longtake.errors import CampaignFileError
from longtake.ingest.campaign import file as campaign_file

WHOLE = """
[campaign]
name = "灯下的人"
hashtags = ["#谁给你留过灯#"]
[card]
key_words = ["灯", "走远"]
lines = ["灯亮着，人就没走远"]
never = ["促销"]
[film]
genre = "family"
usual_pace = 1.6
segments = [{ start = 0, name = "雪夜" }, { start = "0:02:10" }]
[brand]
names = ["屿光"]
seen = [{ start = "1:05", end = 70.5 }]
[[claim]]
text = "陪你把灯留着"
[[node]]
id = "trailer-1"
kind = "trailer"
intended_reversal = true
[[node]]
id = "poster-1"
kind = "poster"
"""


def test_every_key_of_the_telling_is_read():
    campaign = campaign_file.parse(WHOLE)
    assert campaign.unknown_keys == ()
    assert campaign.story == Story(
        key_words=("灯", "走远"),
        lines=("灯亮着，人就没走远",),
        never=("促销",),
        genre="family",
        usual_pace=1.6,
        segments=(Part(0, None, "雪夜"), Part(130_000)),
        brand=("屿光",),
        brand_seen=(Part(65_000, 70_500),),
        claims=("陪你把灯留着",),
        hashtags=("#谁给你留过灯#",),
        reversals=("trailer-1",),
    )


def test_a_campaign_that_says_nothing_of_it_has_an_empty_story():
    assert campaign_file.parse('[campaign]\nname = "x"').story == Story()


def test_keys_nobody_reads_are_named():
    found = campaign_file.parse('[campaign]\nname = "x"\n[card]\nkeywords = []\n[brand]\nlogo = "x"')
    assert found.unknown_keys == ("brand.logo", "card.keywords")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[film]\nusual_pace = 0", "film.usual_pace"),
        ('[film]\nsegments = [{ name = "x" }]', "film.segments.1.start"),
        ('[film]\nsegments = [{ start = "soon" }]', "film.segments.1.start"),
        ("[film]\nsegments = [{ start = true }]", "film.segments.1.start"),
        ('[brand]\nseen = [{ start = "1:05", end = "1:00" }]', "brand.seen.1.end"),
        ("[[claim]]", "claim.1.text"),
        ('[card]\nnever = "促销"', "card.never"),
        ('[[node]]\nid = "a"\nkind = "b"\nintended_reversal = "yes"', "node.1.intended_reversal"),
    ],
)
def test_a_wrong_value_is_refused_with_its_key(text, key):
    with pytest.raises(CampaignFileError) as caught:
        campaign_file.parse(f'[campaign]\nname = "x"\n{text}')
    assert caught.value.key == key
