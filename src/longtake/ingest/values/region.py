"""Where someone wrote from, never finer than a city."""

from __future__ import annotations

import re
from functools import lru_cache

from longtake.ingest.values.places import COUNTRIES, PROVINCES
from longtake.ingest.values.unknown import unknown

LABEL = re.compile(
    r"^(?:IP\s*(?:属地|归属地|地址|屬地)?\s*[:：]?|属地\s*[:：]?|发布于|發佈於|来自|來自|地区\s*[:：])\s*",
    re.IGNORECASE,
)
DEVICE = re.compile(r"^(?:来自|來自)")
TIME = re.compile(
    r"(?:编辑于|发布于|更新于)?\s*(?:"
    r"刚刚|今天|昨天|前天|\d+\s*(?:秒|分钟|小时|天|周|个?月|年)(?:以?前)"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?)"
)
LONG_PROVINCE = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)")
TRADITIONAL = str.maketrans("臺灣門東廣陝慶龍遼寧蘇貴雲內韓國", "台湾门东广陕庆龙辽宁苏贵云内韩国")
FINE = re.compile(
    r"[\d０-９路街道巷弄号號镇鎮乡鄉村组栋楼室]|小区|社区|大厦|广场|学校|大学|医院|公司|[区區县縣旗]$"
)
CUT = re.compile(r"([\u4e00-\u9fff]{2,10}?)(?:市(?!场)|自治州|地区|盟)")
LATIN = re.compile(r"[A-Za-z][A-Za-z .,'’()&-]{1,59}")
HAN = re.compile(r"[\u4e00-\u9fff]{2,6}")
CITIES = {city: province for province, cities in PROVINCES.items() for city in cities.split()}
CAPITALS = ("北京", "天津", "上海", "重庆", "香港", "澳门")


@lru_cache(maxsize=16384)
def region(raw: str | None) -> str | None:
    """Return the city, province or country a text names, or None when it names none.

    Args:
        raw: ``IP属地：上海``, ``发布于 江苏``, ``7天前 上海``, a bare name, or an address, which is cut
            to its city.

    Examples:
        >>> region("IP属地：中国台湾"), region("7天前 上海"), region("江苏省南京市鼓楼区某路1号")
        ('台湾', '上海', '南京')
        >>> region("未知") is None
        True
    """
    if not raw or len(raw) > 200:
        return None
    text = raw.strip().strip("\u200b\ufeff")
    device = DEVICE.match(text) is not None
    text = LABEL.sub("", TIME.sub(" ", text).strip()).strip(" \t\u3000·,，|/-")
    if unknown(text):
        return None
    abroad = next((name for name in (text, re.split(r"[\s·,，]", text)[0]) if name in COUNTRIES), None)
    return _china(text.translate(TRADITIONAL)) or abroad or (None if device else _other(text))


def _other(text: str) -> str | None:
    """Return a name that no list holds, unless it may be finer than a city."""
    short = LATIN.fullmatch(text) or (HAN.fullmatch(text) and not FINE.search(text))
    return text if short else None


def _china(text: str) -> str | None:
    text = re.sub(r"[\s·•,，/|_-]+", "", text)
    if len(text) > 2 and text.startswith("中国"):
        text = text.removeprefix("中国")
    if text in CITIES and text not in PROVINCES:
        return text
    province = next((name for name in PROVINCES if text.startswith(name)), None)
    if province is None:
        return _city(text)
    rest = text.removeprefix(province)
    if province in CAPITALS:
        return province
    trimmed = LONG_PROVINCE.sub("", rest, count=1) if LONG_PROVINCE.match(rest) else rest
    if not trimmed:
        return province
    return _city(trimmed) or (province if FINE.search(trimmed) or len(trimmed) > 6 else trimmed)


def _city(text: str) -> str | None:
    known = next((text[:size] for size in range(min(6, len(text)), 1, -1) if text[:size] in CITIES), None)
    if known is not None and not text.startswith((f"{known}县", f"{known}区")):
        return known
    cut = CUT.match(text)
    return cut[1] if cut else None
