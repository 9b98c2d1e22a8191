"""The value of a policy from another one's log, against what that policy then earned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks._page import Page
from longtake.domain.estimate import Estimate, Quantity
from longtake.trial.offpolicy.log import Log
from longtake.trial.offpolicy.value import doubly_robust, self_weighted, weighted

Floats = NDArray[np.float64]

FOLDS = 5


def run(data: Path, *, write: bool, quick: bool) -> None:
    from tests.trial.zozo_policy import PRIOR, shown_with

    del quick
    rows: list[list[str]] = []
    for campaign in PRIOR:
        file = data / "experiments" / "open_bandit" / "{}" / campaign / f"{campaign}.csv"
        random, used = (Path(str(file).format(policy)) for policy in ("random", "bts"))
        if not random.exists():
            print(f"Campaign {campaign} is left out: {random} is not there.")
            continue
        rows += _campaign(campaign, random, used, shown_with(campaign))
    page = Page(
        name="trials-offpolicy",
        title={"en": "Policies that were not used", "zh": "没用过的策略"},
        intro={
            "en": "The production policy of the Open Bandit Data (Saito et al. 2020), valued from 10,000 "
            "rows of the random "
            "one, beside what it earned in 10,000 rows of its own. *Holds*: whether the 95 % interval "
            "holds that. "
            "*Effective* are rows that even weights would need for the same precision; below 200, or below "
            "30 "
            "clicks, there is no answer. The plain interval is the mean with 1.96 standard errors; ours "
            "leans to the "
            "side of rare heavy clicks (Hall 1992). The model of the doubly robust value is each item's "
            "own click "
            "rate in the other four fifths, drawn to the mean.",
            "zh": "用 Open Bandit Data（Saito 等，2020）随机策略的 10,000 行记录，估正式策略的价值，"
            "旁边是它自己的 10,000 行里实际的点击率。"
            "“含真值”：95% 区间是否含它。“有效行数”是同样精度下均匀权重要的行数；不足 200 行，或不足 30 "
            "次点击，就不作答。"
            "普通区间是均值加减 1.96 个标准误；我们的区间向少数大权重点击那一侧倾斜（Hall 1992）。"
            "双重稳健的模型是每件商品在其余五分之四里的点击率，向总均值收缩。",
        },
        header={
            "en": (
                "campaign",
                "estimator",
                "value",
                "95 % interval",
                "earned",
                "holds",
                "effective",
                "clicks",
            ),
            "zh": ("活动", "估计", "价值", "95% 区间", "实际", "含真值", "有效行数", "点击"),
        },
        rows=rows,
    )
    page.show()
    if write:
        page.write()


def _read(path: Path) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats]:
    import pyarrow.csv as pc

    table = pc.read_csv(path)
    whole = [table[name].to_numpy() for name in ("item_id", "position", "click", "propensity_score")]
    return whole[0], whole[1] - 1, whole[2].astype(float), whole[3]


def _campaign(name: str, random: Path, used: Path, chance: Floats) -> list[list[str]]:
    item, position, click, logged = _read(random)
    earned = float(_read(used)[2].mean())
    log = Log.of(click, logged, chance[item, position])
    shown, wanted = _model(item, position, click, chance)
    parts = log.weights * log.rewards
    half = 1.96 * float(parts.std(ddof=1)) / np.sqrt(parts.size)
    mean = float(parts.mean())
    plain = Estimate(mean, mean - half, mean + half, 0.95, "clicks per row", "plain", parts.size)
    found: tuple[tuple[str, Quantity], ...] = (
        ("IPW, plain interval", plain),
        ("Longtake IPW", weighted(log)),
        ("Longtake self-normalised", self_weighted(log)),
        ("Longtake doubly robust", doubly_robust(log, expected_shown=shown, expected_wanted=wanted)),
    )
    rows = []
    for label, q in found:
        if isinstance(q, Estimate):
            cells = [
                f"{q.value:.5f}",
                f"{q.low:.5f} to {q.high:.5f}",
                f"{earned:.4f}",
                "yes" if q.low <= earned <= q.high else "no",
            ]
        else:
            cells = ["-", q.reason, f"{earned:.4f}", "-"]
        rows.append([name, label, *cells, f"{log.effective:.0f}", f"{log.clicks}"])
    return rows


def _model(
    item: NDArray[np.int64], position: NDArray[np.int64], click: Floats, chance: Floats
) -> tuple[Floats, Floats]:
    """Return modelled rewards of what was shown and of what would be, from the folds a row is not in."""
    fold = np.arange(item.size) % FOLDS
    shown, wanted = np.empty(item.size), np.empty(item.size)
    for one in range(FOLDS):
        fit, test = fold != one, fold == one
        base = click[fit].mean()
        n = np.bincount(item[fit], minlength=len(chance))
        rate = (np.bincount(item[fit], weights=click[fit], minlength=len(chance)) + 500 * base) / (n + 500)
        shown[test] = rate[item[test]]
        wanted[test] = (rate @ chance)[position[test]]
    return shown, wanted
