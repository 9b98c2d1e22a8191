"""How well the polarity model does on texts it never saw, stated for the sources at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from longtake.domain.answers.report import Column, Table

COLUMNS = (
    Column("test_set", "code"),
    Column("auc", "number"),
    Column("macro_f1", "number"),
    Column("calibration_error", "number"),
    Column("n", "number"),
)


def accuracy(card: Mapping[str, Any], platforms: Sequence[str]) -> Table:
    """Return the model's figures by held-out set, those of the platforms at hand first."""
    rows = []
    for source in card["sources"]:
        if (test := source["test"]) is None:
            continue
        rows.append((source["name"], test["auc"], test["macro_f1"], test["ece"], test["n"]))
    rows.sort(key=lambda row: (not any(platform in row[0] for platform in platforms), row[0]))
    return Table(COLUMNS, tuple(rows))
