"""Regret of bandits, steady and on a falling wave; intervals while the split follows what was seen."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from benchmarks._page import Page
from benchmarks.trials_parts.bandit_worlds import Policy, Runs, simulate
from longtake.trial.sequential.bernoulli import log_beta_binomial
from longtake.trial.sequential.mixture import mixture_bound, precision
from longtake.trial.sequential.split import split_evidence, split_information

Floats = NDArray[np.float64]

BATCHES, BATCH, LEVEL = 100, 1000, 0.95
STEADY, FALLING = np.ones(BATCHES), 4.0 ** -np.linspace(0, 1, BATCHES)
ONE_ARM_BETTER = np.array([0.05, 0.055, 0.06])
FIVE = np.array([0.012, 0.013, 0.014, 0.015, 0.016])
POLICIES = (
    Policy("uniform", "uniform"),
    Policy("greedy, floor 10 %", "pooled", "greedy", 0.1),
    Policy("pooled Thompson", "pooled"),
    Policy("Longtake, period-adjusted Thompson", "periods"),
    Policy("Longtake, period-adjusted top-two", "periods", "top_two"),
)


def run(data: Path, *, write: bool, quick: bool) -> None:
    runs = 60 if quick else 400
    rows: list[list[str]] = []
    kept: dict[str, Runs] = {}
    for name, rates, wave in (
        ("5 / 5.5 / 6 %, steady", ONE_ARM_BETTER, STEADY),
        ("1.2 to 1.6 %, five arms, steady", FIVE, STEADY),
        ("5 / 5.5 / 6 %, falls fourfold", ONE_ARM_BETTER, FALLING),
    ):
        for policy in POLICIES:
            begin = time.perf_counter()
            made = simulate(rates, wave, policy, runs=runs, batch=BATCH, seed=7)
            rows.append(_row(name, policy.name, made, time.perf_counter() - begin))
            if policy.name == "Longtake, period-adjusted Thompson":
                kept[name] = made
    rows += _zozo(data, 20 if quick else 100)
    page = Page(
        name="trials-bandit",
        title={"en": "Bandits", "zh": "多臂老虎机"},
        intro={
            "en": f"{runs} runs a row of 100 batches of 1,000. *Regret* is conversions lost to the best "
            f"arm over those an "
            "even split loses; *right* is the share of runs whose leader at the end is the best arm. On a "
            "falling "
            "wave pooled counts compare the batches in which an arm was favoured with those in which it "
            "was not; "
            "period-adjusted beliefs compare each batch with itself. An even split finds the best of five "
            "arms in "
            "the share shown, so no policy with that many units can be expected to do much better there.",
            "zh": f"每行 {runs} 次，每次 100 批、每批 1,000 人。“遗憾”是相对最好一组少掉的转化，"
            f"除以平均分流少掉的；"
            "“选对”是最后领先的确为最好一组的占比。热度往下掉时，把各批计数加在一起，"
            "等于拿某组受宠的那几批去比不受宠的那几批；"
            "按期校正则每批只和自己比。五组那一行，平均分流选对的比例就是这么高，"
            "同样人数下别的策略也难再高多少。",
        },
        header={
            "en": ("world", "policy", "regret", "s.e.", "right", "seconds"),
            "zh": ("情形", "策略", "遗憾", "标准误", "选对", "秒"),
        },
        rows=rows,
    )
    page.show()
    coverage = _coverage_page(kept, runs)
    coverage.show()
    if write:
        page.write()
        coverage.write()


def _row(name: str, policy: str, made: Runs, took: float) -> list[str]:
    error = float(made.regret.std(ddof=1)) / math.sqrt(made.regret.size)
    return [
        name,
        policy,
        f"{made.regret.mean():.3f}",
        f"{error:.3f}",
        f"{made.right.mean():.3f}",
        f"{took:.1f}",
    ]


def _zozo(data: Path, runs: int) -> list[list[str]]:
    """Return rows for arms with the click rates of the men's campaign under its random policy."""
    file = data / "experiments" / "open_bandit" / "random" / "men" / "men.csv"
    if not file.exists():
        print(f"Real arms are left out: {file} is not there.")
        return []
    import pyarrow.csv as pc

    table = pc.read_csv(file)
    item, click = table["item_id"].to_numpy(), table["click"].to_numpy().astype(float)
    rates = np.bincount(item, weights=click) / np.bincount(item)
    out = []
    for policy in (POLICIES[0], POLICIES[2], POLICIES[3]):
        begin = time.perf_counter()
        made = simulate(rates, STEADY, policy, runs=runs, batch=BATCH, seed=8, draws=200)
        out.append(
            _row(f"ZOZO men, 34 arms, steady ({runs} runs)", policy.name, made, time.perf_counter() - begin)
        )
    return out


