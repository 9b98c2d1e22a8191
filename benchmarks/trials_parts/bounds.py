"""Group-sequential bounds beside spotify-confidence's: how far apart, and how long they take."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from benchmarks._page import Page
from benchmarks.trials_parts import peers
from longtake.trial.sequential import boundaries as module
from longtake.trial.sequential.boundaries import Boundaries, boundaries, drift_power
from longtake.trial.sequential.spending import power_family

ALPHA, DRIFT = 0.05, 2.8015852


def run(data: Path, *, write: bool, quick: bool) -> None:
    del data
    rows = []
    for looks in (5, 20) if quick else (5, 20, 50, 200):
        at = np.arange(1, looks + 1) / looks
        begin = time.perf_counter()
        ours = boundaries(at, power_family(at, alpha=ALPHA))
        took = time.perf_counter() - begin
        theirs = peers.spotify(at, ALPHA)
        if isinstance(theirs, str):
            print(theirs)
        power = f"{drift_power(at, ours, drift=DRIFT)[-1]:.3f}"
        gap = "-" if isinstance(theirs, str) else f"{np.abs(theirs - ours.z).max():.1e}"
        finer = f"{np.abs(_finer(at).z - ours.z).max():.0e}"
        rows.append([f"{looks}", gap, finer, power, f"{took:.2f}"])
    page = Page(
        name="trials-bounds",
        title={"en": "Group-sequential bounds", "zh": "成组序贯的界"},
        intro={
            "en": "Bounds that spend alpha t² of .05 over evenly spaced looks. *Gap* is the largest "
            "difference "
            "from spotify-confidence, which runs in an environment of its own; *finer* is the largest "
            "difference "
            "from our own bounds on a grid twice as fine, so that a gap above it is not ours; *power* is "
            "for an "
            "effect with .8 at a single look.",
            "zh": "在间隔均匀的各次查看上按 alpha t² 花掉 .05 的界。“相差”是与 "
            "spotify-confidence（在单独的环境里跑）的最大差；"
            "“加密”是与我们自己在加密一倍的网格上的最大差；“功效”是只看一次时功效 .8 的效果。",
        },
        header={
            "en": ("looks", "gap", "finer", "power", "seconds"),
            "zh": ("查看次数", "相差", "加密", "功效", "秒"),
        },
        rows=rows,
    )
    page.show()
    if write:
        page.write()


def _finer(at: np.ndarray) -> Boundaries:
    """Return our bounds on a grid twice as fine."""
    usual = module.STEPS_A_SPREAD
    module.STEPS_A_SPREAD = 2 * usual
    try:
        return boundaries(at, power_family(at, alpha=ALPHA))
    finally:
        module.STEPS_A_SPREAD = usual
