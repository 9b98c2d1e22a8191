"""Our evaluation of grown trees against the library that grew them."""

import numpy as np
import pytest

from longtake.heat.trees import Trees
from longtake.services.training.boosting import trees_of


@pytest.mark.parametrize("unknown", [0.0, 0.2])
def test_trees_say_what_lightgbm_says(unknown: float) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(1500, 5)).astype(np.float32).astype(float)
    target = rows[:, 0] * 2 + np.sin(rows[:, 1] * 3) + rng.normal(0, 0.1, 1500)
    rows[rng.random(rows.shape) < unknown] = np.nan
    settings = {"objective": "l1", "num_leaves": 15, "verbose": -1, "num_threads": 1, "seed": 1}
    booster = lightgbm.train(settings, lightgbm.Dataset(rows, target), num_boost_round=40)
    grown = trees_of(booster.dump_model())
    assert grown.predict(rows) == pytest.approx(booster.predict(rows), abs=1e-5)
    again = Trees.read(grown.stored("m"), "m")
    assert again.predict(rows).tobytes() == grown.predict(rows).tobytes()


def test_a_split_we_cannot_evaluate_is_refused() -> None:
    leaf = {"leaf_value": 0.0}
    split = {"split_feature": 0, "decision_type": "==", "missing_type": "None", "threshold": "1||2"}
    tree = {"tree_structure": {**split, "default_left": True, "left_child": leaf, "right_child": leaf}}
    with pytest.raises(ValueError, match="=="):
        trees_of({"tree_info": [tree]})


def test_trees_whose_parts_differ_are_refused() -> None:
    parts = {name: np.zeros((1, 1)) for name in ("feature", "threshold", "left", "right")}
    with pytest.raises(ValueError, match="shapes"):
        Trees.of({**parts, "value": np.zeros((1, 2))}, depth=0)
