"""What Weibo's badges say about who speaks."""

from __future__ import annotations

_BADGES = {
    "黄V": "kol",
    "红V": "kol",
    "金V": "kol",
    "橙V": "kol",
    "蓝V": "official",
    "普通用户": "audience",
}
_TYPES = {"-1": "audience", "0": "kol", **{str(kind): "official" for kind in range(1, 8)}}


def badge(raw: str) -> str | None:
    """Return the kind of author a badge stands for, None when it tells nothing.

    Examples:
        >>> badge("蓝V"), badge("普通用户"), badge("")
        ('official', 'audience', None)
    """
    return _BADGES.get(raw.strip().replace("v", "V"))


def verified_type(raw: str) -> str | None:
    """Return the kind of author a number of the API stands for: -1 nobody, 0 a person, 1 to 7 a body.

    Examples:
        >>> verified_type("0"), verified_type("3"), verified_type("220")
        ('kol', 'official', None)
    """
    return _TYPES.get(raw.strip())
