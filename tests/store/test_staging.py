from __future__ import annotations

import math
from pathlib import Path

import pytest

from lake_samples import CAMPAIGN, STAND_IN, add, comment, logical
from longtake.domain.boxoffice import BoxOffice
from longtake.domain.receipt import Refused
from longtake.store import staging
from longtake.store.lake import Lake
from longtake.store.staging import UnstorableRowError


def test_half_a_character_is_replaced_and_its_row_kept(tmp_path: Path) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    add(lake, CAMPAIGN, {"a\udc80.csv": [comment(1, "好\ud83d看"), comment(2, "好看😀")]}, "1")
    rows = logical(lake)["comments"]
    assert [row["text"] for row in rows] == ["好�看", "好看😀"]
    assert {row["source_file"] for row in rows} == {"a�.csv"}


def test_not_a_number_is_unknown_and_infinity_is_refused(tmp_path: Path) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    add(lake, CAMPAIGN, {"a.csv": [BoxOffice("片", 2, gross_cny=math.nan)]}, "1")
    assert [row["gross_cny"] for row in logical(lake)["boxoffice"]] == [None]
    with pytest.raises(UnstorableRowError, match=r"b\.csv: line 7: gross_cny: an infinite number"):
        add(lake, CAMPAIGN, {"b.csv": [BoxOffice("片", 7, gross_cny=math.inf)]}, "2")
    assert len(lake.commits()) == 1


def test_a_number_no_column_can_hold_names_its_file_and_line(tmp_path: Path) -> None:
    lake = Lake(tmp_path, labeller=STAND_IN)
    rows = [comment(1), comment(2, likes=2**70, source_line=41)]
    with pytest.raises(UnstorableRowError, match=r"a\.csv: line 41: likes"):
        add(lake, CAMPAIGN, {"a.csv": list(rows)}, "1")


def test_what_is_no_row_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with (
        Lake(tmp_path, labeller=STAND_IN).begin(CAMPAIGN) as batch,
        pytest.raises(TypeError, match="Refused is not a row"),
    ):
        batch.add("a.csv", [Refused(1, "x", "y", "z")])  # type: ignore[list-item]


def test_rows_across_row_groups_keep_their_order_files_and_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "GROUP", 7)
    lake = Lake(tmp_path, labeller=STAND_IN)
    files = {f"{n}.csv": [comment(100 * n + k, "好" * (k % 3)) for k in range(n)] for n in (1, 5, 9, 0, 20)}
    add(lake, CAMPAIGN, {name: list(rows) for name, rows in files.items()}, "1")
    found = {(row["source_file"], row["comment_id"]): row for row in logical(lake)["comments"]}
    assert set(found) == {(name, row.comment_id) for name, rows in files.items() for row in rows}
    for name, rows in files.items():
        for row in rows:
            expected = 10_000 if row.text else None
            assert found[name, row.comment_id]["score_e4"] == expected
            assert found[name, row.comment_id]["polarity"] == ("pos" if row.text else None)
