"""Videos of a campaign folder: read once, kept in the workspace by the bytes that were read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from longtake.domain.campaign import Campaign
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.ingest.footage.read import Footage, available, footage
from longtake.services.progress import Progress, Silent
from longtake.services.workspace import Workspace, write_whole

VIDEOS = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".flv"})
FILM = "film"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Named:
    """A video a campaign names: whose it is, and where it lies in the folder."""

    node: str
    file: str


def follow(
    workspace: Workspace, campaign: Campaign, folder: Path, *, progress: Progress | None = None
) -> dict[str, Footage]:
    """Read the videos that a campaign file names and keep what they show; a known file is not read again.

    Args:
        workspace: Where it is kept.
        campaign: What names them: ``[film] video``, and nodes whose ``file`` is a video.
        folder: Their paths are relative to it; a path that leads out of it is not followed.
        progress: Where to show progress.

    Returns:
        Footage by node, ``film`` for the film itself; a missing file or missing packages are a problem
        inside the footage, never an error.
    """
    bar, before = progress or Silent(), _kept(workspace, campaign.id)
    named = _named(campaign)
    if not named:
        return {}
    bar.begin("video", len(named))
    made: dict[str, dict[str, Any]] = {}
    for one in named:
        path = _inside(folder, one.file)
        digest = _digest(path) if path else ""
        old = before.get(one.node, {})
        # What the packages' absence left unread is read as soon as they are there.
        fresh = old.get("sha256") != digest or (old.get("problem") == "no_video_extra" and available())
        found = _nothing("no_video_file") if path is None else footage(path) if fresh else _read(old)
        made[one.node] = {"sha256": digest, **_plain(found)}
        bar.advance(note=one.file)
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(_place(workspace, campaign.id), text.encode())
    return {node: _read(entry) for node, entry in made.items()}


def kept(workspace: Workspace, campaign: Campaign) -> dict[str, Footage]:
    """Return what was read of a campaign's videos before; empty when none was."""
    nodes = {one.node for one in _named(campaign)}
    return {node: _read(entry) for node, entry in _kept(workspace, campaign.id).items() if node in nodes}


def _place(workspace: Workspace, campaign: str) -> Path:
    return workspace.root / "footage" / f"{campaign}.json"


def _kept(workspace: Workspace, campaign: str) -> dict[str, dict[str, Any]]:
    path = _place(workspace, campaign)
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        # What is kept can always be read again from the videos.
        return {}
    return found if isinstance(found, dict) else {}


def _named(campaign: Campaign) -> list[_Named]:
    made = [_Named(FILM, campaign.film.video)] if campaign.film.video else []
    for node in campaign.nodes:
        if node.file and PurePosixPath(node.file.replace("\\", "/")).suffix.lower() in VIDEOS:
            made.append(_Named(node.node_id, node.file))
    return made


def _inside(folder: Path, file: str) -> Path | None:
    path = (folder / file.replace("\\", "/")).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _nothing(problem: str) -> Footage:
    loud, moved = Unknown(problem, "video", "LUFS", 0), Unknown(problem, "video", "share", 0)
    return Footage((), None, loud, moved, problem)


def _plain(found: Footage) -> dict[str, Any]:
    quantities = {"loudness": _numbers(found.loudness), "motion": _numbers(found.motion)}
    return {"shots": list(found.shots), "seconds": found.seconds, "problem": found.problem, **quantities}


def _numbers(quantity: Quantity) -> Mapping[str, Any]:
    names = Estimate.__slots__ if isinstance(quantity, Estimate) else Unknown.__slots__
    return {name: getattr(quantity, name) for name in names}


def _read(entry: Mapping[str, Any]) -> Footage:
    try:
        quantities = [_quantity(entry[name]) for name in ("loudness", "motion")]
        shots = tuple(float(length) for length in entry["shots"])
        return Footage(shots, entry["seconds"], quantities[0], quantities[1], str(entry["problem"]))
    except (KeyError, TypeError, ValueError):
        return _nothing("unreadable_video")


def _quantity(entry: Mapping[str, Any]) -> Quantity:
    return Unknown(**entry) if "reason" in entry else Estimate(**entry)
