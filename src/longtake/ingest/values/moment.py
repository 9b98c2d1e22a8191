"""Times as platforms write them, as spans of UTC."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from longtake.domain.timed.moment import Moment, Precision
from longtake.ingest.values.number import FULL_WIDTH
from longtake.ingest.values.refusal import BadValue
from longtake.ingest.values.relative import relative
from longtake.ingest.values.span import STEPS, span
from longtake.ingest.values.unknown import unknown

SHANGHAI = ZoneInfo("Asia/Shanghai")
EXPECTED = "a date like 2022-01-12 18:30"
FIRST_YEAR, LAST_YEAR = 1895, 2100
DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
CLOCK = r"(?:(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:[.,]\d{1,9})?\s*秒?)?)?)?)"
ZONE = r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
NUMERIC = re.compile(rf"{DATE}(?:[T\s]*{CLOCK})?\s*{ZONE}", re.IGNORECASE)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s_-]?(\d{2})(\d{2})(\d{2})?)?(Z)?")
MONTHS = {
    name: place
    for place, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
WORD = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
TIME12 = r"(?:,?\s*(?:at\s*)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?"
RFC = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?{WORD}\s+(\d{{1,2}})\s+(\d{{1,2}}):(\d{{2}}):(\d{{2}})\s+"
    r"([+-]\d{4}|utc|gmt)\s+(\d{4})",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    rf"(?:[a-z]{{3,9}},\s+)?{WORD}\s+(\d{{1,2}}),?\s+(\d{{4}}){TIME12}\s*{ZONE}", re.IGNORECASE
)
DAY_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?(\d{{1,2}})[\s-]{WORD}[\s-](\d{{4}}){TIME12}\s*{ZONE}", re.IGNORECASE
)
PREFIX = re.compile(
    r"^(?:编辑于|发布于|更新于|首发于|发表于|创建于|edited|posted)\s*[:：]?\s*", re.IGNORECASE
)
SUFFIX = re.compile(r"\s*(?:\(edited\)|\(已编辑\)|（已编辑）|\(修改过\)|发布)$", re.IGNORECASE)
EIGHT = timedelta(hours=8)
SECOND, MINUTE = STEPS[Precision.SECOND], STEPS[Precision.MINUTE]
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
NO_TIME = Moment(None, None, Precision.UNKNOWN)


def moment(raw: str | int | float | None, *, observed_at: datetime | None, zone: tzinfo = SHANGHAI) -> Moment:
    """Return when something happened, as exactly as the text tells.

    Args:
        raw: An absolute time in any usual form, seconds or milliseconds since 1970, or a time
            relative to the moment of observation (``3小时前``, ``昨天 12:30``, ``01-05``).
        observed_at: When the text was read off the platform, aware; without it a relative time is
            unknown, never "now".
        zone: Wall clock of a text that names none.

    Returns:
        A half-open span of aware UTC; unknown for an empty cell.

    Raises:
        BadValue: The text is no time.

    Examples:
        >>> print(moment("2022/1/12", observed_at=None).low)
        2022-01-11 16:00:00+00:00
        >>> seen = datetime(2022, 1, 12, 7, tzinfo=UTC)
        >>> print(moment("昨天 12:30", observed_at=seen).low)
        2022-01-11 04:30:00+00:00
        >>> moment("昨天 12:30", observed_at=None).known
        False
    """
    if isinstance(raw, str):
        return (_common(raw) if zone is SHANGHAI else None) or _parsed(raw, observed_at, zone)
    if raw is None:
        return NO_TIME
    at = epoch(raw)
    return NO_TIME if at is None else Moment(at, at + STEPS[Precision.SECOND], Precision.SECOND, str(raw))


def _common(raw: str) -> Moment | None:
    """Return the time of the forms that fill whole files, or None to have it read with care."""
    size = len(raw)
    try:
        if size in {10, 13} and raw.isascii() and raw.isdigit():
            at = datetime.fromtimestamp(int(raw) / (1 if size == 10 else 1000), UTC)
            return Moment(at, at + SECOND, Precision.SECOND, raw) if at > EARLIEST else None
        if size < 16 or raw[4] != "-" or raw[10] not in " T" or not "1992" <= raw[:4] < "2100":
            return None
        if size in {16, 19}:
            low = datetime.fromisoformat(raw + "+00:00") - EIGHT
        else:
            wall = datetime.fromisoformat(raw)
            if wall.tzinfo is None:
                return None
            low = wall.astimezone(UTC).replace(microsecond=0)
    except ValueError:
        return None
    if size == 16:
        return Moment(low, low + MINUTE, Precision.MINUTE, raw)
    return Moment(low, low + SECOND, Precision.SECOND, raw)


def epoch(raw: str | int | float) -> datetime | None:
    """Return the time of a count of seconds, milli-, micro- or nanoseconds since 1970, by magnitude.

    Args:
        raw: The count; zero and empty text mean unknown.

    Raises:
        BadValue: The text is no number, or the time is before 1980 or after 2100.

    Examples:
        >>> print(epoch("1641956400"), epoch(1641956400000))
        2022-01-12 03:00:00+00:00 2022-01-12 03:00:00+00:00
    """
    try:
        value = float(raw)
    except (TypeError, ValueError, OverflowError) as error:
        if isinstance(raw, str) and unknown(raw):
            return None
        raise BadValue("seconds or milliseconds since 1970") from error
    if value == 0 or math.isnan(value):
        return None
    if 1e11 <= value < 1e20:
        value /= 1e3 if value < 1e14 else 1e6 if value < 1e17 else 1e9
    if not 315532800 <= value < 4102444800:
        raise BadValue("seconds or milliseconds since 1970")
    return datetime.fromtimestamp(value, UTC)


@lru_cache(maxsize=65536)
def _parsed(raw: str, observed_at: datetime | None, zone: tzinfo) -> Moment:
    text = (
        raw.translate(FULL_WIDTH)
        .replace("：", ":")
        .replace("\u3000", " ")
        .replace("\u202f", " ")
        .strip(" \t\r\n\ufeff'")
    )
    text = SUFFIX.sub("", PREFIX.sub("", text)) if len(text) <= 80 else text
    if text == "0" or unknown(text):
        return Moment(None, None, Precision.UNKNOWN, raw)
    if len(text) > 80:
        raise BadValue(EXPECTED)
    found = _epoch(text, raw) or _absolute(text, raw, zone) or relative(text, raw, observed_at, zone)
    if found is None:
        raise BadValue(EXPECTED)
    return found


def _epoch(text: str, raw: str) -> Moment | None:
    if not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}|\d{16}|\d{19}", text, re.ASCII):
        return None
    try:
        at = epoch(text)
    except BadValue:
        return None
    return None if at is None else Moment(at, at + STEPS[Precision.SECOND], Precision.SECOND, raw)


def _absolute(text: str, raw: str, zone: tzinfo) -> Moment | None:
    if found := NUMERIC.fullmatch(text):
        year, month, day, hour, minute, second, offset = found.groups()
        return _built((year, month, day), (hour, minute, second), offset, raw, zone)
    if found := COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, offset = found.groups()
        return _built((year, month, day), (hour, minute, second), offset, raw, zone)
    if found := RFC.fullmatch(text):
        word, day, hour, minute, second, offset, year = found.groups()
        return _built((year, MONTHS[word.lower()], day), (hour, minute, second), offset, raw, zone)
    if found := ENGLISH.fullmatch(text):
        word, day, year, hour, minute, second, half, offset = found.groups()
    elif found := DAY_FIRST.fullmatch(text):
        day, word, year, hour, minute, second, half, offset = found.groups()
    else:
        return None
    if half and hour:
        hour = int(hour) % 12 + (12 if half.lower() == "pm" else 0)
    return _built((year, MONTHS[word.lower()], day), (hour, minute, second), offset, raw, zone)


def _built(
    day: tuple[str | int, str | int, str | int],
    clock: tuple[str | int | None, str | int | None, str | int | None],
    offset: str | None,
    raw: str,
    zone: tzinfo,
) -> Moment:
    year, month, number = (int(part) for part in day)
    hour, minute, second = clock
    unit = Precision.DAY
    if hour is not None:
        unit = (
            Precision.SECOND if second is not None else Precision.HOUR if minute is None else Precision.MINUTE
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue(EXPECTED)
    try:
        extra = timedelta(days=1) if hour is not None and int(hour) == 24 else timedelta()
        wall = datetime.combine(date(year, month, number), datetime.min.time())
        wall = (
            wall.replace(hour=int(hour or 0) % 24, minute=int(minute or 0), second=min(int(second or 0), 59))
            + extra
        )
    except (ValueError, OverflowError) as error:
        raise BadValue(EXPECTED) from error
    return span(wall, unit, raw, _zone(offset, zone))


def _zone(offset: str | None, zone: tzinfo) -> tzinfo:
    if not offset:
        return zone
    if offset.lower() in {"z", "utc", "gmt"}:
        return UTC
    parsed = datetime.strptime(offset.replace(":", ""), "%z").tzinfo
    return parsed or zone
