"""Files on their way in: where an upload lies until a worker has read it."""

from __future__ import annotations

import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from longtake.services.imports.candidates import INBOX
from longtake.services.worded import WordedError
from longtake.services.workspace import OURS, Workspace, write_whole

LONGEST = 120
DEEPEST = 8
KEPT_SECONDS = 7 * 24 * 3600
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]')


class UploadError(WordedError):
    """Files cannot be handed in."""

    code = "upload"


def tray(workspace: Workspace) -> Path:
    """Return a new empty folder for one upload."""
    folder = workspace.root / "inbox" / secrets.token_hex(8)
    write_whole(workspace.root / OURS, b"")
    folder.mkdir(parents=True)
    (folder / INBOX).touch()
    return folder


def tray_of(workspace: Workspace, name: str) -> Path:
    """Return the folder of an earlier upload.

    Raises:
        UploadError: There is none of that name any more.
    """
    folder = workspace.root / "inbox" / name
    if not re.fullmatch(r"[0-9a-f]{16}", name) or not folder.is_dir():
        raise UploadError("The files of this upload are gone.", fix="Hand them in again.", says="upload_gone")
    return folder


def put(folder: Path, shown: str, chunks: Iterable[bytes]) -> Path:
    """Write one file into a tray under a name that can do no harm, and return where it lies.

    Two files of one name get different ones.
    """
    path = folder / safe(shown)
    while path.exists():
        path = path.with_name(f"{path.stem}+{path.suffix}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError as error:
        raise UploadError(
            f"The upload cannot be written: {error.strerror}.", fix="Free some space.", says="disk"
        ) from error
    return path


def safe(shown: str) -> PurePosixPath:
    r"""Return a relative path without parts that climb, hide or control anything.

    Examples:
        >>> str(safe("../../etc/passwd")), str(safe("C:\\x\\表.xlsx")), str(safe(""))
        ('etc/passwd', 'C/x/表.xlsx', 'file')
        >>> str(safe(".longtake/a"))
        'longtake/a'
    """
    text = unicodedata.normalize("NFC", shown).replace("\\", "/")
    parts = [FORBIDDEN.sub("", part).strip().lstrip(".").strip() for part in text.split("/")]
    kept = [_short(part) for part in parts if part]
    return PurePosixPath(*kept[-DEEPEST:]) if kept else PurePosixPath("file")


def _short(part: str) -> str:
    while len(part.encode("utf-8", "ignore")) > LONGEST:
        stem, dot, end = part.rpartition(".")
        part = f"{stem[:-1]}{dot}{end}" if dot and len(end) < 10 and stem else part[:-1]
    return part.encode("utf-8", "ignore").decode() or "file"


def keep_only(folder: Path, names: Iterable[str]) -> None:
    """Remove everything of a tray but the files named; the tray itself when none is left."""
    wanted = {folder / name for name in names}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted and path.name != INBOX:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if not any(path.is_file() and path.name != INBOX for path in folder.rglob("*")):
        shutil.rmtree(folder, ignore_errors=True)


def sweep(workspace: Workspace, *, now: float | None = None) -> int:
    """Remove trays that nobody came back to for a week; return how many."""
    gone = 0
    for folder in (workspace.root / "inbox").glob("*"):
        if (now or time.time()) - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone
