import json
from datetime import UTC, datetime

import pytest

from reader_runs import NAMED, SEEDS, kept, refused, run
from shared_data import shared


def test_mastodon_words_without_their_markup():
    post, reply = kept(run("mastodon-status", SEEDS / "mastodon-status.json"))
    assert (post.text, post.topics, post.lang, post.kind) == (
        "Good evening #valley & you\ngo",
        "#valley#",
        "en",
        "post",
    )
    assert (post.likes, post.replies, post.shares) == (3, 1, 2)
    assert post.at == datetime(2024, 5, 20, 12, tzinfo=UTC)
    assert post.author == NAMED("mastodon", "a@b.example")
    assert (reply.kind, reply.parent_id, reply.lang) == ("reply", "1", "zh")


def test_mastodon_boosts_and_empty_statuses_are_refused():
    assert refused(run("mastodon-status", SEEDS / "mastodon-status.json")) == [(3, "reblog"), (4, "content")]


@pytest.mark.parametrize("shape", ["one", "array", "lines"])
def test_mastodon_in_other_shapes(shape, tmp_path):
    statuses = json.loads((SEEDS / "mastodon-status.json").read_text("utf-8"))["statuses"][:2]
    path = tmp_path / ("x.jsonl" if shape == "lines" else "x.json")
    text = {
        "one": json.dumps(statuses[0]),
        "array": json.dumps(statuses),
        "lines": "\n".join(json.dumps(status) for status in statuses),
    }[shape]
    path.write_text(text, encoding="utf-8")
    rows = kept(run("mastodon-status", path))
    assert [row.comment_id for row in rows] == (["1"] if shape == "one" else ["1", "2"])


def test_bluesky_thread_with_replies_under_their_post():
    post, reply = kept(run("bluesky-post", SEEDS / "bluesky-post.json"))
    assert (post.text, post.kind, post.lang, post.topics) == (
        "what a night #valley",
        "post",
        "en",
        "#valley#",
    )
    assert (post.likes, post.replies, post.shares) == (3, 1, 2)
    assert (reply.kind, reply.parent_id, reply.lang) == ("reply", post.comment_id, "zh")
    assert post.author == NAMED("bluesky", "did:plc:a")


def test_bluesky_deleted_and_wordless_posts_are_refused():
    assert refused(run("bluesky-post", SEEDS / "bluesky-post.json")) == [(3, "*"), (4, "record.text")]


@pytest.mark.parametrize("shape", ["one", "array", "feed", "posts"])
def test_bluesky_in_other_shapes(shape, tmp_path):
    view = json.loads((SEEDS / "bluesky-post.json").read_text("utf-8"))["thread"]["post"]
    value = {
        "one": view,
        "array": [view],
        "feed": {"feed": [{"post": view, "reason": {"by": "x"}}], "cursor": "c"},
        "posts": {"posts": [view], "hitsTotal": 1},
    }[shape]
    path = tmp_path / "x.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    (row,) = kept(run("bluesky-post", path))
    assert (row.text, row.source_line) == ("what a night #valley", 1)


def test_meltwater_mentions_reach_and_engagement():
    rows = kept(run("meltwater", SEEDS / "meltwater.csv"))
    news, reach, engagement, tweet, tweeted = rows
    assert (news.text, news.platform, news.lang) == ("The letter made the hall cry.", "other", "en")
    assert news.at == datetime(2024, 5, 20, 7, 48, tzinfo=UTC)
    assert [(row.metric, row.value, row.kind) for row in (reach, engagement, tweeted)] == [
        ("reach", 120_000.0, "score"),
        ("engagement", 45.0, "cumulative"),
        ("reach", 300.0, "score"),
    ]
    assert reach.node_id == news.comment_id
    assert (tweet.comment_id, tweet.platform) == ("1790000000000000001", "twitter")


def test_meltwater_rounded_ids_and_wordless_rows_are_refused():
    assert refused(run("meltwater", SEEDS / "meltwater.csv")) == [(4, "Tweet Id"), (5, "Hit Sentence")]


def test_shared_exports():
    (status,) = kept(run("mastodon-status", shared("exports/mastodon_status.json")))
    assert (len(status.text), status.likes, status.replies, status.shares) == (11, 3, 1, 2)
    (post,) = kept(run("bluesky-post", shared("exports/bluesky_postview.json")))
    assert (len(post.text), post.likes, post.shares, post.lang) == (3, 2, 1, "en")
    assert status.at == post.at == datetime(2022, 1, 12, 3, tzinfo=UTC)
