"""What a campaign is: its file in the workspace, edited in place and followed by the lake."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tomlkit

from longtake.domain.campaign import Campaign
from longtake.ingest.campaign import file as campaign_file
from longtake.ingest.campaign.ids import campaign_id, has_letters
from longtake.services.imports import add as imports
from longtake.services.progress import Progress, Silent
from longtake.services.worded import WordedError
from longtake.services.workspace import Workspace, write_whole

ORIGIN = "described"
FOLDER = "folder"
LISTS = ("event", "node", "circle")


class DescriptionError(WordedError):
    """A campaign cannot be described so."""

    code = "description"


def begin(workspace: Workspace, *, name: str, told: Mapping[str, Any], circles: tuple[str, ...]) -> Campaign:
    """Begin a campaign with its file.

    Args:
        workspace: Where.
        name: The film's name.
        told: Values of the ``[campaign]`` table: kind, release_at, proposition, competitors, topics.
        circles: Names of the planned audience circles; a name is its own keyword until somebody says more.

    Raises:
        DescriptionError: There is a campaign of that name.
        CampaignFileError: A value cannot be used.
    """
    if not has_letters(name):
        raise DescriptionError("A campaign needs a name.", fix="Write the film's name.", says="needs_name")
    path = workspace.campaigns / f"{campaign_id(name)}.toml"
    if path.exists():
        raise DescriptionError(
            "There is a campaign of this name.", fix="Open it, or choose another name.", says="same_name"
        )
    document = tomlkit.document()
    table = tomlkit.table()
    table["name"] = name.strip()
    for key, value in told.items():
        if value not in (None, "", [], ()):
            table[key] = value
    document["campaign"] = table
    if circles:
        rows = tomlkit.aot()
        for circle in circles:
            rows.append(_circle(circle))
        document["circle"] = rows
    return _write(path, document)


def tell(workspace: Workspace, campaign: str, told: Mapping[str, Any]) -> Campaign:
    """Change values of the ``[campaign]`` table; what is empty is taken out, everything else stays.

    Raises:
        DescriptionError: The campaign follows a folder.
        CampaignFileError: A value cannot be used; the file is as before.
    """

    def change(document: tomlkit.TOMLDocument) -> None:
        table = document["campaign"]
        for key, value in told.items():
            if value in (None, "", [], ()):
                table.pop(key, None)
            else:
                table[key] = value

    return _edit(workspace, campaign, change)


def put(
    workspace: Workspace, campaign: str, kind: str, index: int | None, told: Mapping[str, Any]
) -> Campaign:
    """Write one ``[[event]]``, ``[[node]]`` or ``[[circle]]``: a new one, or in place of the one at an index.

    Raises:
        DescriptionError: The campaign follows a folder, or there is none at the index.
        CampaignFileError: A value cannot be used; the file is as before.
    """

    def change(document: tomlkit.TOMLDocument) -> None:
        rows = _rows(document, kind)
        if index is None:
            rows.append(tomlkit.table())
        row = _at(rows, len(rows) - 1 if index is None else index)
        for key, value in told.items():
            if value in (None, "", [], ()):
                row.pop(key, None)
            else:
                row[key] = value

    return _edit(workspace, campaign, change)


def name_circles(workspace: Workspace, campaign: str, names: Sequence[str]) -> Campaign:
    """Keep the planned circles of these names as they are, begin the new ones, take the others out.

    Raises:
        DescriptionError: The campaign follows a folder.
    """

    def change(document: tomlkit.TOMLDocument) -> None:
        rows = _rows(document, "circle")
        for index in reversed(range(len(rows))):
            if rows[index].get("name") not in names:
                rows.pop(index)
        there = {row.get("name") for row in rows}
        for name in names:
            if name not in there:
                rows.append(_circle(name))
        if not rows:
            document.pop("circle")

    return _edit(workspace, campaign, change)


def drop(workspace: Workspace, campaign: str, kind: str, index: int) -> Campaign:
    """Take one out.

    Raises:
        DescriptionError: The campaign follows a folder, or there is none at the index.
    """

    def change(document: tomlkit.TOMLDocument) -> None:
        rows = _rows(document, kind)
        _at(rows, index)
        rows.pop(index)
        if not rows:
            document.pop(kind)

    return _edit(workspace, campaign, change)


def follows_folder(workspace: Workspace, campaign: str) -> bool:
    """Whether the campaign lives in a folder of its own, whose file is the one to edit."""
    return any(c.receipt.get("origin") == FOLDER for c in workspace.lake.commits(campaign))


def follow(workspace: Workspace, campaign: str, *, progress: Progress | None = None) -> None:
    """Bring the lake's events and nodes in step with the campaign's file.

    Raises:
        LongtakeError: The lake cannot be written.
    """
    bar = progress or Silent()
    source = workspace.campaigns / f"{campaign}.toml"
    with tempfile.TemporaryDirectory(prefix="longtake-") as scratch:
        copy = Path(scratch) / campaign_file.NAME
        copy.write_bytes(source.read_bytes())
        before = [c for c in workspace.lake.commits(campaign) if c.receipt.get("origin") == ORIGIN]
        made = imports.add(
            workspace, campaign, [copy], origin=ORIGIN, relative_to=Path(scratch), progress=bar
        )
    if made.import_id is not None:
        for commit in before:
            workspace.lake.undo(commit.import_id)


def _circle(name: str) -> Any:
    row = tomlkit.table()
    row["name"], row["keywords"] = name, [name]
    return row


def _edit(workspace: Workspace, campaign: str, change: Callable[[tomlkit.TOMLDocument], None]) -> Campaign:
    if follows_folder(workspace, campaign):
        raise DescriptionError(
            "This campaign follows a folder.",
            fix="Edit campaign.toml there and run the report again.",
            says="follows_folder",
        )
    path = workspace.campaigns / f"{campaign}.toml"
    with _alone(path):
        document = tomlkit.parse(path.read_text("utf-8-sig"))
        change(document)
        return _write(path, document)


def _write(path: Path, document: tomlkit.TOMLDocument) -> Campaign:
    text = tomlkit.dumps(document)
    campaign = campaign_file.parse(text, Path(campaign_file.NAME))
    if path.stem != campaign.id:
        raise DescriptionError(
            "A campaign keeps its name.", fix="Begin a new one under the new name.", says="keeps_name"
        )
    write_whole(path, text.encode())
    return campaign


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a campaign's file against other editors of this machine."""
    with (path.with_name(f".{path.stem}.lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _rows(document: tomlkit.TOMLDocument, kind: str) -> Any:
    if kind not in LISTS:
        raise ValueError(f"{kind!r} is no list of a campaign file")
    if kind not in document:
        document[kind] = tomlkit.aot()
    return document[kind]


def _at(rows: Any, index: int) -> Any:
    if not 0 <= index < len(rows):
        raise DescriptionError("It is not there any more.", fix="Load the page again.", says="not_there")
    return rows[index]
