"""Trees that LightGBM grew, as arrays that need no LightGBM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.heat.trees import Trees


def trees_of(model: Mapping[str, Any]) -> Trees:
    """Return the ensemble in ``booster.dump_model()``.

    Args:
        model: The dump; numerical splits alone.

    Raises:
        ValueError: A split is not of the form ``x <= threshold``, or treats zero as unknown.

    References:
        Ke et al., 2017, LightGBM: a highly efficient gradient boosting decision tree,
        https://papers.nips.cc/paper/6907.
    """
    grown = [_flat(tree["tree_structure"]) for tree in model["tree_info"]]
    nodes = max(len(rows) for rows, _ in grown)
    parts: dict[str, NDArray[Any]] = {
        "feature": np.zeros((len(grown), nodes), dtype=np.int16),
        "threshold": np.full((len(grown), nodes), np.inf, dtype=np.float32),
        "left": np.zeros((len(grown), nodes), dtype=np.int16),
        "right": np.zeros((len(grown), nodes), dtype=np.int16),
        "value": np.zeros((len(grown), nodes), dtype=np.float32),
    }
    for number, (rows, _) in enumerate(grown):
        for node, row in enumerate(rows):
            for name, cell in zip(parts, row, strict=True):
                parts[name][number, node] = cell
    return Trees.of(parts, depth=max(depth for _, depth in grown))


def _flat(root: Mapping[str, Any]) -> tuple[list[tuple[int, float, int, int, float]], int]:
    """Return the nodes of one tree, root first, and its depth."""
    rows: list[tuple[int, float, int, int, float]] = []
    deepest = 0

    def add(node: Mapping[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        place = len(rows)
        if "split_feature" not in node:
            rows.append((0, float("inf"), place, place, float(node["leaf_value"])))
            return place
        if node["decision_type"] != "<=" or node["missing_type"] == "Zero":
            raise ValueError(f"split {node['decision_type']!r}, missing {node['missing_type']!r}")
        rows.append((0, 0.0, 0, 0, 0.0))
        left, right = add(node["left_child"], depth + 1), add(node["right_child"], depth + 1)
        column = int(node["split_feature"])
        # LightGBM sends unknown values right unless it saw them; without any in training they count as zero.
        unknown_left = node["default_left"] if node["missing_type"] == "NaN" else node["threshold"] >= 0
        rows[place] = (~column if unknown_left else column, _down(node["threshold"]), left, right, 0.0)
        return place

    add(root, 0)
    return rows, deepest


def _down(threshold: float) -> float:
    """Return the greatest single-precision number that is not above the threshold."""
    near = np.float32(threshold)
    return float(near if float(near) <= threshold else np.nextafter(near, np.float32(-np.inf)))
