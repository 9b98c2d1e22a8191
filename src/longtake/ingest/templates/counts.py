"""Template of counts: one number of one subject at one time."""

from __future__ import annotations

import re
from collections.abc import Mapping

from longtake.domain.observation import Observation
from longtake.domain.receipt import Refused, Row
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.templates.columns import Column
from longtake.ingest.templates.engine import TemplateReader
from longtake.ingest.templates.words import METRICS, PLATFORMS, kind_of, term
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import number, share

COLUMNS = (
    Column("at", "When the number held", "time, Beijing unless an offset stands there", "2024-05-20 18:00",
           ("时间", "日期", "date", "time", "统计时间"), required=True),
    Column("platform", "Where it was shown", "weibo, douyin, ... or 微博, 抖音, ...", "weibo", ("平台",)),
    Column("subject", "Topic, work or film it belongs to", "", "#山谷来信#",
           ("主题", "话题", "作品", "标题", "topic"), required=True),
    Column("metric", "What was counted", "plays, reads, likes, ... or 播放量, 阅读量, ...", "reads",
           ("指标",), required=True),
    Column("value", "The number", "a count, 1.2万 and 3.3亿 allowed; a rate as 12.5% or 0.125", "1.2万",
           ("数值", "值", "数量"), required=True),
    Column("kind", "How it is counted", "increment, cumulative, score, rank or ratio", "cumulative",
           ("类型", "口径")),
)  # fmt: skip
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_TOPIC_METRICS = frozenset({"reads", "discussions", "hot", "rank"})


def subject_kind(subject: str, metric: str) -> str:
    """Return what a subject is: topic, node or film.

    Examples:
        >>> subject_kind("#山谷来信#", "comments"), subject_kind("预告A", "plays")
        ('topic', 'node')
    """
    if metric == "want_to_see":
        return "film"
    hashed = len(subject) > 2 and subject.startswith("#") and subject.endswith("#")
    return "topic" if hashed or metric in _TOPIC_METRICS else "node"


def build_count(fields: Mapping[str, str], line: int, context: Context) -> list[Row] | Refused:
    """Return one Observation, or why the record is refused.

    Args:
        fields: Cells by column name; optional columns may be missing.
        line: 1-based line in the source file.
        context: The file's context.
    """
    try:
        return [_count(fields, line, context)]
    except Unfit as unfit:
        return unfit.refused(line)


def _count(fields: Mapping[str, str], line: int, context: Context) -> Observation:
    get = fields.get
    subject = needed(get("subject", ""), "subject", "the name of a topic, work or film")
    metric = term(METRICS, needed(get("metric", ""), "metric", "reads, plays, likes, ..."))
    kind = kind_of(metric, get("kind", ""))
    raw = needed(get("value", ""), "value", "a number such as 12000, 1.2万 or 12.5%")
    found = fit(share if kind == "ratio" else number, raw, "value")
    if found.value is None:
        raise Unfit("value", raw, "a number such as 12000, 1.2万 or 12.5%")
    if found.value < 0:
        raise Unfit("value", raw, "a number not below zero")
    if kind == "rank" and (found.value < 1 or not found.value.is_integer()):
        raise Unfit("value", raw, "a rank: 1, 2, 3, ...")
    taken = instant(observed(context))
    when = fit(lambda text: moment(text, observed_at=taken), get("at", ""), "at")
    if when.low is None and not get("at", "").strip():
        raise Unfit("at", "", "a time such as 2024-05-20 18:00")
    return Observation(
        subject, subject_kind(subject, metric), term(PLATFORMS, get("platform", "")) or "other", metric,
        found.value, kind, line, at=when.low, at_end=when.high, at_precision=when.precision,
        censored=found.censored, raw=None if _PLAIN.fullmatch(raw) else raw,
    )  # fmt: skip


READER = TemplateReader(
    "longtake-counts", "Longtake's template of counts: `longtake template counts`.", COLUMNS, build_count
)
