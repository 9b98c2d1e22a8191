"""Logs of the Open Bandit Data among the measuring data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.csv as pc

Floats = np.ndarray


def rows(path: Path) -> tuple[Floats, Floats, Floats, Floats]:
    """Return item, position from 0, click and logged chance of each row."""
    table = pc.read_csv(path)
    item = table["item_id"].to_numpy().astype(int)
    position = table["position"].to_numpy().astype(int) - 1
    click = table["click"].to_numpy().astype(float)
    return item, position, click, table["propensity_score"].to_numpy().astype(float)
