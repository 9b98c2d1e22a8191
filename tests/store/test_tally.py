from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lake_samples import CAMPAIGN, STAND_IN, T0, add, comment, first_import, logical
from longtake.domain.boxoffice import BoxOffice
from longtake.domain.event import Event
from longtake.domain.observation import Observation
from longtake.store.lake import Lake
from longtake.store.tally import Tally


def counted(lake: Lake, files: dict[str, list[object]]) -> dict[str, Tally]:
    with lake.begin(CAMPAIGN, ["x"]) as batch:
        for name, rows in files.items():
            batch.add(name, rows)  # type: ignore[arg-type]
        return dict(batch.tally())


def test_the_second_time_all_is_duplicate(tmp_path: Path) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    before = counted(lake, dict(first_import()))
    assert {name: (tally.kept, tally.duplicate) for name, tally in before.items()} == {
        "a/评论.csv": (10, 1),
        "a/热搜.csv": (6, 0),
        "a/plays.json": (5, 0),
    }
    add(lake, CAMPAIGN, first_import(), "1")
    after = counted(lake, dict(first_import()))
    assert {name: (tally.kept, tally.duplicate) for name, tally in after.items()} == {
        "a/评论.csv": (0, 11),
        "a/热搜.csv": (0, 6),
        "a/plays.json": (0, 5),
    }
    assert after["a/评论.csv"].tables == {"comments": 11}


def test_a_record_counts_as_kept_when_any_of_its_rows_is_new(tmp_path: Path) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    add(lake, CAMPAIGN, {"a.csv": [comment(1)]}, "1")
    plays = Observation("片", "node", "weibo", "plays", 1.0, "cumulative", 3)
    assert counted(lake, {"b.csv": [comment(1), plays]}) == {
        "b.csv": Tally(1, 0, {"comments": 1, "observations": 1})
    }


def test_the_first_of_two_files_keeps_what_both_bring(tmp_path: Path) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    found = counted(lake, {"one.csv": [comment(1)], "two.csv": [comment(1), comment(2)]})
    assert [(name, tally.kept, tally.duplicate) for name, tally in found.items()] == [
        ("one.csv", 1, 0),
        ("two.csv", 1, 1),
    ]


def test_nothing_equals_nothing_in_what_identifies_a_row(tmp_path: Path) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    rows: list[object] = [
        Observation("片", "film", "maoyan", "want_to_see", 5.0, "cumulative", 2, at=None, node_id=None),
        BoxOffice("片", 3, date(2022, 1, 1), city=None, cinema=None, release_day=None),
        Event("ad", T0, 4, end=None, platform=None, cost_cny=5.0),
    ]
    add(lake, CAMPAIGN, {"a.csv": rows}, "1")  # type: ignore[dict-item]
    assert counted(lake, {"b.csv": rows})["b.csv"].duplicate == 3


def test_a_record_that_only_brings_later_likes_is_a_duplicate_whose_likes_are_taken_over(
    tmp_path: Path,
) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    add(lake, CAMPAIGN, {"a.csv": [comment(1, likes=3, observed_at=T0)]}, "1")
    later: list[object] = [comment(1, likes=8, observed_at=T0 + timedelta(days=1))]
    assert counted(lake, {"b.csv": later})["b.csv"] == Tally(0, 1, {"comments": 1})
    add(lake, CAMPAIGN, {"b.csv": later}, "2")  # type: ignore[dict-item]
    assert [row["likes"] for row in logical(lake)["comments"]] == [8]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 5), max_size=8),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 6), st.integers(1, 4)), max_size=10),
)
def test_kept_and_duplicate_add_up_to_the_records_of_a_plain_count(
    live: list[int], staged: list[tuple[str, int, int]]
) -> None:
    files: dict[str, list[object]] = {"a": [], "b": []}
    for name, number, line in sorted(staged):
        files[name].append(comment(number, source_line=line))
    seen, new = set(live), set()
    for name, rows in files.items():
        for row in rows:
            if int(row.comment_id[1:]) not in seen:  # type: ignore[attr-defined]
                new.add((name, row.source_line))  # type: ignore[attr-defined]
            seen.add(int(row.comment_id[1:]))  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder), labeller=STAND_IN)
        add(lake, CAMPAIGN, {"live": [comment(number) for number in live]}, "1")
        for name, tally in counted(lake, files).items():
            lines = {(name, row.source_line) for row in files[name]}  # type: ignore[attr-defined]
            assert (tally.kept, tally.duplicate) == (len(lines & new), len(lines - new))
