"""Keys that lie in files only their owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from longtake.errors import LongtakeError

BYTES = 48


def signing_key(path: Path) -> str:
    """Return the key that signs sessions and links, made at first use.

    A finished file is linked into place, so that two processes that start at once agree on one key.

    Raises:
        LongtakeError: The file cannot be written, or is too short to be a key.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_name(f".{path.name}.{os.getpid()}")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(BYTES))
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        key = path.read_text("ascii").strip()
    except OSError as error:
        raise LongtakeError(
            f"{path} cannot be used: {error.strerror}.", fix="Choose a workspace that you can write to."
        ) from error
    if len(key) < BYTES:
        raise LongtakeError(f"{path} is too short to be a key.", fix="Restore it from your backup.")
    return key
