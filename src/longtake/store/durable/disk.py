"""Writes that are either there after a power cut, or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from longtake.errors import LongtakeError

CHUNK = 1 << 20


class StorageError(LongtakeError):
    """The disk refused: full, read-only, or broken."""

    code = "storage"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"{path}: {reason}. Nothing was changed.",
            fix="Free some space or check the permissions, then run it again.",
        )
        self.path, self.reason = str(path), reason


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` into a typed refusal that names the path.

    Raises:
        StorageError: Instead of any ``OSError`` in the block.
    """
    try:
        yield
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's list of names, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Create a folder and its parents durably; nothing happens when it is there."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename a synced file over ``target`` in one atomic, durable step."""
    make_folder(target.parent)
    source.replace(target)
    sync(target.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a small file and sync it; its name becomes durable when it is moved."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def remove(path: Path) -> int:
    """Remove a file or a folder with all it holds; return how many files went."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return 1
    gone = sum(1 for found in path.rglob("*") if found.is_file())
    shutil.rmtree(path)
    return gone
