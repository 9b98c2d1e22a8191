"""Which columns a trial's rows have, and the names people give them."""

from __future__ import annotations

from longtake.domain.trials.arms import Metric
from longtake.domain.trials.trial import Trial
from longtake.ingest.templates.columns import Column

MIX = ("mix:", "人群:", "人群：")
ARM = Column(
    "arm", "Which version", "", "A", ("version", "版本", "组", "分组", "素材", "作品", "作品名称", "标题")
)
DAY = Column(
    "day",
    "Its day or hour",
    "",
    "2026-01-08",
    ("date", "hour", "time", "at", "日期", "时间", "小时", "统计时间"),
)
UNITS = Column(
    "units",
    "Units that were shown it",
    "",
    "1000",
    ("views", "impressions", "people", "曝光", "曝光量", "展示", "展示量", "播放量", "播放", "人数"),
)
PLACE = Column(
    "place",
    "City, cinema, slot or account",
    "",
    "重庆",
    ("city", "cinema", "slot", "account", "城市", "影院", "时段", "账号", "场次"),
)
VALUE = ("value", "count", "数值", "值", "数量", "人次", "票房", "观影人次")
CONVERSIONS = ("conversions", "转化", "转化数", "转化量")
SUM, SQUARES = ("sum", "合计", "总和"), ("sumsq", "squares", "平方和")
RATIO = ("sum", "squares", "base_sum", "base_squares", "products")


def columns_of(trial: Trial) -> tuple[Column, ...]:
    """Return the columns of a trial's rows, those of the judged metric first.

    Examples:
        >>> from longtake.domain.trials.arms import Arm
        >>> one = Trial("t1", "lights", "Which?", "any_look", (Arm("A"), Arm("B")), (Metric("finish"),),
        ...             "viewer", "us", 4000, 0.03)
        >>> [column.name for column in columns_of(one)]
        ['arm', 'day', 'units', 'finish', 'place']
    """
    measured = [
        column for first, metric in enumerate(trial.metrics) for column in _metric(metric, first == 0, trial)
    ]
    if trial.design == "interrupted_series":
        return (_required(DAY), *measured)
    if trial.by_place:
        return (_required(PLACE), _required(DAY), *measured)
    if trial.design == "matched_slots":
        return (_required(ARM), _required(PLACE), *measured, DAY)
    return (_required(ARM), _required(DAY), _required(UNITS), *measured, PLACE)


def metric_columns(metric: Metric, trial: Trial) -> tuple[str, ...]:
    """Return the names of the columns of a metric, in the order of its sums."""
    return tuple(column.name for column in _metric(metric, False, trial))


def _metric(metric: Metric, first: bool, trial: Trial) -> tuple[Column, ...]:
    key = metric.key

    def made(name: str, about: str, example: str, aliases: tuple[str, ...]) -> Column:
        return Column(name, about, "", example, aliases if first else (), required=first)

    if trial.by_place or trial.design == "matched_slots":
        return (made(key, "What was counted", "1200", VALUE),)
    if metric.kind == "proportion":
        return (made(key, "Units that did it", "50", (f"{key}_conversions", *CONVERSIONS)),)
    if metric.kind == "mean":
        return (
            made(f"{key}_sum", "Sum over units", "4200", (key, *SUM)),
            made(f"{key}_squares", "Sum of squares over units", "21000", (f"{key}_sumsq", *SQUARES)),
        )
    return tuple(made(f"{key}_{part}", part, "1", ()) for part in RATIO)


def _required(column: Column) -> Column:
    return Column(column.name, column.about, column.unit, column.example, column.aliases, required=True)
