"""Hot search: who stays on the list and how hot, beside simple rules and LightGBM; half-lives of the falls.

Learned on the hours before July 2025, measured on those after: topics at their third hour in a row, which the
list did not hold the hour before the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks._page import Page
from benchmarks.heat_halflife import alike, least_squares, quartiles, titles, triple
from longtake.heat.decay.halflife import LIST_ALIKE
from longtake.heat.toplist.features import ahead, now
from longtake.heat.toplist.survival import HORIZONS, predict
from longtake.services.training import hotlist, toplist
from longtake.services.training.hotlist import HotList, Origins

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DAY = 24
EVERY = 5
HEADER = {
    "en": ("ahead", "topics", "method", "n", "listed", "AUC", "Brier", "MAE log heat", "80 % held"),
    "zh": ("提前", "话题", "方法", "n", "在榜率", "AUC", "Brier", "log 热度 MAE", "80% 区间命中"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a method says at one horizon; None where it says nothing of the kind.

    Attributes:
        score: Higher for topics more likely to stay.
        chance: Probability that they do.
        change: Change of the log score of those that do.
        held: Whether the interval holds the change.
    """

    score: Floats | None = None
    chance: Floats | None = None
    change: Floats | None = None
    held: Bools | None = None


def run(data: Path, *, write: bool, quick: bool) -> None:
    """Print both tables."""
    if not (data / "heat" / hotlist.ARCHIVE).exists():
        print(f"Hot search is left out: heat/{hotlist.ARCHIVE} is not under {data}.")
        return
    listed = hotlist.read(data)
    found = hotlist.origins(listed)
    cut = listed.since(*toplist.SPLIT)
    if quick:
        found = within(found, cut - 75 * DAY, cut + 14 * DAY)
    survived(listed, found, cut, write=write and not quick, quick=quick)
    halved(data / "heat" / hotlist.ARCHIVE, write=write and not quick, every=400 if quick else EVERY)


def within(found: Origins, start: int, stop: int) -> Origins:
    """Return the origins of some hours."""
    which = np.flatnonzero((found.hour >= start) & (found.hour < stop))
    return Origins(
        toplist.pick(found.points, which),
        found.hour[which],
        found.first[which],
        found.listed[:, which],
        found.looked[:, which],
        found.change[:, which],
    )


