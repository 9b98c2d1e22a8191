from datetime import UTC, datetime

import pytest

from longtake.domain.observation import Observation
from longtake.domain.receipt import Refused
from longtake.domain.timed.moment import Precision
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.templates.counts import build_count
from reader_runs import NAMED, SEEDS, kept, refused, run

CONTEXT = Context(Head("csv"), None, NAMED, "x.csv")


def test_counts_keep_the_raw_string_and_the_bound():
    rows = kept(run("longtake-counts", SEEDS / "longtake-counts.csv"))
    assert [(row.metric, row.kind, row.value, row.raw, row.censored) for row in rows] == [
        ("reads", "cumulative", 1_240_000_000.0, "12.4亿", None),
        ("rank", "rank", 7.0, None, None),
        ("plays", "increment", 328_000.0, "32.8w", None),
        ("completion_rate", "ratio", 0.001, "<0.1%", "below"),
        ("likes", "cumulative", 10_000.0, "1万+", "above"),
    ]
    assert [row.platform for row in rows] == ["weibo", "weibo", "douyin", "bilibili", "douyin"]
    assert [row.subject_kind for row in rows] == ["topic", "topic", "node", "node", "node"]


def test_times_without_an_offset_are_beijing_time():
    rows = kept(run("longtake-counts", SEEDS / "longtake-counts.csv"))
    assert rows[0].at == datetime(2024, 5, 20, 10, tzinfo=UTC)
    assert (rows[2].at, rows[2].at_end, rows[2].at_precision) == (
        datetime(2024, 5, 19, 16, tzinfo=UTC),
        datetime(2024, 5, 20, 16, tzinfo=UTC),
        Precision.DAY,
    )
    assert rows[3].at == datetime(2024, 5, 21, 9, tzinfo=UTC)


def test_a_count_that_could_be_new_or_total_is_refused():
    assert refused(run("longtake-counts", SEEDS / "longtake-counts.csv")) == [
        (7, "value"),
        (8, "kind"),
        (9, "at"),
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"value": "-5"}, "value"),
        ({"value": "0", "metric": "rank", "kind": "rank"}, "value"),
        ({"value": "1.5", "metric": "rank", "kind": "rank"}, "value"),
        ({"value": "130%", "metric": "completion_rate", "kind": "ratio"}, "value"),
        ({"value": "暂无"}, "value"),
        ({"kind": "每天"}, "kind"),
        ({"subject": " "}, "subject"),
        ({"metric": ""}, "metric"),
        ({"at": "上个月的某天"}, "at"),
    ],
)
def test_one_bad_cell_refuses_the_record(cells, column):
    good = {"at": "2024-05-20", "subject": "预告A", "metric": "plays", "value": "5", "kind": "cumulative"}
    assert isinstance(build_count(good, 2, CONTEXT), list)
    found = build_count({**good, **cells}, 2, CONTEXT)
    assert isinstance(found, Refused)
    assert (found.line, found.column) == (2, column)


def test_optional_columns_may_be_missing():
    (row,) = build_count(
        {"at": "2024-05-20", "subject": "山谷来信", "metric": "想看", "value": "3.3亿", "kind": "累计"},
        5,
        CONTEXT,
    )
    assert isinstance(row, Observation)
    assert (row.platform, row.metric, row.subject_kind, row.value) == ("other", "want_to_see", "film", 3.3e8)
