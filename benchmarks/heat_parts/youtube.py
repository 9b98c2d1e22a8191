"""Thirty days of views: our forecasts beside the published model, plain means and statsforecast.

Fit on days 1 to 90, scored on days 91 to 120; every figure of ours is out of fold.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks._page import Page
from longtake.heat.forecasting.baselines import damped_mean, last_mean, seasonal_naive
from longtake.heat.forecasting.features import HALF
from longtake.heat.forecasting.gaps import bridged
from longtake.heat.forecasting.global_model import Band, packaged
from longtake.heat.forecasting.intervals import conformal_quantile
from longtake.heat.forecasting.short import members
from longtake.heat.forecasting.tables import promotion_table, views_table
from longtake.services.training.views.grow import HORIZON, LAST, VARIANTS, grow
from longtake.services.training.views.measure import accuracy, held
from longtake.services.training.views.videos import PATH, Videos, matrix, read
from longtake.services.training.views.write import out_of_fold

Floats = NDArray[np.float64]

LEVEL = 0.8
PEERS, SEED = 600, 0
QUICK, QUICK_TREES, QUICK_PEERS = 500, 30, 40
HEADER = {
    "en": (
        "forecast",
        "mAPctE",
        "median APE of total, %",
        "sMAPE of total, %",
        "sMAPE of days, %",
        "median MASE",
        "80 % interval holds total",
        "half-width, log total",
        "ms a series",
    ),
    "zh": (
        "预测",
        "mAPctE",
        "总量 APE 中位数，%",
        "总量 sMAPE，%",
        "逐日 sMAPE，%",
        "MASE 中位数",
        "80% 区间含总量",
        "半宽，对数总量",
        "毫秒/序列",
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One forecast of all series.

    Attributes:
        name: What the row is called.
        path: Shape (n, 30); NaN in the row of a series it has none for.
        band: Its own intervals of 80 %; conformal ones by the other folds' residuals when None.
        seconds: Time for all series; None when not run here.
    """

    name: str
    path: Floats
    band: Band | None = None
    seconds: float | None = None


def run(data: Path, *, write: bool, quick: bool) -> None:
    """Print both tables, and write their pages."""
    if not (data / PATH).is_file():
        print(f"YouTube views are left out: {data / PATH} is not there.")
        return
    videos, published = read(data), _published(data)
    if quick:
        videos, published = videos.pick(np.arange(QUICK)), published[:QUICK]
    entries = [Entry("HIP, future shares known (as published)", published), *plain(videos)]
    entries += list(ours(videos, trees=QUICK_TREES if quick else None))
    everyone = np.arange(videos.fold.size)
    whole = _page("heat-youtube", [_row(entry, videos, everyone) for entry in entries], everyone.size)
    some = np.random.default_rng(SEED).permutation(everyone)[: QUICK_PEERS if quick else PEERS]
    some = np.sort(some)
    peers = list(statistical(videos, some))
    rows = [_row(entry, videos, some) for entry in (*peers, *entries)]
    for page in (whole, _page("heat-youtube-peers", rows, some.size)):
        page.show()
        if write:
            page.write()


def plain(videos: Videos) -> Iterator[Entry]:
    """Yield the forecasts that need no model, and the log-linear one."""
    past = videos.counts[:, :LAST]
    for name, make in (
        ("mean of last 7 days", last_mean),
        ("damped mean", damped_mean),
        ("seasonal naive, 7 days", seasonal_naive),
    ):
        began = time.perf_counter()
        path = make(past, horizon=HORIZON)
        yield Entry(name, path, seconds=time.perf_counter() - began)
    began = time.perf_counter()
    path = szabo_huberman(videos)
    yield Entry("Szabo-Huberman 2010, log-linear", path, seconds=time.perf_counter() - began)
    began = time.perf_counter()
    renewal, _ = members(past, past[:, None][:, :0], np.zeros((past.shape[0], 0, HORIZON)), step_hours=24.0)
    yield Entry("renewal model of the series alone", renewal, seconds=time.perf_counter() - began)
    shares = np.nan_to_num(videos.shares)[:, None]
    began = time.perf_counter()
    renewal, _ = members(past, shares[:, :, :LAST], shares[:, :, LAST:], step_hours=24.0)
    yield Entry(
        "renewal model of the series alone, promotion known", renewal, seconds=time.perf_counter() - began
    )


def szabo_huberman(videos: Videos) -> Floats:
    """Return days from the log-linear growth of the running total, its offset from the other folds.

    References:
        Szabo and Huberman, 2010, doi:10.1145/1787234.1787254, equation 4.
    """
    run = np.log(np.cumsum(np.nan_to_num(videos.counts), axis=1) + HALF)
    out = np.empty((videos.fold.size, HORIZON))
    for fold in np.unique(videos.fold):
        inside = videos.fold == fold
        growth = run[~inside, LAST:] - run[~inside, LAST - 1 : LAST]
        offset = growth.mean(axis=0)
        reach = np.exp(run[inside, LAST - 1 : LAST] + np.concatenate([[0.0], offset]))
        out[inside] = np.maximum(np.diff(reach, axis=1), 0.0)
    return out