def survived(listed: HotList, found: Origins, cut: int, *, write: bool, quick: bool) -> None:
    """Print who stays, and how hot."""
    test = np.flatnonzero(found.first & (found.hour >= cut))
    train = np.flatnonzero(found.first & (found.hour < cut - max(HORIZONS)))
    rows = []
    trees = 20 if quick else toplist.TREES
    methods = {horizon: peers(found, train, test, horizon, trees=trees) for horizon in HORIZONS}
    own = toplist.learn(listed, found, until=cut, trees=trees)
    points = toplist.pick(found.points, test)
    unknown = np.full_like(points.rank, np.nan)
    bare = replace(
        points, rank=unknown, reads=unknown, discussions=unknown, posts=unknown, kind=points.kind * 0 - 1
    )
    for name, given in (("Longtake", points), ("Longtake, scores and hour alone", bare)):
        said = predict(own, given)
        level = np.log(given.hot[:, -1])
        for column, horizon in enumerate(HORIZONS):
            truth = found.change[horizon - 1][test]
            low, high = said.low[:, column] - level, said.high[:, column] - level
            chance = said.probability[:, column]
            methods[horizon][name] = Answer(
                chance, chance, said.log_heat[:, column] - level, (low <= truth) & (truth <= high)
            )
    every, film = ("all", np.ones(test.size, bool)), ("film", points.kind == 0)
    shown = ("film, entertainment", np.isin(points.kind, (0, 1)))
    rows = [
        line(found, test, horizon, topics=topics, said=said)
        for horizon in HORIZONS
        for topics in (every, shown)
        for said in methods[horizon].items()
    ]
    for horizon in HORIZONS:
        rows += [line(found, test, horizon, topics=film, said=said) for said in methods[horizon].items()]
    page = Page(
        name="heat-hotsearch",
        title={"en": "Hot search: who stays, and how hot", "zh": "热搜：谁留在榜上，有多热"},
        intro={
            "en": "Hourly archive of Weibo's list, May 2024 to December 2025; paid places and empty scores "
            "set aside. Topics at their third hour in a row, not listed the hour before the first; learned "
            "on the hours before 1 July 2025, measured on those after. *Listed*: on the list so many hours "
            "later, where the archive holds that hour (19 % of hours are missing; 08:00 always is). "
            "MAE: of the "
            "natural logarithm of the score of those still listed. *Climatology*: how often topics of the "
            "training hours stayed, by hour of day. *Margin*: score over the list's lowest. *LightGBM*: the "
            "library, one model a horizon on the same features of such third hours, 300 trees of 31 leaves. "
            "*Longtake*: one forest of 300 trees of 31 leaves for all horizons, grown on all hours of "
            "topics and with some of what it is told hidden at random. *Scores and hour alone*: the same, "
            "not told ranks, totals or kind. Films alone are few; their MAE is uncertain by some .05.",
            "zh": "微博热搜逐小时存档，2024 年 5 月至 2025 年 12 月；广告位与零热度不计。"
            "取话题连续在榜的第三个小时（首个小时之前一小时不在榜）；以 2025 年 7 月 1 日前学习，以其后测量。"
            "“在榜率”：若干小时后仍在榜，仅计存档有该小时者（缺 19% 的小时，08:00 从来没有）。"
            "MAE：仍在榜者热度自然对数的平均绝对误差。“Climatology”：训练期同一钟点的留榜比例。"
            "“Margin”：热度与榜单最低值之比。“LightGBM”：该库本身，每个提前量一个模型，特征相同，"
            "只用此类第三小时，300 棵、每棵 31 叶。“Longtake”：所有提前量共用一个 300 棵、31 叶的森林，"
            "用话题的所有小时学习，并随机隐去部分已知。“scores and hour alone”：不告知名次、累计量与类别。"
            "只看电影则样本很少，其 MAE 约有 .05 的不确定。",
        },
        header=HEADER,
        rows=rows,
    )
    page.show()
    if write:
        page.write()


def peers(
    found: Origins, train: NDArray[np.intp], test: NDArray[np.intp], horizon: int, *, trees: int
) -> dict[str, Answer]:
    """Return the answers of the simple rules and of LightGBM."""
    import lightgbm

    place = horizon - 1
    fit = train[found.looked[place][train]]
    stayed = fit[found.listed[place][fit]]
    base = float(found.listed[place][fit].mean())
    hour = found.points.hour
    total = np.bincount(hour[fit], found.listed[place][fit], minlength=24)
    often = (total + base) / (np.bincount(hour[fit], minlength=24) + 1.0)
    drift = float(np.median(found.change[place][stayed]))
    usual = np.zeros(24)

    def table(which: NDArray[np.intp]) -> Floats:
        given = toplist.pick(found.points, which)
        return ahead(now(given), given.hour, usual, horizon)

    common: dict[str, Any] = {
        "num_leaves": 31,
        "learning_rate": 0.05,
        "min_data_in_leaf": 100,
        "num_threads": 1,
        "verbose": -1,
        "seed": 1,
        "deterministic": True,
        "force_row_wise": True,
    }
    stays = lightgbm.train(
        common | {"objective": "binary"}, lightgbm.Dataset(table(fit), found.listed[place][fit] * 1.0), trees
    )
    change = lightgbm.train(
        common | {"objective": "l1"}, lightgbm.Dataset(table(stayed), found.change[place][stayed]), trees
    )
    rows = table(test)
    chance = np.asarray(stays.predict(rows))
    margin = np.log(found.points.hot[test, -1] / found.points.threshold[test, -1])
    n = test.size
    return {
        "base rate; persistence": Answer(np.zeros(n), np.full(n, base), np.zeros(n)),
        "climatology; median drift": Answer(often[hour[test]], often[hour[test]], np.full(n, drift)),
        "margin": Answer(score=margin),
        "LightGBM": Answer(chance, chance, np.asarray(change.predict(rows))),
    }


