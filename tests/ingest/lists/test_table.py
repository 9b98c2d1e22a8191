import json
from datetime import UTC, datetime

from reader_runs import SEEDS, kept, numbers, refused, run


def test_heat_rank_reads_and_discussions():
    items = run("hotlist-table", SEEDS / "hotlist-table.csv")
    assert numbers(items, 2) == {
        "hot": 512_345.0,
        "rank": 1.0,
        "reads": 88_123_000.0,
        "discussions": 11_000.0,
    }
    assert numbers(items, 3) == {"hot": None}
    assert numbers(items, 4) == {"hot": 120.0, "rank": 3.0}
    assert kept(items)[0].at == datetime(2024, 5, 20, 10, tzinfo=UTC)
    assert {row.category for row in kept(items)} == {"电影-国产", None}
    assert refused(items) == [(6, "ts")]


def test_json_lines_give_the_same_rows(tmp_path):
    path = tmp_path / "list.jsonl"
    first = {"ts": "2024-05-20 18:00:00", "rank": 1, "title": "山谷来信哭崩影院", "hot": 512345, "ads": False}
    records = [
        {**first, "category": "电影-国产", "read_count": 88123000.0, "discuss_count": 11000},
        {**first, "rank": 2, "title": "一杯茶", "hot": 0, "read_count": None, "ads": True},
    ]
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n[]\n", encoding="utf-8")
    items = run("hotlist-table", path)
    assert numbers(items, 1) == {
        "hot": 512_345.0,
        "rank": 1.0,
        "reads": 88_123_000.0,
        "discussions": 11_000.0,
    }
    assert numbers(items, 2) == {"hot": None}
    assert refused(items) == [(3, "*")]


def test_the_pinned_topic_has_no_place(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "ts,rank,title\n2024-05-20 18:00:00,0,置顶\n2024-05-20 18:00:00,1,第一\n", encoding="utf-8"
    )
    rows = kept(run("hotlist-table", path))
    assert [(row.subject, row.value, row.raw) for row in rows] == [("置顶", None, "0"), ("第一", 1.0, None)]
