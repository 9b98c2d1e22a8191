"""Numeric cases of other packages' own documents, where they lie beside the measuring data."""

import json
from typing import Any

import pytest

from shared_data import ROOT


def cases(area: str) -> list[dict[str, Any]]:
    """Return the cases of an area; one that skips and says why where the file is absent."""
    path = ROOT.parent / "cases" / "peer_cases.json"
    if not path.exists():
        reason = f"peers' cases absent: {path} (set LONGTAKE_DATA)"
        return [pytest.param({"id": area}, marks=pytest.mark.skip(reason=reason), id=f"{area}-absent")]
    found = json.loads(path.read_text("utf-8"))["cases"]
    return [pytest.param(case, id=case["id"]) for case in found if case["area"] == area]
