from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.simulate import exports
from shared_data import shared


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(tmp_path / "ws"))
    made = tmp_path / "files"
    made.mkdir()
    files = exports.samples()["lamplight"]
    for name in ("campaign.toml", "film.srt", "trailer.srt"):
        (made / name).write_bytes(files[name])
    return made


def run(*arguments):
    done = CliRunner().invoke(app, [str(one) for one in arguments], prog_name="longtake")
    assert done.exit_code == 0, done.output
    return done.output


def test_json_holds_sentences_figures_and_signs(folder):
    found = json.loads(run("story", folder, "--json", "--lang", "en"))
    ids = {figure["id"] for figure in found["figures"]}
    assert {sign["figure"] for sign in found["signs"]} <= ids
    assert found["signs"][0]["key"] == "gap_intensity"
    assert found["sentences"][0]["text"].startswith("The trailer")
    assert {"story_gaps", "story_promises", "story_pairs"} <= set(found["tables"])


@pytest.mark.parametrize(("lang", "word"), [("zh", "承诺与兑现"), ("en", "Promises and payoffs")])
def test_a_terminal_gets_sentences_figures_and_tables_and_a_figure_opens(folder, lang, word):
    said = run("story", folder, "--lang", lang)
    assert word in said
    assert "film.srt" in run("rows", "灯下的人:story.gap.relations", "--json")


def test_a_video_the_campaign_names_is_read(folder):
    pytest.importorskip("scenedetect")
    shutil.copy(shared("media/video/bikes.mp4"), folder / "film.mp4")
    file = folder / "campaign.toml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace('subtitles = "film.srt"', 'subtitles = "film.srt"\nvideo = "film.mp4"'), "utf-8"
    )
    found = json.loads(run("story", folder, "--json"))
    (row,) = found["tables"]["story_footage"]["rows"]
    assert row[:2] == ["film", 6]
