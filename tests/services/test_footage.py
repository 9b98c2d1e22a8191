from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from longtake.domain.campaign import Campaign, Film
from longtake.domain.node import Node
from longtake.services import footage
from longtake.services.workspace import Workspace
from shared_data import shared

CAMPAIGN = Campaign(
    id="x",
    name="x",
    film=Film(video="film.mp4"),
    nodes=(Node("t", "trailer", file="clips/trailer.mp4"), Node("p", "poster", file="poster.jpg")),
)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "files"
    (made / "clips").mkdir(parents=True)
    shutil.copy(shared("media/video/bikes.mp4"), made / "film.mp4")
    shutil.copy(shared("media/video/carphone_distorted.mp4"), made / "clips" / "trailer.mp4")
    return made


def test_videos_are_read_once_and_kept(tmp_path, folder):
    pytest.importorskip("scenedetect")
    workspace = Workspace(tmp_path / "ws")
    found = footage.follow(workspace, CAMPAIGN, folder)
    assert {node: len(one.shots) for node, one in found.items()} == {"film": 6, "t": 1}
    assert footage.kept(workspace, CAMPAIGN) == found
    place = workspace.root / "footage" / "x.json"
    told = json.loads(place.read_text("utf-8"))
    told["film"]["shots"] = [1.0, 2.0]
    place.write_text(json.dumps(told), "utf-8")
    # The bytes have not changed, so what is kept is believed; other bytes are read anew.
    assert footage.follow(workspace, CAMPAIGN, folder)["film"].shots == (1.0, 2.0)
    shutil.copy(folder / "clips" / "trailer.mp4", folder / "film.mp4")
    assert len(footage.follow(workspace, CAMPAIGN, folder)["film"].shots) == 1


def test_a_file_that_is_gone_or_leads_out_is_a_problem_and_no_error(tmp_path, folder):
    workspace = Workspace(tmp_path / "ws")
    (tmp_path / "secret.mp4").write_bytes(b"x")
    away = replace(CAMPAIGN, film=Film(video="../secret.mp4"), nodes=(Node("t", "trailer", file="no.mp4"),))
    found = footage.follow(workspace, away, folder)
    assert {node: one.problem for node, one in found.items()} == {
        "film": "no_video_file",
        "t": "no_video_file",
    }


def test_a_damaged_memory_is_read_again(tmp_path):
    workspace = Workspace(tmp_path / "ws")
    (workspace.root / "footage").mkdir(parents=True)
    (workspace.root / "footage" / "x.json").write_text("{", "utf-8")
    assert footage.kept(workspace, CAMPAIGN) == {}
