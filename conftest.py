"""Django is set up before any module that needs it is collected, on a workspace of this run alone."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
APPS = tuple(ROOT / "src" / "longtake" / name for name in ("records", "web", "worker"))
_FOLDERS: list[Path] = []


def pytest_collect_file(file_path: Path) -> None:
    """Set Django up for the modules of the application."""
    if file_path.suffix == ".py" and any(folder in file_path.parents for folder in APPS):
        workspace()


def workspace() -> Path:
    """Return the workspace of this process; Django can be set up once only."""
    if not _FOLDERS:
        folder = Path(tempfile.mkdtemp(prefix="longtake-tests-")) / "workspace"
        from longtake.records.boot import boot  # noqa: PLC0415 -- app ready

        boot(folder)
        _FOLDERS.append(folder)
    return _FOLDERS[0]


@pytest.fixture(scope="session")
def app_workspace() -> Path:
    """The workspace of the application in this process."""
    return workspace()


def pytest_unconfigure() -> None:
    """Remove the workspace."""
    for folder in _FOLDERS:
        shutil.rmtree(folder.parent, ignore_errors=True)
