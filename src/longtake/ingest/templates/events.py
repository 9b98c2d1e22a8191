"""Template of events: what was done for the film, when, where and for how much."""

from __future__ import annotations

from collections.abc import Mapping

from longtake.domain.event import Event
from longtake.domain.receipt import Refused, Row
from longtake.domain.timed.moment import Precision
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.templates.columns import Column
from longtake.ingest.templates.engine import TemplateReader
from longtake.ingest.templates.words import EVENTS, PLATFORMS, term
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import number
from longtake.ingest.values.text import clean

COLUMNS = (
    Column("kind", "What was done",
           "ad, kol, trailer, poster, screening, official_repost, endorsement, giveaway or another word",
           "kol",
           ("类型", "事件", "动作", "event"), required=True),
    Column("start", "When it began", "time, Beijing unless an offset stands there", "2024-05-20 10:00",
           ("开始", "开始时间", "时间", "日期"), required=True),
    Column("end", "When it was over; a day counts to its end", "time; empty for an instant", "2024-05-22",
           ("结束", "结束时间")),
    Column("platform", "Where", "weibo, douyin, ...; empty when it is tied to none", "douyin", ("平台",)),
    Column("city", "In which city", "empty when it is tied to none", "重庆", ("城市",)),
    Column("cost_cny", "What it cost", "yuan; 0 is free, empty is unknown", "12000",
           ("费用", "花费", "成本", "金额", "cost")),
    Column("followers", "Followers of the account that acted", "persons", "318万",
           ("粉丝", "粉丝数", "粉丝量")),
    Column("note", "Anything else", "", "达人二创", ("备注", "说明")),
)  # fmt: skip


def build_event(fields: Mapping[str, str], line: int, context: Context) -> list[Row] | Refused:
    """Return one Event, or why the record is refused.

    Args:
        fields: Cells by column name; optional columns may be missing.
        line: 1-based line in the source file.
        context: The file's context.
    """
    try:
        return [_event(fields, line, context)]
    except Unfit as unfit:
        return unfit.refused(line)


def _amount(fields: Mapping[str, str], column: str, expected: str) -> float | None:
    raw = fields.get(column, "")
    found = fit(number, raw, column)
    if found.value is not None and found.value < 0:
        raise Unfit(column, raw, expected)
    return found.value


def _event(fields: Mapping[str, str], line: int, context: Context) -> Event:
    get = fields.get
    kind = term(EVENTS, needed(get("kind", ""), "kind", "ad, kol, trailer, poster, screening, ..."))
    taken = instant(observed(context))
    raw = needed(get("start", ""), "start", "a time such as 2024-05-20 10:00")
    start = fit(lambda text: moment(text, observed_at=taken), raw, "start").low
    if start is None:
        raise Unfit("start", raw, "a time such as 2024-05-20 10:00")
    end = None
    if ended := get("end", "").strip():
        span = fit(lambda text: moment(text, observed_at=taken), ended, "end")
        end = span.high if span.precision is Precision.DAY else span.low
        if end is None:
            raise Unfit("end", ended, "a time such as 2024-05-22")
        if end < start:
            raise Unfit("end", ended, f"a time not before the start, {raw}")
    return Event(
        kind, start, line, end=end,
        platform=term(PLATFORMS, get("platform", "")) or None,
        city=clean(get("city", "")) or None,
        cost_cny=_amount(fields, "cost_cny", "yuan, not below zero"),
        followers=_amount(fields, "followers", "a number of persons, not below zero"),
        note=clean(get("note", "")) or None,
    )  # fmt: skip


READER = TemplateReader(
    "longtake-events", "Longtake's template of events: `longtake template events`.", COLUMNS, build_event
)
