import time
from datetime import UTC, datetime

from reader_runs import NAMED, SEEDS, kept, refused, run
from shared_data import shared


def test_many_pages_in_one_file():
    rows = kept(run("douban-comments", SEEDS / "douban-comments.html"))
    assert [(row.comment_id, row.rating, row.likes, row.region) for row in rows] == [
        ("1", 5.0, 6543, "江苏"),
        ("2", None, 12, None),
        ("3", 1.0, 0, None),
        ("4", 3.5, 3, "上海"),
    ]
    assert rows[0].text == "那封信 & 那盏灯,\n都没有白等"
    assert rows[0].at == datetime(2024, 5, 20, 15, 4, 18, tzinfo=UTC)
    assert rows[0].author == NAMED("douban", "a")
    assert {row.node_id for row in rows} == {"90001"}


def test_having_seen_it_is_the_authors_word_not_a_ticket():
    rows = kept(run("douban-comments", SEEDS / "douban-comments.html"))
    assert {row.verified_viewer for row in rows} == {None}
    assert {row.kind for row in rows} == {"review"}


def test_reviews_without_an_id_or_words_are_refused():
    assert refused(run("douban-comments", SEEDS / "douban-comments.html")) == [(5, "data-cid"), (6, ".short")]


def test_unclosed_tags_cost_no_time(tmp_path):
    path = tmp_path / "x.html"
    path.write_text(
        '<div class="comment-item" data-cid="1">' + '<span class="short' * 100_000, encoding="utf-8"
    )
    start = time.process_time()
    run("douban-comments", path)
    assert time.process_time() - start < 2.0


def test_shared_export():
    (row,) = kept(run("douban-comments", shared("exports/douban_comments.html")))
    assert (row.comment_id, row.rating, row.likes, row.region) == (row.comment_id, 5.0, 7922, None)
    assert row.at == datetime(2008, 8, 1, 15, 4, 18, tzinfo=UTC)
