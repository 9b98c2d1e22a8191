"""Plans: stages registered and judged on campaigns with known truth, beside the naive before and after.

longtake bench plans [--worlds 300] [--write]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
from scipy.stats import ttest_ind

from benchmarks._page import Page
from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.trial.plans.across_cities import judge_cities, register_cities
from longtake.trial.plans.before_after import judge, register
from longtake.trial.plans.stage import Stage
from longtake.trial.plans.world import FADING, LONG_TAIL, STEADY, Campaign, Heat, campaign, city_campaign

HEATS = {"steady": STEADY, "fading": FADING, "long tail": LONG_TAIL}
DAYS, JUDGED, START = 100, 14, 45
CITIES, TREATED, CITY_DAYS = 30, 4, 84
LIFTS = {"one series": 0.4, "cities": 0.1}

Row = tuple[bool, bool, float, bool]
"""Called improved, interval holds the truth, power printed, naively improved."""


def main(arguments: list[str] | None = None) -> None:
    """Run every row and print the table."""
    parser = argparse.ArgumentParser(description="Plans benchmark.")
    parser.add_argument("--worlds", type=int, default=300)
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/plans.md")
    options = parser.parse_args(arguments)
    rows = [*rows_of(options.worlds)]
    page = Page(
        name="plans",
        title={"en": "Stages of plans, judged", "zh": "计划各阶段的裁定"},
        intro={
            "en": f"{options.worlds} campaigns a row. One series: 100 days that fade at two speeds to a "
            f"floor, "
            "weekends, errors that carry over, counts scattered more than by chance; a stage of 14 days "
            "starts "
            "on day 45 or right after the worst 5 days against the 14 before them. Cities: 30, of which 4 "
            "get "
            "the stage for the last 14 of 84 days. Called improved: the 90 % interval lies above zero. With "
            "nothing put in (A/A) that may happen in .05; with 40 % (one series) or 10 % (cities) put in, it "
            "should happen as often as the power printed before the start said. Coverage: of the true "
            "change. "
            "Naive: mean of the 14 days after against the 14 before, t test at .05, called improved when "
            "higher; for cities the same of the treated cities. Unanswered: refused for lack of placebo "
            "starts.",
            "zh": f"每行 {options.worlds} 个模拟战役。单一序列：100 天，快慢两种速度衰减到底部，有周末、"
            f"有延续的误差、"
            "计数比随机更分散；为期 14 天的阶段从第 45 天开始，或紧接在“相对此前 14 天最差的 5 天”之后。"
            "城市：30 个，其中 4 个在 84 天的最后 14 天执行。判为改善：90% 区间在零以上。"
            "什么都不加（A/A）时这一比例应不超过 .05；加上 40%（单一序列）或 10%（城市）时，"
            "应与开始前印出的功效一致。覆盖率：区间含真实变化的比例。"
            "天真的前后对比：后 14 天与前 14 天均值作 t 检验（.05），更高便算改善；城市则看处理城市。"
            "未作答：安慰剂起点太少而拒绝。",
        },
        header={
            "en": (
                "campaign",
                "start",
                "change",
                "improved",
                "power printed",
                "coverage",
                "naive improved",
                "unanswered",
            ),
            "zh": ("战役", "起点", "变化", "判为改善", "印出的功效", "覆盖率", "天真法改善", "未作答"),
        },
        rows=rows,
    )
    page.show()
    if options.write:
        page.write()


def rows_of(worlds: int) -> Iterator[list[str]]:
    """Yield one row a kind of campaign, start and change, then the mean over all kinds."""
    sums: dict[str, list[Row]] = {"A/A": [], "lift": []}
    for start in (START, None):
        for name, heat in HEATS.items():
            for lift in (0.0, LIFTS["one series"]):
                got = [one_series(seed, heat, start, lift) for seed in range(worlds)]
                sums["lift" if lift else "A/A"] += [one for one in got if one]
                yield cells(name, "day 45" if start else "after the slump", lift, got)
    for key, lift in (("A/A", 0.0), ("lift", LIFTS["one series"])):
        yield cells("all of them", "both", lift, list(sums[key]))
    for name, heat in HEATS.items():
        for lift in (0.0, LIFTS["cities"]):
            yield cells(
                f"cities, {name}", "day 70", lift, [cities(seed, heat, lift) for seed in range(worlds)]
            )


def cells(name: str, start: str, lift: float, got: list[Row | None]) -> list[str]:
    """Return the cells of one row."""
    told = np.array([one for one in got if one], dtype=float)
    if not told.size:
        return [name, start, f"{lift:.0%}", "–", "–", "–", "–", f"{len(got)}"]
    improved, held, power, naive = told.mean(axis=0)
    return [
        name,
        start,
        f"{lift:.0%}" if lift else "A/A",
        f"{improved:.3f}",
        f"{power:.3f}" if lift else "–",
        f"{held:.3f}",
        f"{naive:.3f}",
        str(sum(one is None for one in got)),
    ]


def one_series(seed: int, heat: Heat, start: int | None, lift: float) -> Row | None:
    """Return how one stage on one series was judged; None where it was refused."""
    rng = np.random.default_rng([seed, 17])
    made: Campaign = campaign(rng, heat, days=DAYS, judged=JUDGED, lift=lift, start=start)
    stage = Stage("repair", "comments", JUDGED, LIFTS["one series"])
    try:
        one = register(
            stage, made.counts[: made.start], rule=None if start else made.rule, length=DAYS, seed=seed
        )
    except NotEnoughDataError:
        return None
    after = made.counts[made.start : made.start + JUDGED]
    told, found = judge(one, after)
    return (
        told.outcome == "improved",
        found.effect.low <= lift <= found.effect.high,
        one.registered.power,
        naively_improved(made.counts[made.start - JUDGED : made.start], after),
    )


def cities(seed: int, heat: Heat, lift: float) -> Row | None:
    """Return how one stage over cities was judged; None where it was refused."""
    rng = np.random.default_rng([seed, 19])
    table = city_campaign(rng, heat, cities=CITIES, days=CITY_DAYS, judged=JUDGED, lift=lift, treated=TREATED)
    names = [f"city {one:02d}" for one in range(CITIES)]
    stage = Stage("screenings", "admissions", JUDGED, LIFTS["cities"], evidence="geo-randomised")
    split = CITY_DAYS - JUDGED
    one = register_cities(stage, table[:, :split], names=names, cities=names[:TREATED])
    told, found = judge_cities(one, table)
    if not isinstance(found.lift, Estimate):
        return None
    mean = table[:TREATED].mean(axis=0)
    return (
        told.outcome == "improved",
        found.lift.low <= lift <= found.lift.high,
        one.registered.power,
        naively_improved(mean[split - JUDGED : split], mean[split:]),
    )


def naively_improved(before: np.ndarray, after: np.ndarray) -> bool:
    """Return whether a t test calls the days after higher than the days before."""
    found = ttest_ind(after, before)
    return bool(found.pvalue < 0.05 and found.statistic > 0)


if __name__ == "__main__":
    main()