def _coverage_page(kept: dict[str, Runs], runs: int) -> Page:
    rows = []
    for name, rates, wave in (
        ("5 / 5.5 / 6 %, steady", ONE_ARM_BETTER, STEADY),
        ("5 / 5.5 / 6 %, falls fourfold", ONE_ARM_BETTER, FALLING),
    ):
        made = kept[name]
        rows += _coverage(name, made, rates[None, :] * wave[:, None], steady=wave is STEADY)
    return Page(
        name="trials-coverage",
        title={"en": "Intervals under a bandit", "zh": "老虎机下的区间"},
        intro={
            "en": f"{runs} runs of period-adjusted Thompson sampling. *Always* is the share of runs in "
            f"which the 95 % interval "
            "held the truth at every one of 100 batches; *at the end* at the last alone. Odds are of the "
            "third arm "
            "over the first; the difference is of their rates, averaged over batches.",
            "zh": f"按期校正的汤普森采样 {runs} 次。“始终”是 100 批里每一批的 95% 区间都含真值的占比；"
            f"“最后”只看最后一批。"
            "优势比是第三组对第一组；差是两组转化率之差按批平均。",
        },
        header={
            "en": ("world", "interval", "always", "at the end"),
            "zh": ("情形", "区间", "始终", "最后"),
        },
        rows=rows,
    )


def _coverage(name: str, made: Runs, rate: Floats, *, steady: bool) -> list[list[str]]:
    """Return coverage of each interval; ``rate`` has shape (t, k)."""
    x, n = made.conversions, made.units
    rows = []
    if steady:
        c, u = np.cumsum(x, axis=1), np.cumsum(n, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            seen = np.where(u > 0, c / np.maximum(u, 1), 0.0)
            wald = np.abs(seen - rate) > ndtri(0.5 + LEVEL / 2) * np.sqrt(
                seen * (1 - seen) / np.maximum(u, 1)
            )
        rows.append(_held(name, "rate of the worst arm, Wald", wald[..., 0]))
        out = log_beta_binomial(c, u, rate[None], tight_at=5000.0) >= math.log(1 / (1 - LEVEL))
        rows.append(_held(name, "rate of the worst arm, Longtake sequence", out[..., 0]))
    pair = [0, 2]
    odds = rate / (1 - rate)
    true = float(np.log(odds[:, 2] / odds[:, 0]).mean())
    info = split_information(2 * BATCH * BATCHES / 3, share=float(rate[:, pair].mean()))
    whole = [one.astype(np.int64) for one in (x[..., 0], n[..., 0], x[..., 2], n[..., 2])]
    against = split_evidence(*whole, information=info, null=true) >= math.log(1 / (1 - LEVEL))
    rows.append(_held(name, "odds, Longtake conversion split", against))
    gap, spread, truth = _differences(x, n, rate)
    rho = precision(1.0, 1 - LEVEL) * spread[:, :1] * 20
    # mixture_bound takes one rho; runs differ in theirs, and the bound only knows the ratio.
    wide = mixture_bound(spread / rho, alpha=1 - LEVEL, rho=1.0) * np.sqrt(rho)
    rows.append(_held(name, "difference, Longtake batch differences", np.abs(gap - truth) > wide))
    c, u = np.cumsum(x[..., pair], axis=1), np.maximum(np.cumsum(n[..., pair], axis=1), 1)
    p = c / u
    error = np.sqrt((p * (1 - p) / u).sum(axis=2))
    size = np.cumsum(n.sum(axis=2), axis=1)
    pooled = np.abs(p[..., 1] - p[..., 0] - truth / size) > ndtri(0.5 + LEVEL / 2) * error
    rows.append(_held(name, "difference, Wald of pooled counts", pooled))
    return rows


def _differences(x: Floats, n: Floats, rate: Floats) -> tuple[Floats, Floats, Floats]:
    """Return running sums of batch differences, of their variances, and of the truth, each (r, t)."""
    a, b = 0, 2
    told = (n[..., a] >= 2) & (n[..., b] >= 2)
    size = np.where(told, n.sum(axis=2), 0.0)
    of = np.maximum(n, 1)
    smooth = (x + 1) / (of + 2)
    each = (smooth * (1 - smooth) / of)[..., [a, b]].sum(axis=2)
    gap = x[..., b] / of[..., b] - x[..., a] / of[..., a]
    truth = size * (rate[:, b] - rate[:, a])
    return np.cumsum(size * gap, axis=1), np.cumsum(size**2 * each, axis=1), np.cumsum(truth, axis=1)


def _held(name: str, interval: str, missed: NDArray[np.bool_]) -> list[str]:
    return [name, interval, f"{1 - missed.any(axis=1).mean():.3f}", f"{1 - missed[:, -1].mean():.3f}"]
