import json
from datetime import UTC, datetime

from longtake.domain.comment import Comment
from longtake.domain.timed.moment import Precision
from reader_runs import SEEDS, kept, numbers, refused, run
from shared_data import shared

SEED = SEEDS / "ytdlp-info.json"
EPOCH = datetime.fromtimestamp(1716177600, UTC)


def test_comments_take_their_age_from_the_moment_of_the_download():
    first, reply = [row for row in kept(run("ytdlp-info", SEED)) if isinstance(row, Comment)]
    assert (first.kind, first.at_precision, first.at) == (
        "comment",
        Precision.DAY,
        datetime(2024, 5, 17, 16, tzinfo=UTC),
    )
    assert (reply.kind, reply.parent_id, reply.author_kind, reply.likes) == (
        "reply",
        "UgxA",
        "official",
        None,
    )
    assert first.node_id == reply.node_id == "vAlley00001"
    assert {first.observed_at, reply.observed_at} == {EPOCH}


def test_counters_hold_at_the_moment_of_the_download():
    items = run("ytdlp-info", SEED)
    assert numbers(items, 4) == {"plays": 1_000.0, "likes": 20.0, "comments": 3.0}
    row = kept(items)[-1]
    assert (row.at, row.node_id, row.subject, row.kind) == (
        EPOCH,
        "vAlley00001",
        "Letter trailer A",
        "cumulative",
    )
    assert row.subject_at == datetime.fromtimestamp(1716004800, UTC)
    assert refused(items) == [(3, "id")]


def test_another_site_keeps_its_own_stamps(tmp_path):
    path = tmp_path / "x.info.json"
    comment = {"id": 5, "text": "没忍住", "timestamp": 1716004800, "parent": "root", "author_id": "9"}
    video = {
        "id": "BV1",
        "title": "预告",
        "extractor_key": "BiliBili",
        "webpage_url": "u",
        "comments": [comment],
    }
    path.write_text(json.dumps(video, ensure_ascii=False), encoding="utf-8")
    (row,) = kept(run("ytdlp-info", path))
    assert (row.platform, row.comment_id, row.at_precision) == ("bilibili", "5", Precision.SECOND)
    assert (row.at, row.observed_at) == (datetime.fromtimestamp(1716004800, UTC), None)


def test_shared_export():
    (row,) = kept(run("ytdlp-info", shared("exports/ytdlp.info.json")))
    assert (row.comment_id, row.likes, row.node_id, row.at) == (
        "c1",
        3,
        "v",
        datetime(2022, 1, 12, 3, tzinfo=UTC),
    )
