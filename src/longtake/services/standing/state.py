"""What a campaign's figures depend on, as one name."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from longtake.services.workspace import Workspace

FOLDERS = ("domain", "heat", "language", "locale", "narrative", "diagnosis", "render", "services", "store")
HEAVY = 1 << 20


def state_of(workspace: Workspace, campaign: str) -> str:
    """Return 24 hexadecimal digits that change when the campaign's rows, its file or the code change.

    Reads names and one small file, no rows: it is asked for with every page.
    """
    digest = hashlib.sha256(code().encode())
    file = workspace.campaigns / f"{campaign}.toml"
    digest.update(file.read_bytes() if file.exists() else b"")
    folder = workspace.lake.root / "commits" / f"campaign={campaign}"
    for path in sorted(folder.glob("*.json")):
        digest.update(path.name.encode())
        digest.update(str(path.stat().st_size).encode())
    return digest.hexdigest()[:24]


@cache
def code() -> str:
    """Return the digest of everything in the package that can change a figure or how it is drawn."""
    digest = hashlib.sha256()
    root = files("longtake")
    for name in FOLDERS:
        part = root / name
        if part.is_dir():
            _add(digest, part, name)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, folder: Traversable, shown: str) -> None:
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.name == "__pycache__":
            continue
        if item.is_dir():
            _add(digest, item, f"{shown}/{item.name}")
            continue
        content = item.read_bytes()
        digest.update(f"{shown}/{item.name} {len(content)}\n".encode())
        digest.update(content[:HEAVY])
