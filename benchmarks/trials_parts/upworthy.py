"""Headline tests of a news site: broken weeks, honest winners, and what a bandit would have earned."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import polygamma

from benchmarks._page import Page
from benchmarks.trials_parts.bandit_worlds import Policy, simulate
from longtake.trial.balance.ratio import ratio_evidence, ratio_p
from longtake.trial.bandit.prior import beta_prior
from longtake.trial.multiplicity.shrinkage import spread_of_effects

Floats = NDArray[np.float64]
Test = tuple[int, NDArray[np.int64], NDArray[np.int64]]

FILE = "experiments/upworthy.parquet"
BROKEN = range(201326, 201403)
BATCHES = 20
ALPHA = 0.001


def run(data: Path, *, write: bool, quick: bool) -> None:
    path = data / FILE
    if not path.exists():
        print(f"Upworthy is left out: {path} is not there.")
        return
    tests = read(path)[:: 10 if quick else 1]
    sound = [test for test in tests if not _alarm(test)[0] and test[0] not in BROKEN]
    rows = [*_splits(tests), *_winners(sound), *_bandits(sound)]
    page = Page(
        name="trials-upworthy",
        title={"en": "Upworthy's headline tests", "zh": "Upworthy 的标题测试"},
        intro={
            "en": f"{len(tests)} tests of the exploratory set (Matias et al. 2021). Its publishers found "
            f"in 2024 that "
            "randomisation was broken from 2013-06-25 to 2014-01-10 (weeks 201326 to 201402). *Alarm*: our "
            "check of "
            f"the split at {ALPHA:g} without being told. *Winners*: each test's units and clicks are split "
            f"in two "
            "at random; the first half names the best arm and estimates it, the second half is the truth; "
            "tests "
            "with an alarm and the broken weeks are left out. *Bandit*: arms with rates shrunken by a beta "
            "prior, "
            f"{BATCHES} batches of each test's own size, clicks lost to the best arm over those an even "
            f"split loses.",
            "zh": f"探索集里的 {len(tests)} 个测试（Matias 等，2021）。发布者 2024 年发现 2013-06-25 至 "
            f"2014-01-10"
            f"（第 201326 至 201402 周）的随机分流坏了。“报警”：不告诉它，我们在 {ALPHA:g} 上检查分流。"
            "“胜者”：把每个测试的曝光和点击随机分成两半，前一半选出最好的一组并给出估计，后一半当真值；"
            "报警的和分流坏掉的那些周不算。"
            f"“老虎机”：各组点击率按贝塔先验收缩后当真值，每个测试按自己的量分 {BATCHES} 批，"
            f"少掉的点击除以平均分流少掉的。",
        },
        header={
            "en": ("question", "of", "method", "figure", "n"),
            "zh": ("问题", "范围", "方法", "数值", "n"),
        },
        rows=rows,
    )
    page.show()
    if write:
        page.write()


def read(path: Path) -> list[Test]:
    """Return week, impressions and clicks of each test with two arms or more."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["clickability_test_id", "impressions", "clicks", "test_week"])
    code = table["clickability_test_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    order = np.argsort(code, kind="stable")
    n, x, week = (table[name].to_numpy()[order] for name in ("impressions", "clicks", "test_week"))
    edges = np.flatnonzero(np.diff(code[order], prepend=-1, append=-1))
    spans = [slice(a, b) for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True) if b - a > 1]
    return [(int(week[span][0]), n[span], x[span]) for span in spans]


def _alarm(test: Test) -> tuple[bool, bool]:
    """Return whether the sequential check and the chi-square raise an alarm."""
    even = np.ones(test[1].size)
    against = float(ratio_evidence(test[1], even))
    return against >= math.log(1 / ALPHA), ratio_p(test[1], even) < ALPHA


def _splits(tests: list[Test]) -> list[list[str]]:
    told = np.array([_alarm(test) for test in tests])
    inside = np.array([test[0] in BROKEN for test in tests])
    rows = []
    for label, some in (("broken weeks", inside), ("other weeks", ~inside)):
        for method, column in (("Longtake sequential", 0), ("chi-square", 1)):
            rows.append(["alarm", label, method, f"{told[some, column].mean():.3f}", f"{some.sum()}"])
    weeks = np.array([test[0] for test in tests])
    by_week = {int(w): float(told[weeks == w, 0].mean()) for w in np.unique(weeks) if (weeks == w).sum() >= 5}
    ranked = sorted(by_week, key=lambda w: -by_week[w])
    count = sum(w in BROKEN for w in by_week)
    found = sum(w in BROKEN for w in ranked[:count])
    rows.append(["weeks with most alarms that are broken ones", f"top {count} weeks", "Longtake sequential",
                 f"{found / max(count, 1):.3f}", f"{len(by_week)}"])  # fmt: skip
    return rows


