from __future__ import annotations

from datetime import UTC, datetime, timedelta

from longtake.services.reports.toplist.staying import staying

NOW = datetime(2026, 1, 8, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def entries(subject, values):
    start = NOW - (len(values) - 1) * HOUR
    rows = [{"subject": subject, "at": start + i * HOUR, "value": value} for i, value in enumerate(values)]
    return [row for row in rows if row["value"] is not None]


def test_a_topic_far_above_the_list_s_end_is_likelier_to_stay_than_one_at_it():
    bounds = {NOW - i * HOUR: 1e5 for i in range(8)}
    scored = [*entries("强", [2e6, 2e6, 2e6, 2e6]), *entries("弱", [3e5, 2e5, 1.3e5, 1.05e5])]
    ranked = [*entries("强", [2, 2, 2, 2]), *entries("弱", [30, 38, 46, 50])]
    table = staying(scored, ranked, bounds)
    assert [row[0] for row in table.rows] == ["强", "弱"]
    strong, weak = (row[1:] for row in table.rows)
    assert all(a > b for a, b in zip(strong, weak, strict=True))
    assert all(0 <= p <= 1 for p in (*strong, *weak))


def test_a_topic_that_left_or_was_hardly_seen_is_not_foretold():
    bounds = {NOW - i * HOUR: 1e5 for i in range(8)}
    gone = [{"subject": "走了", "at": NOW - 3 * HOUR, "value": 9e5}]
    fresh = [{"subject": "刚来", "at": NOW, "value": 9e5}]
    assert staying([*gone, *fresh], [], bounds) is None
    assert staying(gone, [], {}) is None