def ours(videos: Videos, *, trees: int | None) -> Iterator[Entry]:
    """Yield our forecasts: out of fold, timed with the packaged weights of the same size."""
    grown = {
        variant: grow(videos, variant, whole=False, **({"trees": trees} if trees else {}))
        for variant in VARIANTS
    }
    bands = out_of_fold(videos, grown, level=LEVEL)
    past, shares = videos.counts[:, :LAST], np.nan_to_num(videos.shares)[:, None]
    began = time.perf_counter()
    packaged()["views"].band(views_table(past, horizon=HORIZON), bridged(past), level=LEVEL)
    views_seconds = time.perf_counter() - began
    began = time.perf_counter()
    table = promotion_table(past, shares[:, :, :LAST], shares[:, :, LAST:])
    packaged()["promotion"].band(table, bridged(past), level=LEVEL)
    seconds = time.perf_counter() - began
    yield Entry("ours, views alone", bands["views"].mean, bands["views"], views_seconds)
    yield Entry("ours, promotion known", bands["promotion"].mean, bands["promotion"], seconds)


def statistical(videos: Videos, some: NDArray[np.intp]) -> Iterator[Entry]:
    """Yield statsforecast's two best on the log counts of some series."""
    import pandas as pd
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS, DynamicOptimizedTheta

    past = np.log1p(videos.counts[some, :LAST])
    frame = pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(some.size), LAST),
            "ds": np.tile(np.arange(LAST), some.size),
            "y": past.ravel(),
        }
    )
    for name, model in (
        ("statsforecast AutoETS, log", AutoETS(season_length=7)),
        ("statsforecast DynamicOptimizedTheta, log", DynamicOptimizedTheta(season_length=7)),
    ):
        StatsForecast([model], freq=1, n_jobs=1).forecast(df=frame[: LAST * 2], h=1)
        began = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = StatsForecast([model], freq=1, n_jobs=1).forecast(df=frame, h=HORIZON)
        seconds = (time.perf_counter() - began) * videos.fold.size / some.size
        column = next(each for each in made.columns if each not in ("unique_id", "ds"))
        path = np.full((videos.fold.size, HORIZON), np.nan)
        path[some] = np.maximum(0.0, np.expm1(made[column].to_numpy().reshape(some.size, HORIZON)))
        yield Entry(name, path, seconds=seconds)


def _published(data: Path) -> Floats:
    table = pq.read_table(data / PATH, columns=["hip_predicted_views"])
    return matrix(table["hip_predicted_views"].to_pylist())[:, LAST:]


def _row(entry: Entry, videos: Videos, rows: NDArray[np.intp]) -> tuple[str, ...]:
    after, path = videos.counts[rows, LAST:], np.maximum(entry.path[rows], 0.0)
    figures = accuracy(path, after, videos.counts[rows, :LAST])
    if entry.band is None:
        figures |= _conformal(path, after, videos.fold[rows])
    else:
        parts = (entry.band.mean, entry.band.low, entry.band.high)
        parts += (entry.band.total, entry.band.total_low, entry.band.total_high)
        figures |= held(Band(*(part[rows] for part in parts)), after)
    each = "" if entry.seconds is None else f"{1000 * entry.seconds / videos.fold.size:.3f}"
    return (
        entry.name,
        f"{figures['mapcte']:.2f}",
        f"{figures['ape']:.1f}",
        f"{figures['smape']:.1f}",
        f"{figures['daily']:.1f}",
        f"{figures['mase']:.3f}",
        f"{figures['cover']:.3f}",
        f"{figures['half']:.3f}",
        each,
    )


def _conformal(path: Floats, after: Floats, fold: NDArray[np.intp]) -> dict[str, float]:
    """Return coverage and half-width of one symmetric log interval, by the other folds' residuals."""
    whole = ~np.isnan(after).any(axis=1) & ~np.isnan(path).any(axis=1)
    off = np.abs(np.log(np.nansum(after, axis=1) + HALF) - np.log(np.nansum(path, axis=1) + HALF))
    inside, half = np.zeros(fold.size, dtype=bool), np.zeros(fold.size)
    for each in np.unique(fold):
        own = fold == each
        half[own] = conformal_quantile(off[whole & ~own], LEVEL)
    inside = off <= half
    return {"cover": float(inside[whole].mean()), "half": float(half[whole].mean())}


def _page(name: str, rows: list[tuple[str, ...]], n: int) -> Page:
    some = name.endswith("peers")
    return Page(
        name=name,
        title={
            "en": "Thirty days of views" + (", beside statistical forecasts" if some else ""),
            "zh": "三十天播放量" + ("：与统计预测对照" if some else ""),
        },
        intro={
            "en": f"{n} videos with 120 days of daily views and shares; fit on days 1 to 90, scored on days "
            "91 to 120. All rows from one run. Ours: trees grown without the fold of videos they forecast "
            "(five folds by a hash of the id). Promotion known: the shares of days 91 to 120 are given, as "
            "they are to the published model. mAPctE: mean absolute difference of percentile ranks of "
            "forecast and true 30-day totals. sMAPE is of 200. MASE against the seven-day naive in history. "
            "Intervals of other rows: split conformal on the log total by the residuals of the other folds. "
            "Time: one thread, all series at once, intervals included for ours.",
            "zh": f"{n} 个视频各有 120 天的逐日播放量与分享数；用第 1 至 90 天拟合，在第 91 至 120 天评分，"
            "各行出自同一次运行。我们的：预测某一折视频的树从未见过该折（按编号散列分五折）。"
            "“promotion known”：给出第 91 至 120 天的分享数，已发表的模型同样如此。"
            "mAPctE：预测与真实 30 天总量的百分位名次之差的绝对值，取平均。sMAPE 满分 200。"
            "MASE 以历史内七日朴素预测为基准。其他各行的区间：用其余各折的残差，对总量的对数做分割保形预测。"
            "时间：单线程，所有序列一起算；我们的含区间。",
        },
        header=HEADER,
        rows=rows,
    )
