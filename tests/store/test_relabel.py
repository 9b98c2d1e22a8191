from __future__ import annotations

import dataclasses
import json

import pyarrow.parquet as pq
import pytest

from lake_samples import CAMPAIGN, STAND_IN, add, comment, files_of, logical
from longtake.store import labels, staging
from longtake.store.lake import Lake

NEWER = dataclasses.replace(STAND_IN, version="stand-in-2")


class _Killed(BaseException):
    pass


def _lake(tmp_path, labeller, **options):
    return Lake(tmp_path / "lake", labeller=labeller, **options)


def _filled(tmp_path):
    lake = _lake(tmp_path, STAND_IN)
    add(lake, CAMPAIGN, {"a.csv": [comment(1, "好"), comment(2, "烂")]}, "1" * 64)
    add(lake, CAMPAIGN, {"b.csv": [comment(3, "好好")]}, "2" * 64)
    return lake


def test_labels_of_another_version_are_replaced_and_nothing_else(tmp_path):
    before = _filled(tmp_path)
    known = logical(before)
    lake = _lake(tmp_path, NEWER)
    made = lake.relabel(CAMPAIGN)
    assert [commit.model for commit in made] == ["stand-in-2"] * 2
    assert logical(lake) == known
    assert lake.verify() == ()
    kept = [name for name in files_of(lake) if name.startswith("labels/")]
    assert len(kept) == 2
    assert all("stand-in-2" in name for name in kept)


def test_current_labels_are_left_alone(tmp_path):
    _filled(tmp_path)
    lake = _lake(tmp_path, NEWER)
    lake.relabel(CAMPAIGN)
    before = {name: (lake.root / name).read_bytes() for name in files_of(lake)}
    assert lake.relabel(CAMPAIGN) == ()
    assert {name: (lake.root / name).read_bytes() for name in files_of(lake)} == before


@pytest.mark.parametrize("moment", ["relabel staged", "relabel moved", "relabelled"])
def test_killed_at_any_stage_an_import_has_old_labels_or_new_ones(tmp_path, moment):
    known = logical(_filled(tmp_path))

    def reached(stage):
        if stage == moment:
            raise _Killed

    with pytest.raises(_Killed):
        _lake(tmp_path, NEWER, stage=reached).relabel(CAMPAIGN)
    lake = _lake(tmp_path, NEWER)
    assert lake.verify() == ()
    assert logical(lake) == known
    lake.relabel(CAMPAIGN)
    assert {commit.model for commit in lake.commits(CAMPAIGN)} == {"stand-in-2"}
    assert lake.verify() == ()
    assert len([name for name in files_of(lake) if name.startswith("labels/")]) == 2
    assert not [name for name in files_of(lake) if name.startswith(".staging")]


def test_taking_an_import_back_takes_its_new_labels_too(tmp_path):
    _filled(tmp_path)
    lake = _lake(tmp_path, NEWER)
    first, _ = lake.relabel(CAMPAIGN)
    lake.undo(first.import_id)
    assert len([name for name in files_of(lake) if name.startswith("labels/")]) == 1
    assert lake.verify() == ()


def test_more_processes_write_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "GROUP", 5)
    written = []
    for workers in ("1", "2"):
        monkeypatch.setenv(labels.VARIABLE, workers)
        lake = Lake(tmp_path / workers, labeller=STAND_IN)
        add(lake, CAMPAIGN, {"a.csv": [comment(n, "好" * (n % 3)) for n in range(23)]}, "1" * 64)
        (path,) = lake.files(CAMPAIGN)["labels"]
        written.append(path.read_bytes())
        assert pq.read_table(path)["row"].to_pylist() == list(range(23))
    assert written[0] == written[1]
    told = []
    (commit,) = lake.commits(CAMPAIGN)
    labels.write_labels(
        lake.root / commit.files["comments"],
        tmp_path / "again.parquet",
        STAND_IN,
        told=lambda *n: told.append(n),
    )
    assert told[-1] == (23, 23)
    assert json.loads(json.dumps(commit.tables)) == {"comments": 23, "labels": 23}


def test_a_process_that_dies_leaves_the_lake_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "GROUP", 5)
    monkeypatch.setenv(labels.VARIABLE, "2")
    lake = Lake(tmp_path / "lake", labeller=labels.Labeller(_die, "dies"))
    with lake.begin(CAMPAIGN) as batch:
        batch.add("a.csv", [comment(n) for n in range(12)])
        with pytest.raises(labels.LabellingError, match="died"):
            batch.commit({})
    assert lake.commits(CAMPAIGN) == ()


def _die(texts):
    import os

    os._exit(9)
