"""Next week's admissions in Korea, films left out, with and without the showings planned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks._page import Page
from longtake.heat.boxoffice.admissions import ELASTICITY
from longtake.heat.boxoffice.spread import GRID
from longtake.services.training.takings.weekly import FOLDS, KINDS, Weeks, known, left_out

Floats = NDArray[np.float64]
NAMES = (
    "ours, tickets alone",
    "ours, holidays known",
    "ours, showings planned",
    "ours, showings planned and holidays known",
)


def page(seen: Weeks, *, quick: bool) -> Page:
    """Return the table."""
    constant, supply = np.empty(seen.came.size), seen.rows[:, ELASTICITY]
    for fold in range(FOLDS):
        out = seen.fold == fold
        constant[out] = np.median(seen.came[~out])
    ours = left_out(seen)
    rows = [
        ["median ratio", *_score(seen, constant), "–"],
        ["in step with showings planned", *_score(seen, supply), "–"],
    ]
    for kind, name in ((0, "LightGBM, tickets alone"), (3, "LightGBM, everything known")):
        if not quick:
            rows.append([name, *_score(seen, _lightgbm(seen, kind)), "–"])
    rows += [
        [NAMES[kind], *_score(seen, ours[kind]), f"{_coverage(seen, ours[kind]):.3f}"]
        for kind in range(KINDS)
    ]
    return Page(
        name="heat-boxoffice-week",
        title={"en": "Next week's admissions", "zh": "下周人次"},
        intro={
            "en": f"Korea, January to August 2024: {seen.came.size} times fourteen days in a row of "
            f"{seen.films} films; the sum of the last seven days forecast from those before. Ten folds "
            "of films: no film is forecast by a model that saw it, and the interval is that of the "
            "other films. Showings are those that took place, taken as planned. The elasticity to "
            "showings describes; it is not what a showing causes.",
            "zh": f"韩国 2024 年 1 至 8 月：{seen.films} 部影片、{seen.came.size} 段连续十四天；"
            "用前面的日子预测后七天之和。按影片分十折：预测某片的模型没见过它，区间也来自其他影片。"
            "场次取实际排映，当作计划。对场次的弹性只是描述，不是多排一场带来的效果。",
        },
        header={
            "en": ("model", "median APE %", "RMSE of logarithm", "coverage 80 %"),
            "zh": ("模型", "APE 中位数 %", "对数 RMSE", "80% 覆盖率"),
        },
        rows=rows,
    )


def _score(seen: Weeks, guess: Floats) -> list[str]:
    off = guess - seen.came
    return [f"{100 * np.median(np.abs(np.exp(off) - 1)):.1f}", f"{np.sqrt(np.mean(off**2)):.3f}"]


def _coverage(seen: Weeks, guess: Floats) -> float:
    """Return how often the interval of the other films' errors holds a film's own."""
    error, inside = seen.came - guess, []
    for fold in range(FOLDS):
        out = seen.fold == fold
        low, high = np.interp([0.1, 0.9], GRID, np.quantile(error[~out], GRID))
        inside.append((error[out] >= low) & (error[out] <= high))
    return float(np.concatenate(inside).mean())


def _lightgbm(seen: Weeks, kind: int) -> Floats:
    import lightgbm

    settings = {"num_leaves": 8, "learning_rate": 0.04, "min_child_samples": 30, "verbose": -1}
    settings |= {"objective": "regression_l1", "num_threads": 1, "seed": 0, "deterministic": True}
    settings |= {"force_row_wise": True}
    rows, made = known(seen.rows, kind), np.empty(seen.came.size)
    for fold in range(FOLDS):
        out = seen.fold == fold
        grown = lightgbm.train(settings, lightgbm.Dataset(rows[~out], seen.came[~out]), 200)
        made[out] = grown.predict(rows[out])
    return made
