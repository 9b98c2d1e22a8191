"""Numeric cases of the peers, when they lie beside the measuring data."""

from __future__ import annotations

import json

import pytest

from shared_data import ROOT

FILE = ROOT.parent / "cases" / "peer_cases.json"


def case(name):
    """Return one case, or skip the test and say why."""
    if not FILE.exists():
        pytest.skip(f"peers' cases absent: {FILE}")
    found = {one["id"]: one for one in json.loads(FILE.read_text("utf-8"))["cases"]}
    return found[name]
