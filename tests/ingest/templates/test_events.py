from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.domain.event import Event
from longtake.domain.receipt import Refused
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.templates.events import build_event
from reader_runs import NAMED, SEEDS, kept, refused, run

CONTEXT = Context(Head("csv"), None, NAMED, "x.csv")


def test_chinese_headers_in_any_order():
    rows = kept(run("longtake-events", SEEDS / "longtake-events.csv"))
    assert rows == [
        Event(
            "screening", datetime(2024, 5, 25, 11, 30, tzinfo=UTC), 2, city="合肥", cost_cny=0.0,
            note="映后见面",
        ),
        Event(
            "kol", datetime(2024, 5, 20, 2, tzinfo=UTC), 3, end=datetime(2024, 5, 22, 16, tzinfo=UTC),
            platform="douyin", cost_cny=12_000.0, followers=3_180_000.0, note="达人二创",
        ),
        Event("trailer", datetime(2024, 5, 18, 4, tzinfo=UTC), 4, platform="weibo"),
    ]  # fmt: skip


def test_free_and_unknown_cost_differ():
    rows = kept(run("longtake-events", SEEDS / "longtake-events.csv"))
    assert [row.cost_cny for row in rows] == [0.0, 12_000.0, None]


def test_an_end_before_the_start_and_a_missing_start_are_refused():
    assert refused(run("longtake-events", SEEDS / "longtake-events.csv")) == [(5, "end"), (6, "start")]


@settings(deadline=None)
@given(st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)), st.integers(-5_000, 5_000))
def test_an_event_is_kept_exactly_when_it_does_not_end_before_it_starts(start, minutes):
    from datetime import timedelta

    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    found = build_event(
        {"kind": "ad", "start": f"{start:%Y-%m-%d %H:%M}", "end": f"{end:%Y-%m-%d %H:%M}"}, 2, CONTEXT
    )
    assert isinstance(found, Refused) == (minutes < 0)


def test_a_negative_cost_is_refused():
    found = build_event({"kind": "ad", "start": "2024-05-20", "cost_cny": "-1"}, 3, CONTEXT)
    assert isinstance(found, Refused)
    assert found.column == "cost_cny"
