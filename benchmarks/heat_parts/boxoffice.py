"""Box office: totals after some days, the days to come, and next week's admissions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks._page import Page
from benchmarks.heat_parts import boxoffice_days, boxoffice_korea
from longtake.heat.boxoffice.features import MIN_DAYS
from longtake.heat.boxoffice.spread import Spread
from longtake.heat.boxoffice.weights import Weights
from longtake.services.training import box_office
from longtake.services.training.takings import releases as wide
from longtake.services.training.takings import weekly
from longtake.services.training.takings.lines import Table, table
from longtake.services.training.takings.rolling import past_errors, spread_of

Floats = NDArray[np.float64]
AFTER = (3, 7, 14)
ERAS = ((2002, 2015, 2019), (2010, 2022, 2024))
"""First year learned from, first year forecast, last year forecast; 2020 is never learned from."""

WHOLE = 3


def run(data: Path, *, write: bool, quick: bool) -> None:
    """Print the tables, and write their pages when asked to."""
    if not (data / wide.FILE).exists():
        print(f"Box office in the US is left out: {wide.FILE} is not in the data folder.")
    else:
        runs = wide.releases(data)
        pages = _us_quick(runs) if quick else _us(runs)
        for page in pages:
            _out(page, write)
    if not (data / weekly.FILE).exists():
        print(f"Admissions in Korea are left out: {weekly.FILE} is not in the data folder.")
    else:
        _out(boxoffice_korea.page(weekly.weeks(data), quick=quick), write)


def _out(page: Page, write: bool) -> None:
    page.show()
    if write:
        page.write()


def _us_quick(runs: Sequence[wide.Release]) -> list[Page]:
    """Return the first table for one year, without its interval."""
    near = [one for one in runs if 2012 <= one.opened.year <= 2014 and one.settled]
    shown = table(near, wide.fit_profile([one for one in near if one.opened.year < 2014]))
    past, later = shown.of(shown.opened < 2014), shown.of(shown.opened >= 2014)
    model = box_office.fit_multiple(past)
    rows = [
        ["2014", str(n), name, *_score(later.target[:, n - MIN_DAYS], forecast, None)]
        for n in AFTER
        for name, forecast in (
            ("constant multiple", np.full(later.opened.size, np.median(past.target[:, n - MIN_DAYS]))),
            ("ours", model.predict(later.rows[:, n - MIN_DAYS])),
        )
    ]
    return [_final_page(rows)]


def _us(runs: Sequence[wide.Release]) -> list[Page]:
    final, daily = [], []
    for first, begin, end in ERAS:
        past = [
            one
            for one in runs
            if first <= one.opened.year < begin and one.opened.year != 2020 and one.settled
        ]
        later = [one for one in runs if begin <= one.opened.year <= end]
        if not later or not past:
            print(f"{begin}-{end} is left out: the file holds no wide release of these years.")
            continue
        name = f"{later[0].opened.year}-{later[-1].opened.year} (n={len(later)})"
        models = box_office.learn(past)
        known, new = table(past, models.profile), table(later, models.profile)
        final += _final(name, known, new, models)
        daily += boxoffice_days.rows(name, past, later, models)
    final += _rolling([one for one in runs if one.settled and one.opened.year != 2020])
    return [_final_page(final), boxoffice_days.page(daily)]


def _final(name: str, past: Table, later: Table, models: Weights) -> list[list[str]]:
    """Return a row a model and number of days, all learned from the same earlier years."""
    made: list[list[str]] = []
    for n in AFTER:
        place = n - MIN_DAYS
        y, came = past.target[:, place], later.target[:, place]
        x, z = (np.nan_to_num(models.multiple.line.standard(part.rows[:, place])) for part in (past, later))
        middle = float(np.median(y))
        straight, left = _ridge(x, y)
        bounds = models.spread.bounds(WHOLE, n, 0.8)
        lines: list[tuple[str, Floats, tuple[float, float] | None]] = [
            ("constant multiple", np.full(came.size, middle), _ends(y - middle)),
            ("ridge", straight.predict(z), _ends(left)),
            ("LightGBM", _lightgbm(past.rows[:, place], y, later.rows[:, place]), None),
            ("ours", models.multiple.predict(later.rows[:, place]), bounds),
        ]
        made += [[name, str(n), who, *_score(came, guess, ends)] for who, guess, ends in lines]
    return made


def _ridge(x: Floats, y: Floats):  # type: ignore[no-untyped-def]
    from sklearn.linear_model import RidgeCV
    from sklearn.model_selection import cross_val_predict

    model = RidgeCV(alphas=np.logspace(-1, 3, 9)).fit(x, y)
    return model, y - cross_val_predict(model, x, y, cv=5)


def _lightgbm(x: Floats, y: Floats, z: Floats) -> Floats:
    import lightgbm

    settings = {"num_leaves": 15, "learning_rate": 0.05, "min_child_samples": 20, "verbose": -1}
    settings |= {"num_threads": 1, "seed": 0, "deterministic": True, "force_row_wise": True}
    return np.asarray(lightgbm.train(settings, lightgbm.Dataset(x, y), 200).predict(z))


def _ends(errors: Floats) -> tuple[float, float]:
    low, high = np.quantile(errors, [0.1, 0.9])
    return float(low), float(high)


def _score(came: Floats, guess: Floats, ends: tuple[float, float] | None) -> list[str]:
    """Return MAPE, median APE, coverage and width of the interval, of logarithms."""
    off = 100 * np.abs(np.exp(guess - came) - 1)
    made = [f"{off.mean():.1f}", f"{np.median(off):.1f}"]
    if ends is None:
        return [*made, "–", "–"]
    low, high = ends
    inside = ((came - guess >= low) & (came - guess <= high)).mean()
    return [*made, f"{inside:.3f}", f"{high - low:.3f}"]


def _rolling(runs: Sequence[wide.Release]) -> list[list[str]]:
    """Return coverage year after year: models and interval made before the year, up to three years before."""
    shown = table(runs, wide.fit_profile([one for one in runs if one.opened.year < 2011]))
    errors, year = past_errors(shown, box_office.fit_multiple, box_office.ANCHORS)
    made: list[list[str]] = []
    inside: dict[int, list[NDArray[np.bool_]]] = {n: [] for n in AFTER}
    width: dict[int, list[float]] = {n: [] for n in AFTER}
    years = np.unique(year)[3:]
    for now in years[years <= shown.opened.max()]:
        before: Spread = spread_of(errors[year < now], year[year < now], box_office.ANCHORS)
        for n in AFTER:
            low, high = before.bounds(WHOLE, n, 0.8)
            came = errors[year == now, WHOLE, box_office.ANCHORS.index(n)]
            inside[n].append((came >= low) & (came <= high))
            width[n].append(high - low)
    for n in AFTER:
        hit = np.concatenate(inside[n])
        span = f"rolling {years[0]}-{years[-1]} (n={hit.size})"
        made.append([span, str(n), "ours", "–", "–", f"{hit.mean():.3f}", f"{np.mean(width[n]):.3f}"])
    return made


def _final_page(rows: Sequence[Sequence[str]]) -> Page:
    return Page(
        name="heat-boxoffice",
        title={"en": "Total of a run", "zh": "总票房"},
        intro={
            "en": "US wide releases: first day a Friday in at least 600 theaters, 35 days in a row; the "
            "total is the sum up to the last day in the file. Every model of an era was learned from "
            "earlier years alone (2002-2014, or 2010-2021 without 2020), with the code that makes the "
            "packaged weights; the packaged weights themselves use all years. Ridge and LightGBM see "
            "the same features, one model a number of days. Coverage of the 80 % interval; width is "
            "of the natural logarithm. Rolling: models fitted before each year, up to three years "
            "before; interval from the errors of the years before it.",
            "zh": "美国宽上映影片：首日为周五、影院不少于 600 家、连续 35 天有数；总额为文件里全部天数之和。"
            "每个时段的模型只用更早的年份训练（2002-2014，或 2010-2021 去掉 2020），"
            "用的是生成随包权重的同一套代码；随包权重本身用了全部年份。"
            "岭回归与 LightGBM 用同样的特征，每个天数一个模型。覆盖率指 80% 区间；宽度为自然对数。"
            "rolling：模型在该年之前训练（至多早三年），区间来自此前各年的误差。",
        },
        header={
            "en": ("years", "days seen", "model", "MAPE %", "median APE %", "coverage 80 %", "width"),
            "zh": ("年份", "已知天数", "模型", "MAPE %", "APE 中位数 %", "80% 覆盖率", "宽度"),
        },
        rows=rows,
    )
