"""Learn how runs at the cinemas end."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.features import MIN_DAYS
from longtake.heat.boxoffice.multiple import PATTERNS, Multiple, tree_rows
from longtake.services.training.boosting import trees_of
from longtake.services.training.takings.lines import Table, fit_line, hide

Floats = NDArray[np.float64]
ANCHORS = (3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 25, 30, 34)
GROWING: dict[str, Any] = {
    "learning_rate": 0.05,
    "num_leaves": 31,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "min_child_samples": 100,
    "lambda_l2": 5.0,
    "num_threads": 1,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


def fit_multiple(runs: Table, *, trees: int = 300, share: tuple[float, ...] = (0.2, 0.2, 0.2, 1.0)) -> Multiple:
    """Return the model of total over takings so far."""
    import lightgbm  # noqa: PLC0415 -- optional dependency

    line = fit_line(runs)
    places = [n - MIN_DAYS for n in ANCHORS]
    rows, left, weight = [], [], []
    for kind in range(PATTERNS):
        if share[kind] <= 0:
            continue
        for place in places:
            known = hide(runs.rows[:, place], kind)
            straight, scatter = line.predict(known)
            rows.append(tree_rows(known, straight, scatter))
            left.append((runs.target[:, place] - straight) / scatter)
            weight.append(runs.weight * share[kind])
    x, y, w = np.concatenate(rows), np.concatenate(left), np.concatenate(weight)
    grown = lightgbm.train(
        {**GROWING, "objective": "regression_l1"}, lightgbm.Dataset(x, y, weight=w), trees
    )
    return Multiple(line, trees_of(grown.dump_model()))
