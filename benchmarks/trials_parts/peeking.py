"""False alarms and power when one looks two hundred times."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from benchmarks._page import Page
from benchmarks.trials_parts import peers
from longtake.trial.sequential.boundaries import boundaries
from longtake.trial.sequential.mixture import log_mixture, log_planned, precision
from longtake.trial.sequential.spending import obrien_fleming
from longtake.trial.sequential.split import split_evidence, split_information

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

LOOKS, ALPHA, TUNING = 200, 0.05, 5000.0
SHARE, ARM = 0.05, 20_000
DRIFT = 2.8015852
PEER_RUNS = 200


def run(data: Path, *, write: bool, quick: bool) -> None:
    del data
    runs = 200 if quick else 1000
    rng = np.random.default_rng(2026)
    sizes = np.full(LOOKS, ARM // LOOKS)
    decay = 4.0 ** -np.linspace(0, 1, LOOKS)
    gain = DRIFT * math.sqrt(2 * SHARE * (1 - SHARE) / ARM)
    rare = np.concatenate(([20], np.diff(np.linspace(20, ARM, LOOKS).astype(int))))
    rows: list[list[str]] = []
    for name, n, base, lift in (
        ("null: 5 %, stable", sizes, np.full(LOOKS, SHARE), 0.0),
        ("null: rate falls fourfold", sizes, SHARE * decay, 0.0),
        ("null: rare (.5 %), from n = 20", rare, np.full(LOOKS, 0.005), 0.0),
        ("null: small, 20 %, from n = 5 by 5", np.full(LOOKS, 5), np.full(LOOKS, 0.2), 0.0),
        ("effect with 80 % fixed power", sizes, np.full(LOOKS, SHARE), gain),
        ("twice that effect", sizes, np.full(LOOKS, SHARE), 2 * gain),
        (
            "rare, effect with 80 % fixed power",
            rare,
            np.full(LOOKS, 0.005),
            DRIFT * math.sqrt(2 * 0.005 * 0.995 / ARM),
        ),
    ):
        x0 = rng.binomial(n, base, (runs, LOOKS))
        x1 = rng.binomial(n, base + lift, (runs, LOOKS))
        rows += shares(name, x0, x1, n, float(base.mean()))
    rows += means(rng, runs)
    page = _page(rows, runs)
    page.show()
    if write:
        page.write()


def shares(name: str, x0: Counts, x1: Counts, n: Counts, base: float) -> list[list[str]]:
    """Return one row a method."""
    c0, c1, units = np.cumsum(x0, axis=1), np.cumsum(x1, axis=1), np.cumsum(n)
    pooled = (c0 + c1) / (2 * units)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.nan_to_num((c1 - c0) / units / np.sqrt(pooled * (1 - pooled) * 2 / units))
        split_error = np.sqrt((c0 / units * (1 - c0 / units) + c1 / units * (1 - c1 / units)) / units)
        z_split = np.nan_to_num((c1 - c0) / units / split_error, posinf=0.0, neginf=0.0)
    out = []
    fixed = np.abs(z) >= 1.959964
    out.append(_row(name, "fixed, one look at the end", fixed[:, -1:], 1.0))
    out.append(_row(name, "fixed, looked at 200 times", fixed))
    begin = time.perf_counter()
    info = split_information(2 * float(units[-1]), share=base)
    wide = np.broadcast_to(n, x0.shape)
    log_e = split_evidence(x0, wide, x1, wide, information=info)
    took = time.perf_counter() - begin
    out.append(_row(name, "Longtake conversion split", log_e >= math.log(1 / ALPHA), took=took))
    seen = 2 * units
    sequence = log_mixture(
        z_split * np.sqrt(seen), np.broadcast_to(seen, z.shape), rho=precision(TUNING, ALPHA)
    )
    told = (sequence >= math.log(1 / ALPHA)) & (units >= 30)
    out.append(_row(name, "Longtake asymptotic sequence, tuning 5000", told))
    some = slice(0, PEER_RUNS)
    theirs = peers.gbstats(c0[some], c1[some], units)
    if isinstance(theirs, str):
        print(theirs)
    else:
        out.append(_row(name, f"gbstats sequential ({min(PEER_RUNS, len(x0))} runs)", theirs < ALPHA))
    at = units / units[-1]
    plan = boundaries(at, obrien_fleming(at, alpha=ALPHA))
    out.append(_row(name, "Longtake group sequential, O'Brien-Fleming", np.abs(z) >= plan.z))
    return out


def means(rng: np.random.Generator, runs: int) -> list[list[str]]:
    """Return rows for a skewed metric: log-normal spend with a deviation of 1.5 in logs."""
    name, size = "null: mean of skewed spend, from n = 100", ARM // LOOKS
    z = np.empty((runs, LOOKS))
    for r in range(runs):
        drawn = rng.lognormal(0.0, 1.5, (2, LOOKS, size))
        total, square = drawn.sum(axis=2).cumsum(axis=1), (drawn**2).sum(axis=2).cumsum(axis=1)
        n = size * np.arange(1, LOOKS + 1)
        spread = (square - total**2 / n) / (n - 1)
        z[r] = (total[1] - total[0]) / n / np.sqrt(spread.sum(axis=0) / n)
    seen = np.arange(1, LOOKS + 1) / LOOKS
    n = 2 * size * np.arange(1, LOOKS + 1)
    wanted = math.log(1 / ALPHA)
    return [
        _row(name, "fixed, looked at 200 times", 2 * ndtr(-np.abs(z)) < ALPHA),
        _row(
            name,
            "Longtake planned sequence",
            log_planned(z * np.sqrt(seen), np.broadcast_to(seen, z.shape)) >= wanted,
        ),
        _row(
            name,
            "Longtake asymptotic sequence, tuning 5000",
            log_mixture(z * np.sqrt(n), np.broadcast_to(n, z.shape), rho=precision(TUNING, ALPHA)) >= wanted,
        ),
    ]


def _row(
    name: str, method: str, stopped: NDArray[np.bool_], at: float | None = None, took: float = 0.0
) -> list[str]:
    found = stopped.any(axis=1)
    rate = float(found.mean())
    looks = np.where(found, stopped.argmax(axis=1) + 1, stopped.shape[1]) / stopped.shape[1]
    error = math.sqrt(max(rate * (1 - rate), 1e-9) / found.size)
    held = (
        ""
        if not name.startswith("null")
        else ("yes" if rate <= ALPHA + 2 * math.sqrt(ALPHA * 0.95 / found.size) else "no")
    )
    share = at if at is not None else float(looks.mean())
    return [name, method, f"{rate:.4f}", f"{error:.4f}", f"{share:.3f}", held, f"{took:.1f}" if took else ""]


def _page(rows: list[list[str]], runs: int) -> Page:
    return Page(
        name="trials-peeking",
        title={"en": "Looking two hundred times", "zh": "看两百次"},
        intro={
            "en": f"{runs} trials a row, 20,000 units an arm, 200 looks, alpha .05. *Found* is the share "
            f"in which "
            "any look called a difference: a false alarm where there is none. *Stop* is the mean share of "
            "the "
            "planned units at which one would have stopped. *Held*: no more than .05 and two simulation "
            "errors. "
            "gbstats runs in an environment of its own, since it pins old numpy and pandas, on the same "
            "data; "
            "confseq does not install on Python 3.11 (its wheel does not build). Read it so: fixed tests "
            "that are "
            "looked at find differences that are not there; the conversion split holds under a falling "
            "rate, rare "
            "conversions and any sample size because it is exact given where conversions fell, and its "
            "evidence is "
            "mixed around the planned effect, which the mixture around zero of the asymptotic sequence is "
            "not.",
            "zh": f"每行 {runs} 次试验，每组 20,000 人，看 200 次，alpha 为 .05。"
            f"“发现”是任何一次查看判为有差别的占比："
            "本无差别时就是误报。“停下”是平均看到计划人数的几成就会停。“守住”：不超过 .05 加两倍模拟误差。"
            "gbstats 锁定旧版 numpy 与 pandas，在单独的环境里跑同一批数据；confseq 在 Python 3.11 "
            "上装不上（编译失败）。"
            "读法：固定样本检验边看边判，会看出并不存在的差别；"
            "转化归组在转化率下滑、转化稀少、任何样本量下都守得住，"
            "因为给定转化落在哪里时它是精确的；它的证据以计划的效果为中心，渐近序列以零为中心，"
            "所以前者更早看出来。",
        },
        header={
            "en": ("data", "method", "found", "s.e.", "stop", "held", "seconds"),
            "zh": ("数据", "方法", "发现", "标准误", "停下", "守住", "秒"),
        },
        rows=rows,
    )
