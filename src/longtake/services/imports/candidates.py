"""Find and hash the files of one call before any of them is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from longtake.errors import LongtakeError
from longtake.ingest.archives import FileProblem, Found, expand
from longtake.services.progress import Progress
from longtake.services.workspace import OURS

CHUNK = 1 << 20
PLAYBOOK = "playbook/"
"""Folder of a campaign's own packs: they are settings, not exports."""
INBOX = ".longtake-inbox"
"""Marks a folder within ours that holds a person's files on their way in."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was found.

    Attributes:
        shown: Its path as a receipt names it.
        sha256: Of its bytes, hexadecimal; of its name and problem when it has no bytes to read.
        found: Where it lies; None when it cannot be read at all.
        problem: Why it cannot be read; empty otherwise.
    """

    shown: str
    sha256: str
    found: Found | None
    problem: str = ""


def candidates(
    paths: Sequence[Path], scratch: Path, relative_to: Path | None, progress: Progress
) -> Iterator[Candidate]:
    """Yield every file in the paths, folders and archives, in a fixed order.

    Args:
        paths: Files, folders or zip archives.
        scratch: Folder for members of archives.
        relative_to: Folder the shown paths are relative to; None to show them as given.
        progress: Advanced by one a file.
    """
    written: dict[Path, bool] = {}
    for found in expand(paths, scratch):
        if _is_ours(Path(found.shown.partition("!/")[0]).absolute().parent, written):
            continue
        shown = _shown(found.shown, relative_to)
        if relative_to is not None and shown.startswith(PLAYBOOK) and shown.endswith(".toml"):
            continue
        progress.advance(note=shown)
        if isinstance(found, FileProblem):
            yield _problem(shown, found.error)
            continue
        try:
            digest = hashlib.sha256()
            with found.path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
        except OSError as error:
            yield _problem(shown, f"{shown} cannot be read: {error.strerror}.")
        else:
            yield Candidate(shown, digest.hexdigest(), found)


def _is_ours(folder: Path, known: dict[Path, bool]) -> bool:
    """Whether a folder lies in a workspace or a report: what Longtake wrote is never read back."""
    if folder not in known:
        above = folder.parent
        known[folder] = not (folder / INBOX).exists() and (
            (folder / OURS).exists() or (above != folder and _is_ours(above, known))
        )
    return known[folder]


def _problem(shown: str, error: LongtakeError | str) -> Candidate:
    digest = hashlib.sha256(f"{shown}\0{error}".encode()).hexdigest()
    return Candidate(shown, digest, None, str(error))


def _shown(shown: str, relative_to: Path | None) -> str:
    if relative_to is None:
        return shown
    head, mark, member = shown.partition("!/")
    path = Path(head)
    return (path.relative_to(relative_to).as_posix() if path.is_relative_to(relative_to) else head) + (
        mark + member
    )
