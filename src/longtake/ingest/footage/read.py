"""Shots, motion and loudness of a video file."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.narrative.loudness import RATE, Meter, integrated

Floats = NDArray[np.float64]

NEEDED = ("av", "cv2", "scenedetect")
SIZE = (64, 36)
LOUDNESS = "integrated loudness (EBU R 128, ITU-R BS.1770-4)"
CUTS = "PySceneDetect, content detector"


@dataclass(frozen=True, slots=True)
class Footage:
    """What a video file shows.

    Attributes:
        shots: Lengths of its shots in seconds, in order.
        seconds: Its length.
        loudness: Integrated loudness, LUFS.
        motion: Mean change of brightness from frame to frame, share of full range.
        problem: Key of why there is nothing: no_video_extra, unreadable_video; empty otherwise.
    """

    shots: tuple[float, ...]
    seconds: float | None
    loudness: Quantity
    motion: Quantity
    problem: str = ""


def available() -> bool:
    """Return whether the packages of the video extra are installed."""
    return all(importlib.util.find_spec(name) is not None for name in NEEDED)


def footage(path: Path) -> Footage:
    """Return shots, motion and loudness of a video file.

    Nothing is raised for what the file or the machine lacks: a film is measured by its subtitles first.

    Args:
        path: Any container FFmpeg reads.

    Returns:
        With ``problem`` no_video_extra where the packages are missing, unreadable_video where the file
        cannot be decoded.
    """
    if not available():
        return _nothing("no_video_extra")
    import av  # noqa: PLC0415 -- optional dependency

    # What a damaged file makes the decoder say goes nowhere: the answer below says it.
    av.logging.set_level(av.logging.PANIC)
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                return _nothing("unreadable_video")
        shots, seconds = _shots(path)
        return Footage(shots, seconds, _loudness(path), _motion(path))
    except (av.FFmpegError, OSError, ValueError):
        return _nothing("unreadable_video")


def _nothing(problem: str) -> Footage:
    loud = Unknown(problem, LOUDNESS, "LUFS", 0)
    return Footage(
        (), None, loud, Unknown(problem, "mean absolute difference of frames", "share", 0), problem
    )


def _shots(path: Path) -> tuple[tuple[float, ...], float]:
    import scenedetect  # noqa: PLC0415 -- optional dependency

    try:
        video = scenedetect.open_video(str(path), backend="pyav")
    except scenedetect.VideoOpenFailure as error:
        raise ValueError(str(error)) from error
    manager = scenedetect.SceneManager()
    manager.add_detector(scenedetect.ContentDetector())
    manager.detect_scenes(video)
    found = manager.get_scene_list(start_in_scene=True)
    lengths = tuple(round(end.seconds - start.seconds, 3) for start, end in found)
    return lengths, round(sum(lengths), 3)


def _loudness(path: Path) -> Quantity:
    import av  # noqa: PLC0415 -- optional dependency

    with av.open(str(path)) as container:
        if not container.streams.audio:
            return Unknown("no_sound", LOUDNESS, "LUFS", 0)
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        meter = Meter(2)
        for raw in chain(container.decode(audio=0), (None,)):
            for frame in resampler.resample(raw):
                meter.feed(np.asarray(frame.to_ndarray(), dtype=np.float64))
    return integrated(meter.blocks())


def _motion(path: Path) -> Quantity:
    method = "mean absolute difference of frames, 64 by 36 pixels"
    changes, before = [], None
    for picture in _pictures(path):
        if before is not None:
            changes.append(float(np.abs(picture - before).mean()) / 255)
        before = picture
    if not changes:
        return Unknown("unreadable_video", method, "share", 0)
    value = float(np.mean(changes))
    low, high = np.quantile(changes, [0.05, 0.95])
    return Estimate(
        value, min(float(low), value), max(float(high), value), 1.0, "share", method, len(changes)
    )


def _pictures(path: Path) -> Iterator[Floats]:
    import av  # noqa: PLC0415 -- optional dependency

    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            small = frame.reformat(width=SIZE[0], height=SIZE[1], format="gray")
            yield np.asarray(small.to_ndarray(), dtype=np.float64)
