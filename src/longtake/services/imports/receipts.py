"""Receipts as they are stored in a commit and shown to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from longtake.domain.receipt import FileReceipt, Notice, Refused
from longtake.errors import NotFoundError
from longtake.services.workspace import Workspace
from longtake.store.commit import Commit


def as_json(receipt: FileReceipt) -> dict[str, Any]:
    """Return one file's receipt as plain values, keys in a fixed order."""
    return asdict(receipt)


def from_json(content: Mapping[str, Any]) -> FileReceipt:
    """Return the receipt that :func:`as_json` wrote."""
    known = {field: content[field] for field in FileReceipt.__dataclass_fields__ if field in content}
    known["refused"] = tuple(Refused(**item) for item in content.get("refused", ()))
    known["notices"] = tuple(
        Notice(item["kind"], tuple(item["values"])) for item in content.get("notices", ())
    )
    known["unknown_columns"] = tuple(content.get("unknown_columns", ()))
    return FileReceipt(**known)


def of_commit(commit: Commit) -> tuple[FileReceipt, ...]:
    """Return the receipts of one import, in the order the files were read."""
    files: Any = commit.receipt.get("files", ())
    return tuple(from_json(item) for item in files)


def of_campaign(workspace: Workspace, campaign: str) -> tuple[FileReceipt, ...]:
    """Return the latest receipt of each file of the live imports, by path."""
    latest: dict[str, FileReceipt] = {}
    for commit in workspace.lake.commits(campaign):
        for receipt in of_commit(commit):
            latest[receipt.path] = receipt
    return tuple(latest[path] for path in sorted(latest))


def find(workspace: Workspace, import_id: str) -> Commit:
    """Return the live import of that id, or of the only id that begins so.

    Raises:
        NotFoundError: None or several begin so.
    """
    commits = workspace.lake.commits()
    found = [commit for commit in commits if commit.import_id.startswith(import_id)] if import_id else []
    if len(found) != 1:
        known = tuple(commit.import_id for commit in commits)
        raise NotFoundError("import", import_id, known=known, fix="Run `longtake receipts`.")
    return found[0]


def undo(workspace: Workspace, import_id: str) -> Commit:
    """Take an import back: its rows are gone from every figure, rows of other imports stay.

    Raises:
        NotFoundError: No live import has that id.
    """
    return workspace.lake.undo(find(workspace, import_id).import_id)
