import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from longtake.heat.boxoffice.legs import legs
from longtake.heat.decay.halflife import count_decay, half_life
from longtake.heat.grids.grid import HOUR, counts, hourly
from longtake.heat.grids.profile import cycle, hour_profile
from longtake.heat.toplist.presence import presence
from longtake.simulate.campaign import feature_campaign, short_campaign
from longtake.simulate.cascade import DAY_HOURS
from longtake.simulate.grammar import grammar
from longtake.simulate.plots.plot import CHINA

START, END = datetime(2026, 1, 5, tzinfo=CHINA), datetime(2026, 1, 26, tzinfo=CHINA)


@pytest.fixture(scope="module")
def short():
    return short_campaign()


@pytest.fixture(scope="module")
def feature():
    return feature_campaign()


def test_the_short_holds_what_it_promises(short):
    assert len(short.comments) == len(short.said) == 20_000
    assert {c.platform for c in short.comments} == {"weibo", "douyin", "bilibili", "xiaohongshu", "douban"}
    assert all(START.astimezone(UTC) <= c.at < END for c in short.comments)
    assert len({(c.platform, c.comment_id) for c in short.comments}) == 20_000
    written = [c.text for c in short.comments if c.kind != "danmaku"]
    assert len(set(written)) >= 0.9 * len(written)
    film = [cue for cue in short.cues if cue.node_id == "film"]
    assert (len(film), len(short.cues) - len(film)) == (60, 15)
    json.dumps(short.truth)


def test_the_feature_holds_what_it_promises(feature):
    assert len(feature.comments) == 2_000
    assert len({row.city for row in feature.boxoffice}) == 12
    run = legs(
        [row.date for row in feature.boxoffice],
        [row.gross_cny for row in feature.boxoffice],
        release=feature.campaign.release_at.date(),
    )
    assert run.legs_3.value == pytest.approx(feature.truth["legs_3"])
    assert run.legs_7.value == pytest.approx(feature.truth["legs_7"])
    assert run.previews.value == feature.truth["previews_cny"]
    json.dumps(feature.truth)


def test_the_same_seed_gives_the_same_rows_and_another_one_others(short):
    again, other = short_campaign(), short_campaign(1)
    assert again.comments == short.comments
    assert again.hotlist == short.hotlist
    assert other.comments != short.comments


def test_replies_answer_comments_that_exist_and_came_before(short):
    at = {(c.platform, c.comment_id): c.at for c in short.comments}
    replies = [c for c in short.comments if c.parent_id]
    assert replies
    assert all(at[c.platform, c.parent_id] <= c.at for c in replies)


def test_every_film_line_that_viewers_quote_is_in_the_film(short, feature):
    for sample, film in ((short, "short"), (feature, "feature")):
        spoken = "\n".join(cue.text for cue in sample.cues if cue.node_id == "film")
        assert all(line in spoken for line in grammar(film).lines)


def test_comment_shares_are_those_of_the_counts_they_were_drawn_from(short):
    promoted = short.truth["promoted_share_of_comments"]
    assert promoted == pytest.approx(short.truth["direct_share"], abs=0.03)


def test_the_measured_half_life_finds_the_planted_one(short):
    rows = [o for o in short.observations if o.metric == "discussions"]
    series = hourly([o.at for o in rows], [o.value for o in rows], start=START, end=END, reduction="sum")
    found = count_decay(series, profile=cycle(series, DAY_HOURS)).half_life
    assert found.value == pytest.approx(short.truth["half_life_hours_by_platform"]["weibo"], rel=0.2)


def test_the_list_tells_the_same_half_life_through_its_censoring(short):
    looked = [s.at for s in short.hotlist]
    free = [[e for e in s.entries if not e.sponsored] for s in short.hotlist]
    bound = [entries[-1].hot for entries in free]
    own = [
        (s.at, e.hot, rank)
        for s, entries in zip(short.hotlist, free, strict=True)
        for rank, e in enumerate(entries, 1)
        if e.title == short.campaign.name
    ]
    times = [at for at, _, _ in own]
    span = {"start": START, "end": END, "looked": looked}
    score = hourly(times, [hot for _, hot, _ in own], **span, bound=bound)
    profile = hour_profile([hourly(looked, bound, start=START, end=END)])
    found = half_life(score, profile=cycle(score, profile))
    assert found.low <= short.truth["half_life_hours_by_platform"]["weibo"] <= found.high
    seen = presence(hourly(times, [rank for _, _, rank in own], **span, reduction="min"))
    assert seen.hours.low <= short.truth["list_hours"][short.campaign.name] <= seen.hours.high
    assert seen.slide.value < 14


def test_the_story_is_told_by_the_days(short):
    by_day = short.truth["polarity_share_by_day"]
    assert by_day["2026-01-08"]["neg"] < 0.25
    assert by_day["2026-01-11"]["neg"] > 0.35
    daily = counts([c.at for c in short.comments], start=START, end=END, step=timedelta(days=1)).values
    assert int(np.argmax(daily)) in (3, 4, 5)
    assert daily[9:].sum() < daily[3:6].sum() / 5
    assert HOUR * len(short.hotlist) < END - START
