"""Learn how runs at the cinemas go on and end.

python -m longtake.services.training.box_office DATA OUT
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.ahead import Ahead
from longtake.heat.boxoffice.features import MIN_DAYS
from longtake.heat.boxoffice.multiple import PATTERNS, Multiple, tree_rows
from longtake.heat.boxoffice.weights import Weights
from longtake.heat.trees import Trees
from longtake.services.training.boosting import trees_of
from longtake.services.training.takings.card import describe
from longtake.services.training.takings.days import Days, conceal, days
from longtake.services.training.takings.lines import Table, fit_line, hide, table
from longtake.services.training.takings.path_errors import STEPS, path_errors
from longtake.services.training.takings.releases import Release, fit_profile, releases
from longtake.services.training.takings.rolling import past_errors, spread_of
from longtake.services.training.takings.weekly import learn_weekly, weeks

Floats = NDArray[np.float64]
ANCHORS = (3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 25, 30, 34)
SHARES = (0.2, 0.2, 0.2, 1.0)
"""Weight of a run shown without theaters, dollars or both, beside 1 for one shown whole."""

FINAL_TREES, PATH_TREES = 300, 300
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

PATH_GROWING: dict[str, Any] = {
    "objective": "fair",
    "fair_c": 0.3,
    "learning_rate": 0.04,
    "feature_fraction": 0.3,
    "min_child_samples": 300,
}


def _grow(rows: Floats, left: Floats, weight: Floats, loss: Mapping[str, Any], trees: int) -> Trees:
    import lightgbm  # noqa: PLC0415 -- optional dependency

    grown = lightgbm.train({**GROWING, **loss}, lightgbm.Dataset(rows, left, weight=weight), trees)
    # A split on whether a value is known has a threshold beyond single precision.
    with np.errstate(over="ignore"):
        return trees_of(grown.dump_model())


def fit_multiple(runs: Table) -> Multiple:
    """Return the model of total over takings so far."""
    line = fit_line(runs)
    rows, left, weight = [], [], []
    for kind in range(PATTERNS):
        for place in (n - MIN_DAYS for n in ANCHORS):
            known = hide(runs.rows[:, place], kind)
            straight, scatter = line.predict(known)
            rows.append(tree_rows(known, straight, scatter))
            left.append((runs.target[:, place] - straight) / scatter)
            weight.append(runs.weight * SHARES[kind])
    parts = (np.concatenate(rows), np.concatenate(left), np.concatenate(weight))
    trees = _grow(*parts, {"objective": "regression_l1"}, FINAL_TREES)
    return Multiple(line, trees)


def fit_ahead(shown: Days) -> Ahead:
    """Return the model of later days, with and without their theaters."""
    grown = []
    for planned, kinds in ((False, (0, 3)), (True, (1, 3))):
        rows = np.concatenate([conceal(shown.rows, kind, planned=planned) for kind in kinds])
        left = np.tile(shown.came - shown.line, len(kinds))
        weight = np.concatenate([shown.weight * SHARES[kind] for kind in kinds])
        grown.append(_grow(rows, left, weight, PATH_GROWING, PATH_TREES))
    return Ahead(*grown)


def learn(runs: Sequence[Release]) -> Weights:
    """Return the models of some runs, with the errors of models fitted to the earlier of them."""
    profile = fit_profile(runs)
    shown = table(runs, profile)
    errors, year = past_errors(shown, fit_multiple, ANCHORS)
    later = days(runs, profile)
    missed, when = path_errors(later, fit_ahead)
    return Weights(
        profile,
        fit_multiple(shown),
        spread_of(errors, year, ANCHORS),
        fit_ahead(later),
        spread_of(missed, when, STEPS),
    )


def train(data: Path, out: Path) -> None:
    """Learn from all settled runs and all Korean weeks, and write ``us.npz``, ``kr.npz`` and ``card.json``.

    Args:
        data: Folder that holds ``boxoffice/us_daily.parquet`` and ``boxoffice/kr_daily.parquet``.
        out: Folder to write into.
    """
    runs = [run for run in releases(data) if run.settled]
    models = learn(runs)
    seen = weeks(data)
    weekly = learn_weekly(seen)
    write_arrays(models.stored(), out / "us.npz")
    write_arrays(weekly.stored(), out / "kr.npz")
    card = describe(runs, models, seen, weekly)
    (out / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")


def write_arrays(arrays: Mapping[str, NDArray[np.generic]], path: Path) -> None:
    """Write arrays as ``.npz``: the same bytes for the same numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, np.asarray(array, order="C"))
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, held.getvalue(), zipfile.ZIP_DEFLATED, 9)
