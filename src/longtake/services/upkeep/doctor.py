"""What is installed, what runs, how large the lake is, what is missing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from longtake import __version__, language
from longtake.errors import LongtakeError
from longtake.services.workspace import Workspace
from longtake.store.engines.connect import connect

PACKAGES = (
    "altair",
    "charset-normalizer",
    "defusedxml",
    "duckdb",
    "ibis-framework",
    "numpy",
    "opencc",
    "pyarrow",
    "pysubs2",
    "python-calamine",
    "scipy",
    "vl-convert-python",
    "xlsxwriter",
)
OPTIONAL = {
    "pyspark-client": "pip install 'longtake[spark]'",
    "scikit-learn": "pip install 'longtake[bench]'",
}
LOW_DISK = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Check:
    """One finding.

    Attributes:
        name: What was looked at.
        ok: True, False, or None where nothing is wrong but something is absent.
        says: What was found.
        fix: What would mend it.
    """

    name: str
    ok: bool | None
    says: str
    fix: str = ""


def examine(workspace: Workspace) -> tuple[Check, ...]:
    """Return every finding, in a fixed order; nothing is written."""
    return (
        Check("longtake", True, __version__),
        Check("python", sys.version_info >= (3, 11), platform.python_version(), ""),
        *_packages(),
        _guarded("engine", _engine),
        _guarded("language model", _model),
        *_workspace(workspace),
        _data(),
    )


def _packages() -> Iterator[Check]:
    for name in PACKAGES:
        try:
            yield Check(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Check(name, False, "not installed", "pip install longtake")
    for name, fix in OPTIONAL.items():
        try:
            yield Check(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Check(name, None, "not installed (optional)", fix)


def _guarded(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, True, check())
    except LongtakeError as error:
        return Check(name, False, error.message, error.fix)


def _engine() -> str:
    with tempfile.TemporaryDirectory(prefix="longtake-") as spill:
        running = connect(spill=Path(spill))
        running.close()
        return running.name


def _model() -> str:
    return language.model_version()


def _workspace(workspace: Workspace) -> Iterator[Check]:
    if not workspace.root.exists():
        yield Check(
            "workspace", None, f"{workspace.root} does not exist yet", "It is made by the first import."
        )
        return
    writable = os.access(workspace.root, os.W_OK)
    yield Check("workspace", writable, str(workspace.root.resolve()), "" if writable else "Make it writable.")
    commits = workspace.lake.commits()
    rows: dict[str, int] = {}
    for commit in commits:
        for table, count in commit.tables.items():
            rows[table] = rows.get(table, 0) + count
    size = sum(file.stat().st_size for file in (workspace.root / "lake").rglob("*") if file.is_file())
    tables = ", ".join(f"{table} {count:,}" for table, count in sorted(rows.items())) or "empty"
    yield Check("lake", True, f"{len(commits)} imports, {size / 1e6:.1f} MB, rows: {tables}")
    broken = [error.message for error in workspace.lake.verify()]
    yield Check(
        "lake files",
        not broken,
        ", ".join(broken[:5]) if broken else "every file has the bytes its import wrote",
        "Undo the import and add its files again." if broken else "",
    )
    free = shutil.disk_usage(workspace.root).free
    fix = "" if free > LOW_DISK else "Free some space."
    yield Check("disk", free > LOW_DISK, f"{free / 1e9:.1f} GB free", fix)


def _data() -> Check:
    folder = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data")
    if folder.exists():
        return Check("measuring data", True, str(folder.resolve()))
    return Check(
        "measuring data", None, "not here", "Only training and benchmarks need it: set LONGTAKE_DATA."
    )
