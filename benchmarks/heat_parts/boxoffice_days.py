"""The days of a run to come, beside last week's, its shrinking copy and statsforecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks._page import Page
from longtake.heat.boxoffice.daily import daily_path
from longtake.heat.boxoffice.features import PATH_DAYS
from longtake.heat.boxoffice.weights import Weights
from longtake.services.training.takings.releases import Release

Floats = NDArray[np.float64]
AFTER, FILMS = (7, 14, 21), 100


def rows(name: str, past: Sequence[Release], later: Sequence[Release], models: Weights) -> list[list[str]]:
    """Return a row a model and number of days seen."""
    made: list[list[str]] = []
    fall = _weekly_falls(past)
    few = [later[i] for i in np.linspace(0, len(later) - 1, min(FILMS, len(later))).astype(int)]
    for n in AFTER:
        came = np.stack([one.gross[n:] for one in later])
        repeated = np.stack([np.resize(one.gross[n - 7 : n], PATH_DAYS - n) for one in later])
        weeks = np.arange(PATH_DAYS - n) // 7
        shrunk = np.concatenate([[1.0], np.cumprod(fall[n // 7 - 1 :])])[weeks + 1] * repeated
        made.append([name, str(n), "last week again", *_score(came, repeated), "–"])
        made.append([name, str(n), "last week x median ratio", *_score(came, shrunk), "–"])
        if n > 7:
            made += _statsforecast(name, n, few)
            some = np.stack([one.gross[n:] for one in few])
            value, inside = _ours(few, n, models, planned=False)
            made.append([name, str(n), f"ours, {len(few)} of them", *_score(some, value), f"{inside:.3f}"])
        for planned in (False, True):
            value, inside = _ours(later, n, models, planned=planned)
            who = "ours, theaters to come known" if planned else "ours"
            made.append([name, str(n), who, *_score(came, value), f"{inside:.3f}"])
    return made


def _ours(runs: Sequence[Release], n: int, models: Weights, *, planned: bool) -> tuple[Floats, float]:
    value, inside = [], []
    for one in runs:
        path = daily_path(
            one.gross[:n],
            one.theaters[:n],
            one.opened,
            horizon=PATH_DAYS - n,
            future_theaters=one.theaters[n:] if planned else None,
            weights=models,
        )
        value.append(path.value)
        inside.append((one.gross[n:] >= path.low) & (one.gross[n:] <= path.high))
    return np.stack(value), float(np.mean(inside))


def _weekly_falls(past: Sequence[Release]) -> Floats:
    """Return the median of each week over the one before it, weeks 2 to 5."""
    weeks = np.stack([one.gross.reshape(5, 7).sum(axis=1) for one in past])
    return np.asarray(np.median(weeks[:, 1:] / weeks[:, :-1], axis=0))


def _statsforecast(name: str, n: int, runs: Sequence[Release]) -> list[list[str]]:
    try:
        from statsforecast.models import AutoETS, AutoTheta
    except ImportError:
        print("statsforecast is left out: it is not installed.")
        return []
    came = np.stack([one.gross[n:] for one in runs])
    made = []
    for model in (AutoETS(season_length=7), AutoTheta(season_length=7)):
        value, inside = [], []
        for one in runs:
            said = model.forecast(np.log(one.gross[:n]), h=PATH_DAYS - n, level=[80])
            value.append(np.exp(said["mean"]))
            true = np.log(one.gross[n:])
            inside.append((true >= said["lo-80"]) & (true <= said["hi-80"]))
        who = f"{type(model).__name__} of logarithms, {len(runs)} of them"
        made.append([name, str(n), who, *_score(came, np.stack(value)), f"{np.mean(inside):.3f}"])
    return made


def _score(came: Floats, value: Floats) -> list[str]:
    """Return dSMAPE and the median APE of the sum of days."""
    daily = 200 * np.abs(value - came) / (value + came)
    total = 100 * np.abs(value.sum(axis=1) / came.sum(axis=1) - 1)
    return [f"{daily.mean():.1f}", f"{np.median(total):.1f}"]


def page(found: Sequence[Sequence[str]]) -> Page:
    """Return the table."""
    return Page(
        name="heat-boxoffice-days",
        title={"en": "Days of a run to come", "zh": "逐日票房"},
        intro={
            "en": "The same US releases, from the days seen up to day 35; models learned from earlier years "
            "alone. dSMAPE is the mean over days of 200 |f - y| / (f + y); APE of the sum of these "
            "days, median over films. Coverage of each day's 80 % interval. statsforecast sees one "
            "film at a time, and every k-th film only, for time's sake; the row of ours beneath it is "
            "of the same films.",
            "zh": "同一批美国影片，从已知天数预测到第 35 天；模型只用更早的年份训练。"
            "dSMAPE 为逐日 200|f-y|/(f+y) 的均值；APE 指这些天之和，取各片中位数。覆盖率指逐日 80% 区间。"
            "statsforecast 逐片拟合，为省时间只取等距的一部分影片；其下一行是我们在同一批影片上的结果。",
        },
        header={
            "en": ("years", "days seen", "model", "dSMAPE %", "median APE of sum %", "coverage 80 %"),
            "zh": ("年份", "已知天数", "模型", "dSMAPE %", "总和 APE 中位数 %", "80% 覆盖率"),
        },
        rows=found,
    )
