from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from longtake.errors import NotFoundError, UnreadableFileError
from longtake.services.training import hotlist

NOON = datetime(2025, 1, 6, 12)  # a Monday


def write(folder, rows):
    """Write rows (hours after noon, rank, title, category, hot, ad) as an archive."""
    table = pa.table(
        {
            "ts": pa.array([NOON + timedelta(hours=row[0]) for row in rows], pa.timestamp("ms")),
            "rank": pa.array([row[1] for row in rows], pa.int16()),
            "title": pa.array([row[2] for row in rows], pa.large_string()),
            "category": pa.array([row[3] for row in rows]).dictionary_encode(),
            "hot": pa.array([row[4] for row in rows], pa.int64()),
            "ads": pa.array([row[5] for row in rows]),
            "read_count": pa.array([100.0 * (row[0] + 1) for row in rows]),
            "discuss_count": pa.array([None] * len(rows), pa.float64()),
            "origin": pa.array([1.0] * len(rows)),
        }
    )
    (folder / "heat").mkdir()
    pq.write_table(table, folder / "heat" / hotlist.ARCHIVE)
    return folder


# Hour 3 nobody looked at.
ROWS = [
    (0, 1, "b", "社会", 90, False),
    (1, 1, "a", "电影-华语电影", 80, False),
    (1, 2, "b", "社会", 40, False),
    (2, 1, "a", "电影-华语电影", 60, False),
    (2, 2, "paid", "明星", 10, True),
    (2, 3, "empty", None, 0, False),
    (2, 4, "b", "社会", 30, False),
    (4, 1, "a", "电影-华语电影", 40, False),
    (4, 2, "c", "暂无", 20, False),
    (5, 1, "a", "电影-华语电影", 20, False),
]


def test_reads_topics_and_the_lowest_score(tmp_path):
    listed = hotlist.read(write(tmp_path, ROWS))
    assert listed.hot.size == 8
    assert listed.threshold[12:].tolist() == pytest.approx([90, 40, 30, np.nan, 20, 20], nan_ok=True)
    assert sorted(set(listed.kind.tolist())) == [-1, 0, 2]
    assert listed.since(2025, 1, 7) == 24


def test_origins_by_hand(tmp_path):
    found = hotlist.origins(hotlist.read(write(tmp_path, ROWS)))
    # a at 16:00 and 17:00 with three and four hours seen, b at 14:00 with three.
    order = np.lexsort((found.hour, found.points.kind))
    assert found.hour[order].tolist() == [16, 17, 14]
    early = order[0]
    assert found.points.hot[early, 2:].tolist() == pytest.approx([80, 60, np.nan, 40], nan_ok=True)
    assert (found.points.hour[early], found.points.weekday[early]) == (16, 0)
    assert found.points.threshold[early].tolist() == pytest.approx(
        [np.nan, 90, 40, 30, np.nan, 20], nan_ok=True
    )
    assert found.points.reads[early, -1] == 500
    assert found.listed[0, early]
    assert found.change[0, early] == pytest.approx(np.log(20 / 40))
    assert found.looked[:, early].tolist() == [True, False, False, False, False, False]
    assert not found.listed[1, order[2]]
    assert found.looked[1, order[2]]
    assert not found.looked[0, order[2]]


def test_the_cycle_is_that_of_the_threshold(tmp_path):
    hours = range(24 * 20)
    wave = [np.exp(6 + np.sin(2 * np.pi * (12 + hour) / 24)) for hour in hours]
    rows = [
        (hour, 1, f"t{hour}", "社会", round(wave[hour] * 1000), False)
        for hour in hours
        if (12 + hour) % 24 != 8
    ]
    listed = hotlist.read(write(tmp_path, rows))
    found = hotlist.cycle(listed, listed.threshold.size)
    expected = np.sin(2 * np.pi * np.arange(24) / 24)
    assert np.abs(found - expected).max() < 0.15


def test_refuses_what_is_not_there(tmp_path):
    with pytest.raises(NotFoundError):
        hotlist.read(tmp_path)
    (tmp_path / "heat").mkdir()
    (tmp_path / "heat" / hotlist.ARCHIVE).write_bytes(b"no table")
    with pytest.raises(UnreadableFileError):
        hotlist.read(tmp_path)
