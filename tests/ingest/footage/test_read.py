from __future__ import annotations

import importlib.util

import pytest

from longtake.domain.estimate import Unknown
from longtake.ingest.footage import read
from longtake.ingest.footage.read import footage
from shared_data import shared

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("av") is None or importlib.util.find_spec("scenedetect") is None,
    reason="the video extra is not installed (pip install 'longtake[video]')",
)


@needs_extra
@pytest.mark.parametrize(
    ("name", "shots", "seconds", "sound"),
    [
        ("bigbuckbunny.mp4", 1, 5.28, True),
        ("bikes.mp4", 6, 10.0, False),
        ("carphone_distorted.mp4", 1, 4.0, False),
        ("carphone_pristine.mp4", 1, 4.0, False),
    ],
)
def test_real_clips_are_read(name, shots, seconds, sound):
    found = footage(shared(f"media/video/{name}"))
    assert found.problem == ""
    assert len(found.shots) == shots
    assert found.seconds == pytest.approx(seconds, abs=0.1)
    assert sum(found.shots) == pytest.approx(found.seconds, abs=0.01)
    assert isinstance(found.loudness, Unknown) is not sound
    assert 0 < found.motion.low <= found.motion.value <= found.motion.high < 1


@needs_extra
def test_what_is_no_video_is_a_problem_and_no_error(tmp_path):
    (tmp_path / "x.mp4").write_bytes(b"no video at all" * 99)
    assert footage(tmp_path / "x.mp4").problem == "unreadable_video"
    assert footage(tmp_path / "gone.mp4").problem == "unreadable_video"


def test_without_the_packages_it_is_unknown_and_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "NEEDED", ("no_such_package_anywhere",))
    found = footage(tmp_path / "x.mp4")
    assert (found.problem, found.shots, found.loudness.reason) == ("no_video_extra", (), "no_video_extra")
