"""Find and run the benchmarks of a checkout."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from longtake.errors import LongtakeError, NotFoundError

FOLDER = "benchmarks"


def run(which: str, arguments: tuple[str, ...]) -> None:
    """Run one benchmark, or all of them, each of which prints its own table.

    Raises:
        LongtakeError: This is no checkout: benchmarks are not part of the installed package.
        NotFoundError: There is no benchmark of that name.
    """
    folder = Path.cwd() / FOLDER
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    names = [name for name in names if "def main(" in (folder / f"{name}.py").read_text("utf-8")]
    if not names:
        raise LongtakeError(
            "There are no benchmarks here.", fix="Run it in a checkout of Longtake, or use `make bench`."
        )
    chosen = names if which == "all" else [which.replace("-", "_")]
    if not set(chosen) <= set(names):
        raise NotFoundError("benchmark", which, known=tuple(names))
    sys.path.insert(0, str(Path.cwd()))
    for name in chosen:
        importlib.import_module(f"{FOLDER}.{name}").main(list(arguments))
