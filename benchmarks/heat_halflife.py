"""Half-life: the fit that respects a list's censoring, beside least squares that ignores it.

    longtake bench heat_halflife [--worlds 400] [--every 10] [--write]

Simulated topics have a half-life that is known; list thresholds vary sevenfold by hour and 19 % of hours are
missing. With $LONGTAKE_DATA, one in `--every` titles of heat/weibo_hot_hourly.parquet is measured too.
"""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.stats import linregress, t

from benchmarks._page import Page
from longtake.domain.estimate import Estimate
from longtake.domain.timed.series import Series
from longtake.heat.decay.halflife import LIST_ALIKE, half_life
from longtake.heat.grids.grid import hourly
from longtake.simulate.fading import fading

Triple = tuple[float, float, float]
HALF_LIVES = (2.0, 6.0, 24.0, 72.0)
WORLDS: dict[str, dict[str, float]] = {
    "plain": {},
    "noisy (sd .5)": {"scatter": 0.5},
    "day and night (3x)": {"cycle": 3.0},
    "barely listed": {"height": 4.0},
    "neighbours alike (.6)": {"alike": 0.6},
}
ARCHIVE = "heat/weibo_hot_hourly.parquet"


def main(arguments: list[str] | None = None) -> None:
    """Run every row and print the table."""
    parser = argparse.ArgumentParser(description="Half-life benchmark.")
    parser.add_argument("--worlds", type=int, default=400)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/half-life.md")
    options = parser.parse_args(arguments)
    rows = [*simulated(options.worlds)]
    path = Path(os.environ.get("LONGTAKE_DATA", "")) / ARCHIVE
    if os.environ.get("LONGTAKE_DATA") and path.exists():
        rows += archived(path, options.every)
    else:
        print(f"Real titles are left out: {ARCHIVE} is not under $LONGTAKE_DATA.")
    page = Page(
        name="half-life",
        title={"en": "Half-life", "zh": "半衰期"},
        intro={
            "en": f"{options.worlds} simulated topics a row, then one in {options.every} real titles seen in "
            "at least six hourly lists within two weeks (ads and empty scores set aside; no truth, so no "
            "coverage). Tobit takes absence as a bound; OLS is a straight line through the listed hours from "
            "the highest on. Answered: share of topics with a number; the rest had too few hours or no sure "
            "fall. Coverage: how often the 90 % interval holds the truth. Bias: median over truth, less one. "
            "RMSE is of the natural logarithm. Residuals of neighbouring hours on the real list correlate by "
            ".5 to .6; a short fall cannot tell, so its interval is too narrow unless told (`alike`): "
            "see the rows *neighbours alike*.",
            "zh": f"每行 {options.worlds} 个模拟话题；其后是真实榜单，每 {options.every} 个标题取一个"
            "（两周内至少上榜六个整点，广告位与零热度不计；没有真值，故无覆盖率）。"
            "Tobit 把不在榜当作“低于门槛”；OLS 从最高点起对在榜各小时拟合直线。"
            "作答率：给出数字的话题占比，其余数据太少或并不确定在下降。"
            "覆盖率：90% 区间含真值的比例。偏差：中位数比真值减一。RMSE 为自然对数的均方根误差。"
            "真实榜单相邻小时的残差相关约 .5 到 .6；短促的下降自己看不出来，若不告知（`alike`），区间便偏窄："
            "见“neighbours alike”各行。",
        },
        header={
            "en": (
                "data",
                "true hours",
                "method",
                "answered",
                "coverage",
                "bias",
                "RMSE",
                "median (quartiles), hours",
            ),
            "zh": (
                "数据",
                "真值（小时）",
                "方法",
                "作答率",
                "覆盖率",
                "偏差",
                "RMSE",
                "中位数（四分位），小时",
            ),
        },
        rows=rows,
    )
    page.show()
    if options.write:
        page.write()


def least_squares(series: Series, profile: NDArray[np.float64] | None = None) -> Triple | None:
    """Return a half-life by a line through the listed hours, with its 90 % interval; None without a fall."""
    seen = np.flatnonzero(series.observed)
    if seen.size < 4:
        return None
    x = seen[seen >= int(np.nanargmax(series.values))]
    if x.size < 4:
        return None
    fit = linregress(x, np.log(series.values[x] / (1.0 if profile is None else profile[x])))
    if fit.slope >= 0:
        return None
    half = float(t.ppf(0.95, x.size - 2)) * fit.stderr
    high = math.log(2) / (-fit.slope - half) if fit.slope + half < 0 else math.inf
    return math.log(2) / -fit.slope, math.log(2) / (-fit.slope + half), high


