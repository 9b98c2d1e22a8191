"""Several versions and several metrics at once, looked at fifty times."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from benchmarks._page import Page
from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate
from longtake.trial.multiplicity.adjust import (
    benjamini_hochberg,
    e_benjamini_hochberg,
    e_bonferroni,
    holm,
)
from longtake.trial.multiplicity.shrinkage import shrunken
from longtake.trial.sequential.mixture import log_planned

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ARMS, METRICS, LOOKS, ALPHA = 4, 4, 50, 0.05
REAL = 3


def run(data: Path, *, write: bool, quick: bool) -> None:
    del data
    runs = 60 if quick else 600
    rng = np.random.default_rng(12)
    found: dict[str, list[tuple[float, float, float]]] = {}
    off: dict[str, list[float]] = {"raw": [], "shrunken": [], "winner, raw": [], "winner, shrunken": []}
    for _ in range(runs):
        z, truth = _trial(rng)
        for method, flags in _looked(z).items():
            found.setdefault(method, []).append(_scored(flags, truth > 0))
        _shrunk(z[:, -1], truth, off)
    rows = []
    for method, each in found.items():
        share, any_, power = np.mean(each, axis=0)
        rows.append([method, f"{share:.3f}", f"{any_:.3f}", f"{power:.3f}", ""])
    for name, gaps in off.items():
        rows.append([f"effect: {name}", "", "", "", f"{math.sqrt(np.mean(np.square(gaps))):.3f}"])
    page = Page(
        name="trials-many",
        title={"en": "Many versions and metrics", "zh": "版本多、指标多"},
        intro={
            "en": f"{runs} trials of {ARMS} versions against one control on {METRICS} metrics, {LOOKS} "
            f"looks, alpha "
            f"{ALPHA:g}; {REAL} of {ARMS * METRICS} effects are real, each with 3.5 standard errors at the "
            f"end. A trial "
            "is read at the look at which most is found, the worst looking can do. *False share* is the "
            "mean share "
            "of false ones among those found (FDR), *any false* the chance of one or more (FWER), *power* "
            "the "
            "share of real ones found. RMSE is of effects in standard errors; the winner is the highest.",
            "zh": f"{runs} 次试验，{ARMS} 个版本对一个对照，{METRICS} 个指标，看 {LOOKS} 次，alpha 为 "
            f"{ALPHA:g}；"
            f"{ARMS * METRICS} 个效果里 {REAL} 个是真的，到最后各有 3.5 个标准误。"
            f"每次试验都在发现最多的那次查看下结论，"
            "这是边看边判最坏的情形。“误报占比”是发现里假的平均占比（FDR），"
            "“有误报”是至少一个假的机会（FWER），"
            "“功效”是真的里找到的占比。RMSE 以标准误计；胜者是最高的那个。",
        },
        header={
            "en": ("method", "false share", "any false", "power", "RMSE"),
            "zh": ("方法", "误报占比", "有误报", "功效", "RMSE"),
        },
        rows=rows,
    )
    page.show()
    if write:
        page.write()


def _trial(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return statistics, shape (comparisons, looks), and effects at the end in standard errors."""
    step = math.sqrt(1 / LOOKS)
    control, treated = rng.normal(0, step, (METRICS, LOOKS)), rng.normal(0, step, (ARMS, METRICS, LOOKS))
    truth = np.where(np.arange(ARMS * METRICS) < REAL, 3.5, 0.0)
    walk = np.cumsum((treated - control) / math.sqrt(2), axis=2).reshape(-1, LOOKS)
    seen = np.arange(1, LOOKS + 1) / LOOKS
    return (walk + truth[:, None] * seen) / np.sqrt(seen), truth


def _looked(z: Floats) -> dict[str, Flags]:
    """Return what each method finds at the look at which it finds most."""
    p = 2 * ndtr(-np.abs(z))
    seen = np.arange(1, LOOKS + 1) / LOOKS
    log_e = log_planned(z * np.sqrt(seen), np.broadcast_to(seen, z.shape))
    each = {
        "Holm on p-values of each look": [holm(p[:, t]) <= ALPHA for t in range(LOOKS)],
        "BH on p-values of each look": [benjamini_hochberg(p[:, t]) <= ALPHA for t in range(LOOKS)],
        "Longtake e-Bonferroni": [e_bonferroni(log_e[:, t], alpha=ALPHA) for t in range(LOOKS)],
        "Longtake e-BH": [e_benjamini_hochberg(log_e[:, t], alpha=ALPHA) for t in range(LOOKS)],
    }
    return {method: max(looks, key=lambda flags: int(flags.sum())) for method, looks in each.items()}


def _scored(flags: Flags, real: Flags) -> tuple[float, float, float]:
    false = int((flags & ~real).sum())
    return false / max(int(flags.sum()), 1), float(false > 0), float((flags & real).sum()) / REAL


def _shrunk(z: Floats, truth: Floats, off: dict[str, list[float]]) -> None:
    small = np.array(
        [
            e.value
            for e in shrunken(
                [Contrast(Estimate(v, v, v, 0.5, "s.e.", "z", 1), 1.0, 0.5) for v in z.tolist()]
            )
        ]
    )
    best = int(z.argmax())
    for name, guess in (("raw", z), ("shrunken", small)):
        off[name] += (guess - truth).tolist()
        off[f"winner, {name}"].append(float(guess[best] - truth[best]))
