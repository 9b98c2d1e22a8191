import time
from datetime import UTC, datetime

from longtake.ingest.peek import peek
from longtake.ingest.reader import Context
from longtake.ingest.templates.comments import READER
from reader_runs import NAMED, SEEDS, kept, refused, run


def test_comments_with_and_without_an_id():
    rows = kept(run("longtake-comments", SEEDS / "longtake-comments.csv"))
    first, second, third = rows
    assert (first.comment_id, first.platform, first.kind, first.text) == (
        "9007199254740993", "douban", "review", "走出影院还在想\n那封信",
    )  # fmt: skip
    assert (first.likes, first.rating, first.region, first.verified_viewer) == (12_000, 4.5, "江苏", True)
    assert first.at == datetime(2024, 5, 20, 13, 30, tzinfo=UTC)
    assert first.author == NAMED("douban", "甲")
    assert (second.verified_viewer, second.topics, second.likes) == (False, "#山谷来信#", None)
    assert second.comment_id.startswith("h:")
    assert (third.at, third.author, third.likes, third.verified_viewer) == (None, None, 0, None)
    assert len({row.comment_id for row in rows}) == 3


def test_lossy_ids_six_stars_and_empty_texts_are_refused():
    found = refused(run("longtake-comments", SEEDS / "longtake-comments.csv"))
    assert found == [(6, "id"), (7, "rating"), (8, "text")]


def test_names_never_reach_a_row():
    rows = run("longtake-comments", SEEDS / "longtake-comments.csv")
    assert not any(name in repr(row.author) for row in kept(rows) for name in "甲乙丙丁")


def test_fifty_thousand_rows_take_a_second_or_so(tmp_path):
    path = tmp_path / "many.csv"
    lines = [
        f"{n},weibo,2024-05-20 21:{n % 60:02d},u{n % 999},第{n}条评论,{n % 50},,江苏," for n in range(50_000)
    ]
    path.write_text(
        "id,platform,at,author,text,likes,rating,region,verified\n" + "\n".join(lines), encoding="utf-8"
    )
    context = Context(peek(path), None, NAMED, path.name)
    start = time.process_time()
    assert sum(1 for _ in READER.read(path, context)) == 50_000
    assert time.process_time() - start < 3.0
