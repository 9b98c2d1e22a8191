"""Broken splits: how often one is seen where there is none, and how soon where there is one."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from benchmarks._page import Page
from longtake.trial.balance.periods import period_evidence
from longtake.trial.balance.ratio import ratio_evidence

LOOKS, UNITS = 100, 20_000


def run(data: Path, *, write: bool, quick: bool) -> None:
    del data
    runs = 500 if quick else 4000
    rng = np.random.default_rng(47)
    rows: list[list[str]] = []
    step = UNITS // LOOKS
    for split in (0.5, 0.47, 0.49):
        new = rng.binomial(step, split, (runs, LOOKS))
        first = np.cumsum(new, axis=1)
        n = step * np.arange(1, LOOKS + 1)
        chi = chdtrc(1, (first - n / 2) ** 2 / (n / 4))
        against = ratio_evidence(np.stack((first, n - first), axis=2), [1, 1])
        name = f"{split:.0%} / {1 - split:.0%}"
        for alpha in (0.05, 0.001):
            rows.append(_row(name, f"chi-square at each look, {alpha:g}", chi < alpha, n))
            rows.append(_row(name, f"Longtake sequential, {alpha:g}", against >= math.log(1 / alpha), n))
    rows += _bandit(rng, runs // 4)
    page = Page(
        name="trials-srm",
        title={"en": "Seeing a broken split", "zh": "看出分流出错"},
        intro={
            "en": f"{runs} trials a row ({runs // 4} under a bandit), looked at 100 times up to 20,000 "
            f"units. *Alarm* is the "
            "share of trials with any alarm; *median n* is of those that raised one. Under a bandit the "
            "weights "
            "of three arms change every period; comparing totals with mean weights calls fair bandits "
            "broken, "
            "the logged weights do not. The broken bandit loses 6 % of the third arm's units.",
            "zh": f"每行 {runs} 次试验（老虎机部分 {runs // 4} 次），看 100 次，直到 20,000 人。"
            f"“报警”是任何一次报警的占比；"
            "“中位人数”只算报了警的。老虎机下三组的权重每期都在变：拿总数对平均权重，"
            "会把好好的老虎机判成坏的，"
            "用每期记下的权重则不会。坏的那个丢掉了第三组 6% 的人。",
        },
        header={
            "en": ("split", "method", "alarm", "median n"),
            "zh": ("分流", "方法", "报警", "中位人数"),
        },
        rows=rows,
    )
    page.show()
    if write:
        page.write()


def _bandit(rng: np.random.Generator, runs: int) -> list[list[str]]:
    step = UNITS // LOOKS
    n = step * np.arange(1, LOOKS + 1)
    drift = np.cumsum(rng.normal(0, 0.15, (runs, LOOKS, 3)), axis=1)
    weights = 0.05 + 0.85 * np.exp(drift) / np.exp(drift).sum(axis=2, keepdims=True)
    # A day that is busy while a bandit leans one way is what makes mean weights wrong.
    size = np.broadcast_to(np.where(np.arange(LOOKS) % 2, 40, 2 * step - 40), (runs, LOOKS))
    rows = []
    for name, lost in (("bandit, fair", 0.0), ("bandit, third arm loses 6 %", 0.06)):
        counts = rng.multinomial(size, weights)
        counts[..., 2] = rng.binomial(counts[..., 2], 1 - lost)
        total = np.cumsum(counts, axis=1)
        mean = np.cumsum(weights, axis=1) / np.arange(1, LOOKS + 1)[:, None]
        expected = total.sum(axis=2, keepdims=True) * mean
        chi = chdtrc(2, ((total - expected) ** 2 / expected).sum(axis=2))
        rows.append(_row(name, "chi-square against mean weights, 0.001", chi < 0.001, n))
        against = period_evidence(counts, weights)
        rows.append(_row(name, "Longtake logged weights, 0.001", against >= math.log(1000), n))
    return rows


def _row(name: str, method: str, alarm: NDArray[np.bool_], n: NDArray[np.int64]) -> list[str]:
    any_ = alarm.any(axis=1)
    at = n[alarm.argmax(axis=1)][any_]
    return [name, method, f"{any_.mean():.4f}", f"{np.median(at):.0f}" if at.size else "-"]