def triple(series: Series, profile: NDArray[np.float64] | None = None) -> Triple | None:
    """Return the product's half-life and interval; None where it abstains."""
    found = half_life(series, profile=profile)
    return (found.value, found.low, found.high) if isinstance(found, Estimate) else None


def alike(series: Series, profile: NDArray[np.float64] | None = None) -> Triple | None:
    """Return the half-life and interval that allow for the likeness of hours real lists show."""
    found = half_life(series, profile=profile, alike=LIST_ALIKE)
    return (found.value, found.low, found.high) if isinstance(found, Estimate) else None


def simulated(worlds: int) -> Iterator[list[str]]:
    """Yield one row a world, half-life and method."""
    for name, how in WORLDS.items():
        for hours in HALF_LIVES:
            made = [
                fading(np.random.default_rng([int(hours), seed]), half_life_hours=hours, **how)
                for seed in range(worlds)
            ]
            for method, measure in (
                ("Tobit", triple),
                (f"Tobit, alike={LIST_ALIKE}", alike),
                ("OLS", least_squares),
            ):
                found = np.array([one for w in made if (one := measure(w.series, w.profile))])
                value, low, high = found.T
                yield [
                    name,
                    f"{hours:g}",
                    method,
                    f"{len(found) / worlds:.2f}",
                    f"{np.mean((low <= hours) & (hours <= high)):.2f}",
                    f"{np.median(value) / hours - 1:+.1%}",
                    f"{np.sqrt(np.mean(np.log(value / hours) ** 2)):.3f}",
                    quartiles(value),
                ]


def quartiles(value: NDArray[np.float64]) -> str:
    """Return the median with its quartiles."""
    low, middle, high = np.quantile(value, [0.25, 0.5, 0.75])
    return f"{middle:.2f} ({low:.2f}-{high:.2f})"


def archived(path: Path, every: int) -> Iterator[list[str]]:
    """Yield one row a method and subset of the real titles; methods are compared on the same titles."""
    found: list[tuple[int, Triple | None, Triple | None, Triple | None]] = []
    for series, cycle in titles(path, every):
        after = int(series.observed[int(np.nanargmax(series.values)) :].sum())
        found.append((after, triple(series), least_squares(series), triple(series, cycle)))
    for name, least in (("real titles", 0), ("real titles, 6 hours from the peak on", 6)):
        some = [row for row in found if row[0] >= least]
        both = [row for row in some if row[1] and row[2]]
        for method, column in (("Tobit", 1), ("OLS", 2), ("Tobit, list's daily cycle", 3)):
            answered = sum(row[column] is not None for row in some) / len(some)
            value = np.array([row[column][0] for row in both if row[column]])
            yield [f"{name} (n={len(some)})", "", method, f"{answered:.2f}", "", "", "", quartiles(value)]


def titles(path: Path, every: int) -> Iterator[tuple[Series, NDArray[np.float64]]]:
    """Yield each chosen title's hourly score and the list's lowest score along it."""
    table = pq.read_table(path, columns=["ts", "title", "hot", "ads"])
    table = table.filter(pc.and_(pc.invert(pc.fill_null(table["ads"], False)), pc.greater(table["hot"], 0)))
    stamp = table["ts"].to_numpy().astype("datetime64[h]").astype(np.int64)
    hot = table["hot"].to_numpy().astype(float)
    looks, where = np.unique(stamp, return_inverse=True)
    lowest = np.full(looks.size, np.inf)
    np.minimum.at(lowest, where, hot)
    code = table["title"].combine_chunks().dictionary_encode().indices.to_numpy()
    order = np.lexsort((stamp, code))
    code, stamp, hot = code[order], stamp[order], hot[order]
    edges = np.flatnonzero(np.r_[True, code[1:] != code[:-1], True])
    chosen = [
        (low, high)
        for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        if high - low >= 6 and stamp[high - 1] - stamp[low] <= 14 * 24
    ]
    for low, high in chosen[::every]:
        first, last = int(stamp[low]) - 1, int(stamp[high - 1]) + 26
        near = slice(*np.searchsorted(looks, [first, last]).tolist())
        start = np.datetime64(first, "h").astype("datetime64[us]").item().replace(tzinfo=UTC)
        series = hourly(
            stamp[low:high].astype("datetime64[h]"),
            hot[low:high],
            start=start,
            end=start + timedelta(hours=last - first),
            looked=looks[near].astype("datetime64[h]"),
            bound=lowest[near],
        )
        yield series, np.exp(np.interp(np.arange(first, last), looks[near], np.log(lowest[near])))


if __name__ == "__main__":
    main()
