import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from longtake.domain.timed.moment import Precision
from longtake.ingest.lists.hourly import READER
from longtake.ingest.lists.snapshot import hour_of
from longtake.ingest.peek import peek
from longtake.ingest.reader import Context
from reader_runs import NAMED, SEEDS, kept, notices, numbers, refused, run
from shared_data import shared

SEED = SEEDS / "hotlist-hourly.json"


def snapshot(folder: Path, day: str = "2024-05-20", hour: str = "08", rows: list | None = None) -> Path:
    path = folder / day / f"{hour}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        json.dumps(rows, ensure_ascii=False) if rows else SEED.read_text("utf-8"), encoding="utf-8"
    )
    return path


def test_the_folder_and_the_name_give_the_hour_of_beijing(tmp_path):
    rows = kept(run("hotlist-hourly", snapshot(tmp_path)))
    assert {(row.at, row.at_end, row.at_precision) for row in rows} == {
        (datetime(2024, 5, 20, tzinfo=UTC), datetime(2024, 5, 20, 1, tzinfo=UTC), Precision.HOUR)
    }
    assert notices(run("hotlist-hourly", snapshot(tmp_path))) == []


def test_the_name_inside_an_archive_goes_before_the_path(tmp_path):
    rows = kept(run("hotlist-hourly", snapshot(tmp_path), name="lists.zip!/api/2024-06-01/23.json"))
    assert {row.at for row in rows} == {datetime(2024, 6, 1, 15, tzinfo=UTC)}


@pytest.mark.parametrize(
    "name", ["2024-05-20/summary.json", "2024-05-20/24.json", "2024-13-20/08.json", "08.json"]
)
def test_other_names_are_no_hour(name):
    assert hour_of(name, Path(name)) is None


def test_heat_is_a_score_and_zero_is_not_shown():
    items = run("hotlist-hourly", SEED)
    assert numbers(items, 1) == {
        "hot": 512_345.0,
        "rank": 1.0,
        "reads": 88_123_000.0,
        "discussions": 11_000.0,
    }
    assert numbers(items, 2) == {"hot": None}
    assert numbers(items, 3) == {"hot": None, "rank": 4.0}
    assert numbers(items, 4) == {"hot": 120.0, "rank": 3.0, "reads": 1_720_000_000.0}
    kinds = {(row.metric, row.kind) for row in kept(items)}
    assert kinds == {
        ("hot", "score"),
        ("rank", "rank"),
        ("reads", "cumulative"),
        ("discussions", "cumulative"),
    }


def test_padded_categories_and_paid_slots():
    rows = {row.source_line: row for row in kept(run("hotlist-hourly", SEED))}
    assert [rows[line].category for line in (1, 2, 3, 4)] == ["电影-国产", None, None, "电影-国产"]
    assert [rows[line].sponsored for line in (1, 2, 3, 4)] == [False, True, False, False]


def test_a_lone_file_is_dated_row_by_row_and_else_by_the_export():
    at = datetime(2024, 5, 21, tzinfo=UTC)
    lone = {row.source_line: row.at for row in kept(run("hotlist-hourly", SEED))}
    told = {row.source_line: row.at for row in kept(run("hotlist-hourly", SEED, observed_at=at))}
    first, third = datetime(2024, 5, 20, 9, tzinfo=UTC), datetime(2024, 5, 20, 10, tzinfo=UTC)
    assert lone == {1: first, 2: None, 3: third, 4: None}
    assert told == {1: first, 2: at, 3: third, 4: at}
    assert [notice.kind for notice in notices(run("hotlist-hourly", SEED))] == ["no_time"]


def test_rows_without_a_title_or_with_words_for_heat_are_refused():
    assert refused(run("hotlist-hourly", SEED)) == [(5, "title"), (6, "hot")]


def test_a_file_of_fifty_rows_reads_in_a_millisecond_or_so(tmp_path):
    address = "https://m.weibo.cn/search?" + "q" * 300 + "%26realpos%3D{}%26display_time%3D1716195600"
    rows = [
        {"title": f"话题{n}", "category": "电影", "hot": 10_000 - n, "ads": n == 7, "url": address.format(n)}
        for n in range(1, 51)
    ]
    path = snapshot(tmp_path, rows=rows)
    context = Context(peek(path), None, NAMED, path.name)
    start = time.process_time()
    for _ in range(50):
        assert len(list(READER.read(path, context))) == 99
    assert (time.process_time() - start) / 50 < 0.006


def test_shared_export():
    first, rank, paid, notice = run("hotlist-hourly", shared("exports/lxw_summary.json"))
    assert (first.metric, first.value, first.at) == (
        "hot",
        461_491.0,
        datetime.fromtimestamp(1716247209, UTC),
    )
    assert first.category == first.category.strip() != ""
    assert first.at_end - first.at == timedelta(seconds=1)
    assert (rank.metric, rank.value) == ("rank", 5.0)
    assert (paid.sponsored, paid.value, paid.category, paid.at) == (True, None, None, None)
    assert notice.kind == "no_time"