def _winners(tests: list[Test]) -> list[list[str]]:
    """Return how far winners' gains over their test's mean are off, raw and shrunken."""
    rng = np.random.default_rng(9)
    gains, errors, places, truth = [], [], [], []
    for place, (_, n, x) in enumerate(tests):
        half = n // 2
        first = rng.hypergeometric(x, n - x, half)
        if not first.sum() or not (x - first).sum():
            continue
        p, q = first / half, (x - first) / (n - half)
        mean = first.sum() / half.sum()
        gains.append(p - mean)
        errors.append(np.sqrt(mean * (1 - mean) / half * (1 - half / half.sum())))
        places.append(np.full(n.size, place))
        truth.append(q - (x - first).sum() / (n - half).sum())
    raw, error = np.concatenate(gains), np.concatenate(errors)
    # Rates differ from test to test; effects are compared in their own standard errors' unit, relative gain.
    base = np.concatenate([np.full(g.size, e.mean()) for g, e in zip(gains, errors, strict=True)])
    about = spread_of_effects(raw / base, error / base, mean=0.0)
    kept = about.variance / (about.variance + (error / base) ** 2)
    small = raw * kept
    best = np.array([np.argmax(g) for g in gains])
    starts = np.cumsum([0, *[g.size for g in gains]])[:-1]
    at = starts + best
    real = np.concatenate(truth)[at]
    rows = []
    for method, guess in (("raw", raw[at]), ("Longtake shrunken", small[at])):
        rows.append(["winner: mean gain promised over kept", "sound weeks", method,
                     f"{guess.mean() / real.mean():.2f}", f"{len(at)}"])  # fmt: skip
        rows.append(["winner: RMSE of gain, points", "sound weeks", method,
                     f"{100 * math.sqrt(((guess - real) ** 2).mean()):.3f}", f"{len(at)}"])  # fmt: skip
    return rows


def _bandits(tests: list[Test]) -> list[list[str]]:
    """Return regret over uniform's, tests with the same number of arms run together."""
    some = [test for test in tests if 2 <= test[1].size <= 8]
    rates = [(x / n)[None, :] for _, n, x in some]
    prior = beta_prior(np.concatenate([x for _, _, x in some]), np.concatenate([n for _, n, _ in some]))
    # Rates are small: the log of one from a beta law has the trigamma of its conversions for variance.
    spread = math.sqrt(float(polygamma(1, prior.conversions)))
    strength = prior.conversions + prior.misses
    rates = [(r * n + prior.conversions) / (n + strength) for r, (_, n, _) in zip(rates, some, strict=True)]
    rows = []
    for policy in (
        Policy("pooled Thompson", "pooled"),
        Policy("pooled Thompson, prior from past tests", "pooled", prior=prior),
        Policy("Longtake, period-adjusted Thompson", "periods"),
        Policy("Longtake, period-adjusted, spread from past tests", "periods", usual=spread),
    ):
        lost = even = right = 0.0
        for k in sorted({r.shape[1] for r in rates}):
            group = [i for i, r in enumerate(rates) if r.shape[1] == k]
            arms = np.concatenate([rates[i] for i in group])
            batch = int(np.median([some[i][1].sum() for i in group])) // BATCHES
            made = simulate(arms, np.ones(BATCHES), policy, runs=len(group), batch=batch, seed=10)
            scale = (arms.max(axis=1) - arms.mean(axis=1)) * batch * BATCHES
            lost += float((made.regret * scale).sum())
            even += float(scale.sum())
            right += float(made.right.sum())
        rows.append(
            [
                "bandit: regret over uniform's",
                "sound weeks",
                policy.name,
                f"{lost / even:.3f}",
                f"{len(some)}",
            ]
        )
        rows.append(
            ["bandit: leader is best", "sound weeks", policy.name, f"{right / len(some):.3f}", f"{len(some)}"]
        )
    return rows
