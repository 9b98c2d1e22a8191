"""Files and folders a person can hold in mind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import longtake

SOURCE = Path(longtake.__file__).parent
LINES, MODULES = 300, 12


def _modules() -> list[Path]:
    # Django writes migrations; nobody reads or splits them.
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def test_no_file_is_longer_than_a_person_reads_at_once():
    found = _modules()
    assert len(found) > 500
    long = {
        str(p.relative_to(SOURCE)): n for p in found if (n := len(p.read_text("utf-8").splitlines())) > LINES
    }
    assert long == {}


def test_no_folder_holds_more_modules_than_a_person_keeps_apart():
    held = Counter(str(p.parent.relative_to(SOURCE)) for p in _modules() if p.stem != "__init__")
    assert {folder: n for folder, n in held.items() if n > MODULES} == {}


def test_no_module_is_named_after_nothing():
    assert {p.stem for p in _modules()} & {"utils", "helpers", "common", "misc"} == set()
