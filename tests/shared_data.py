"""Where the public measuring data lies, when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("LONGTAKE_DATA") or Path(__file__).parents[2] / "shared" / "data")


def shared(path: str) -> Path:
    """Return a file of the measuring data, or skip the test and say why."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"measuring data absent: {found} (set LONGTAKE_DATA)")
    return found
