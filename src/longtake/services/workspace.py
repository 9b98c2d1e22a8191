"""Where a team's data lives on disk, and the key that makes people unreadable in it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from longtake.errors import LongtakeError

if TYPE_CHECKING:
    from longtake.ingest.reader import Pseudonym
    from longtake.store.lake import Lake

VARIABLE = "LONGTAKE_WORKSPACE"
DEFAULT = "longtake-data"
KEY_BYTES = 32
OURS = ".longtake"
"""Marks a folder that Longtake writes, so that its files are never taken for a person's exports."""


class WorkspaceError(LongtakeError):
    """The workspace cannot be used."""

    code = "workspace"


@dataclass(frozen=True, slots=True)
class Workspace:
    """One folder that holds everything: lake, campaigns, remembered mappings and the key.

    Attributes:
        root: The folder; made when something is first written.
    """

    root: Path

    @classmethod
    def here(cls) -> Workspace:
        """Return the workspace of ``$LONGTAKE_WORKSPACE``, by default ``./longtake-data``."""
        return cls(Path(os.environ.get(VARIABLE) or DEFAULT))

    @property
    def lake(self) -> Lake:
        """The observations of all campaigns."""
        from longtake.store.lake import Lake  # noqa: PLC0415 -- slow import

        return Lake(self.root / "lake")

    @property
    def campaigns(self) -> Path:
        """One ``<id>.toml`` a campaign, as last seen."""
        return self.root / "campaigns"

    @property
    def mappings(self) -> Path:
        """One remembered mapping a header."""
        return self.root / "mappings"

    @property
    def figures(self) -> Path:
        """One ``<id>.json`` a campaign: the evidence behind the figures of its last report."""
        return self.root / "figures"

    def pseudonym(self) -> Pseudonym:
        """Return the function that makes author ids unreadable with this workspace's key.

        Raises:
            WorkspaceError: The key file is damaged or cannot be written.
        """
        from longtake.ingest.identity import pseudonym  # noqa: PLC0415 -- slow import

        return pseudonym(self._key())

    def _key(self) -> bytes:
        path = self.root / "key"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            (self.root / OURS).touch()
            if not path.exists():
                # A rename of a finished file: two first imports at once must not end with two keys.
                fresh = self.root / f".key-{os.getpid()}"
                descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(secrets.token_bytes(KEY_BYTES))
                    os.fsync(file.fileno())
                try:
                    os.link(fresh, path)
                except FileExistsError:
                    pass
                finally:
                    fresh.unlink()
            key = path.read_bytes()
        except OSError as error:
            raise WorkspaceError(
                f"The workspace {self.root} cannot be written: {error.strerror}.",
                fix=f"Set ${VARIABLE} to a folder of yours.",
            ) from error
        if len(key) < KEY_BYTES:
            raise WorkspaceError(
                f"{path} holds {len(key)} bytes, not {KEY_BYTES}.", fix="Restore it from your backup."
            )
        return key


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part.

    Raises:
        WorkspaceError: The file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise WorkspaceError(
            f"{path} cannot be written: {error.strerror}.", fix="Free some space or choose another folder."
        ) from error