def line(
    found: Origins,
    test: NDArray[np.intp],
    horizon: int,
    *,
    topics: tuple[str, Bools],
    said: tuple[str, Answer],
) -> list[str]:
    """Return one row."""
    (kind, mask), (name, answer) = topics, said
    listed, looked = found.listed[horizon - 1][test], found.looked[horizon - 1][test] & mask
    truth, stayed = found.change[horizon - 1][test], listed & mask

    def cell(value: float | None) -> str:
        return "" if value is None else f"{value:.3f}"

    return [
        f"+{horizon} h",
        kind,
        name,
        f"{looked.sum():,}",
        f"{listed[looked].mean():.3f}",
        cell(None if answer.score is None else toplist.auc(answer.score[looked], listed[looked])),
        cell(None if answer.chance is None else float(np.mean((answer.chance - listed)[looked] ** 2))),
        cell(None if answer.change is None else float(np.abs(answer.change - truth)[stayed].mean())),
        cell(None if answer.held is None else float(answer.held[stayed].mean())),
    ]


def halved(path: Path, *, write: bool, every: int) -> None:
    """Print the half-lives of real falls, with and without the list's censoring."""
    page = Page(
        name="heat-hotsearch-halflife",
        title={
            "en": "Hot search: half-life with and without the list's threshold",
            "zh": "热搜：计与不计榜单门槛的半衰期",
        },
        intro={
            "en": f"One in {every} titles seen in at least six hourly lists within two weeks. OLS is a "
            "straight line through the logarithms of the listed hours from the highest on; Tobit takes "
            "hours off the list as below its lowest score. Medians and quartiles are over titles that "
            "all methods answer. "
            "There is no truth here: see the simulated topics on the page on half-life. A fall along the "
            "list's own daily cycle (its lowest score) is longer, since evenings fall into night.",
            "zh": f"两周内至少六个整点在榜的标题，每 {every} 个取一个。"
            "OLS 从最高点起对在榜各小时的对数拟合直线；Tobit 把不在榜的小时当作低于榜单最低值。"
            "中位数与四分位只计各法都作答的标题。"
            "此处没有真值：模拟话题见“半衰期”一页。"
            "除去榜单自身的昼夜（其最低值）后下降更慢，因为晚间本就落入深夜。",
        },
        header={
            "en": ("titles", "method", "answered", "median (quartiles), hours"),
            "zh": ("标题", "方法", "作答率", "中位数（四分位），小时"),
        },
        rows=[*half_lives(path, every)],
    )
    page.show()
    if write:
        page.write()


def half_lives(path: Path, every: int) -> Iterator[list[str]]:
    """Yield one row a method."""
    names = ("OLS", "Tobit", f"Tobit, alike={LIST_ALIKE}", "Tobit, list's daily cycle")
    found = []
    for series, cycle in titles(path, every):
        after = int(series.observed[int(np.nanargmax(series.values)) :].sum())
        found.append((after, (least_squares(series), triple(series), alike(series), triple(series, cycle))))
    for subset, least in (("seen six hours", 0), ("seen six hours from the peak on", 6)):
        some = [answers for after, answers in found if after >= least]
        both = [answers for answers in some if all(answers)]
        for column, name in enumerate(names):
            answered = sum(answers[column] is not None for answers in some) / max(1, len(some))
            value = np.array([answers[column][0] for answers in both if answers[column]])
            yield [f"{subset} (n={len(some)})", name, f"{answered:.2f}", quartiles(value)]
