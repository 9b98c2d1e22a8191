"""Take an upload into a campaign, and take imports back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from longtake.domain.receipt import FileReceipt
from longtake.errors import UnknownFormatError
from longtake.ingest.head import Head
from longtake.ingest.mapping import Mapping, Proposal
from longtake.services.campaigns import known as campaigns
from longtake.services.imports import add as imports
from longtake.services.imports import mappings, receipts
from longtake.services.imports.candidates import INBOX
from longtake.services.progress import Progress
from longtake.services.work import inbox
from longtake.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an upload.

    Attributes:
        import_id: None when nothing new was stored.
        files: One receipt a file.
        unknown: Tables that nobody recognises and that wait for a mapping, by their name in the tray.
    """

    import_id: str | None
    files: tuple[FileReceipt, ...]
    unknown: tuple[str, ...]


def take_in(workspace: Workspace, campaign: str, tray: str, *, progress: Progress) -> Taken:
    """Import the files of a tray; tables that want a mapping stay in it, the rest is removed.

    Raises:
        LongtakeError: The tray is gone, or the lake cannot be written; it is as before.
    """
    folder = inbox.tray_of(workspace, tray)
    found = campaigns.find(workspace, campaign)
    made = imports.add(workspace, found.id, [folder], relative_to=folder, progress=progress)
    waiting = tuple(r.path for r in made.files if r.error and r.reader is None and _is_table(folder / r.path))
    inbox.keep_only(folder, waiting)
    return Taken(made.import_id, made.files, waiting)


def proposal(workspace: Workspace, tray: str, name: str, kind: str = "") -> tuple[Head, Proposal | None]:
    """Return the head of a waiting table, and what its columns seem to mean and why.

    Raises:
        LongtakeError: The file is gone, or is no table.
    """
    return mappings.propose(_waiting(workspace, tray, name), kind)


def explain(workspace: Workspace, tray: str, name: str, mapping: Mapping) -> None:
    """Remember what the columns of a waiting table mean, for it and for every table with this header.

    Raises:
        LongtakeError: The file is gone, or the mapping leaves out what a row needs.
    """
    head, _ = mappings.propose(_waiting(workspace, tray, name))
    if mapping.missing or not mapping.fits(head.columns):
        raise inbox.UploadError(
            f"Still missing: {', '.join(mapping.missing) or 'a column'}.",
            fix="Choose a column for it.",
            says="mapping_lacks",
            missing="、".join(mapping.missing),
        )
    mappings.remember(workspace, head.columns, mapping)


def forget(workspace: Workspace, tray: str, name: str) -> bool:
    """Remove a waiting table and return whether it was the last of its upload.

    Raises:
        LongtakeError: The upload is gone.
    """
    folder = inbox.tray_of(workspace, tray)
    left = tuple(
        shown
        for path in folder.rglob("*")
        if path.is_file() and (shown := path.relative_to(folder).as_posix()) not in {name, INBOX}
    )
    inbox.keep_only(folder, left)
    return not left


def take_back(workspace: Workspace, campaign: str, import_id: str) -> int:
    """Take an import of a campaign back and return how many rows went with it.

    Raises:
        NotFoundError: The campaign has no live import of that id.
        LongtakeError: The lake is busy.
    """
    live = {commit.import_id for commit in workspace.lake.commits(campaign)}
    if import_id not in live:
        receipts.find(workspace, "")
    return sum(receipts.undo(workspace, import_id).tables.values())


def _waiting(workspace: Workspace, tray: str, name: str) -> Path:
    folder = inbox.tray_of(workspace, tray)
    path = folder / inbox.safe(name)
    if not path.is_file():
        raise inbox.UploadError("This file is gone.", fix="Hand it in again.", says="upload_gone")
    return path


def _is_table(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        mappings.propose(path)
    except UnknownFormatError:
        return False
    return True
