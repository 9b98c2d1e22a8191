"""Times told from the moment of observation: 3小时前, 昨天 12:30, 2 days ago, 01-05."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from longtake.domain.timed.moment import Moment, Precision
from longtake.ingest.values.refusal import BadValue
from longtake.ingest.values.span import STEPS, span

UNITS = {
    "秒": (timedelta(seconds=1), Precision.SECOND),
    "second": (timedelta(seconds=1), Precision.SECOND),
    "sec": (timedelta(seconds=1), Precision.SECOND),
    "分": (timedelta(minutes=1), Precision.MINUTE),
    "分钟": (timedelta(minutes=1), Precision.MINUTE),
    "minute": (timedelta(minutes=1), Precision.MINUTE),
    "min": (timedelta(minutes=1), Precision.MINUTE),
    "小时": (timedelta(hours=1), Precision.HOUR),
    "hour": (timedelta(hours=1), Precision.HOUR),
    "hr": (timedelta(hours=1), Precision.HOUR),
    "天": (timedelta(days=1), Precision.DAY),
    "日": (timedelta(days=1), Precision.DAY),
    "day": (timedelta(days=1), Precision.DAY),
    "周": (timedelta(weeks=1), Precision.INTERVAL),
    "星期": (timedelta(weeks=1), Precision.INTERVAL),
    "week": (timedelta(weeks=1), Precision.INTERVAL),
}
MONTHS = {"个月": 1, "月": 1, "month": 1, "年": 12, "year": 12}
PLACE = r"(?:\s*[^\d\s:：-][^\d:：]{0,20})?"
AGO = re.compile(
    r"(?:(\d{1,4}|an?|半)\s*)(秒钟?|分钟?|小时|天|日|周|星期|个?月|年|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
    rf"\s*(?:以?前|ago){PLACE}",
    re.IGNORECASE,
)
NOW = re.compile(rf"(?:刚刚|刚才|just now|now){PLACE}", re.IGNORECASE)
DAYS = {"今天": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2}
NAMED = re.compile(
    rf"(今天|昨天|昨日|前天|today|yesterday)(?:,?\s*(?:at\s*)?(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?)?{PLACE}",
    re.IGNORECASE,
)
NO_YEAR = re.compile(
    rf"(\d{{1,2}})\s*[-/月]\s*(\d{{1,2}})\s*日?(?:\s*(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?)?{PLACE}"
)
EXPECTED = "a date like 2022-01-12 18:30"


def relative(text: str, raw: str, observed_at: datetime | None, zone: tzinfo) -> Moment | None:
    """Return the span of a relative time, or None when the text is none.

    Weeks, months and years are counted down by platforms, so "1 month ago" lies anywhere between one
    and two months back. A month and day without a year is the latest one not after ``observed_at``.

    Raises:
        BadValue: A month or day does not exist.

    Examples:
        >>> from zoneinfo import ZoneInfo
        >>> seen, zone = datetime(2022, 1, 12, 7, tzinfo=UTC), ZoneInfo("Asia/Shanghai")
        >>> print(relative("12-31", "12-31", seen, zone).low)
        2021-12-30 16:00:00+00:00
        >>> print(relative("3小时前", "3小时前", seen, zone).low)
        2022-01-12 04:00:00+00:00
    """
    ago, named, dated = AGO.fullmatch(text), NAMED.fullmatch(text), NO_YEAR.fullmatch(text)
    if not (ago or named or dated or NOW.fullmatch(text)):
        return None
    if dated:
        _check(int(dated[1]), int(dated[2]))
    if observed_at is None:
        return Moment(None, None, Precision.UNKNOWN, raw)
    wall = observed_at.astimezone(zone).replace(tzinfo=None)
    if ago:
        return _ago(ago, raw, wall, zone)
    if named:
        day = wall - timedelta(days=DAYS[named[1].lower()])
        return _clocked(day, (named[2], named[3], named[4]), raw, zone)
    if dated:
        return _latest(dated, raw, wall, zone)
    return span(wall.replace(second=0, microsecond=0), Precision.MINUTE, raw, zone)


def _ago(found: re.Match[str], raw: str, wall: datetime, zone: tzinfo) -> Moment:
    word = found[2].lower().rstrip("s").rstrip("钟") if found[2] != "分钟" else found[2]
    size = 0 if found[1] == "半" else int(found[1]) if found[1].isdigit() else 1
    today = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if word in MONTHS:
            months = MONTHS[word]
            return _between(
                _months_back(today, (size + 1) * months), _months_back(today, size * months), raw, zone
            )
        step, unit = UNITS[word]
        if unit is Precision.INTERVAL:
            return _between(today - (size + 1) * step, today - size * step, raw, zone)
        if unit is Precision.DAY:
            return span(today - size * step, unit, raw, zone)
        low = (wall - size * step).replace(microsecond=0)
        low = low if unit is Precision.SECOND else low.replace(second=0)
        return span(low, unit, raw, zone)
    except (ValueError, OverflowError) as error:
        raise BadValue(EXPECTED) from error


def _between(low: datetime, last: datetime, raw: str, zone: tzinfo) -> Moment:
    high = last + STEPS[Precision.DAY]
    return Moment(
        low.replace(tzinfo=zone).astimezone(UTC),
        high.replace(tzinfo=zone).astimezone(UTC),
        Precision.INTERVAL,
        raw,
    )


def _months_back(day: datetime, months: int) -> datetime:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (datetime(years + (month == 11), (month + 1) % 12 + 1, 1) - STEPS[Precision.DAY]).day
    return day.replace(year=years, month=month + 1, day=min(day.day, last))


def _clocked(
    day: datetime, clock: tuple[str | None, str | None, str | None], raw: str, zone: tzinfo
) -> Moment:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    hour, minute, second = clock
    if hour is None:
        return span(midnight, Precision.DAY, raw, zone)
    try:
        wall = midnight.replace(hour=int(hour), minute=int(minute or 0), second=int(second or 0))
    except ValueError as error:
        raise BadValue(EXPECTED) from error
    return span(wall, Precision.MINUTE if second is None else Precision.SECOND, raw, zone)


def _check(month: int, day: int) -> None:
    try:
        datetime(2024, month, day)
    except ValueError as error:
        raise BadValue(EXPECTED) from error


def _latest(found: re.Match[str], raw: str, wall: datetime, zone: tzinfo) -> Moment:
    month, day = int(found[1]), int(found[2])
    for year in range(wall.year, wall.year - 9, -1):
        try:
            candidate = datetime(year, month, day)
        except ValueError:
            continue
        if candidate <= wall:
            return _clocked(candidate, (found[3], found[4], found[5]), raw, zone)
    raise BadValue(EXPECTED)
