"""Topics in a text, in one form whatever the platform's."""

from __future__ import annotations

import re

SUFFIX = re.compile(r"\[(?:话题|超话)\]$")
PAIRED = re.compile(r"(?<![&/])#([^#\s][^#\n]{0,78}[^#\s&]|[^#\s&])#")
SINGLE = re.compile(r"(?<![A-Za-z0-9_/&])#([\w·・\-]{1,80})")


def hashtags(text: str) -> str | None:
    """Return the topics of a text, each between two number signs, or None when there is none.

    Reads ``#topic#`` (Weibo), ``#topic[话题]#`` (Xiaohongshu) and ``#topic`` before a space
    (Douyin, Bluesky, Mastodon); each topic once, in order.

    Examples:
        >>> hashtags("#我和我的后背# 泪目 #我和我的后背#")
        '#我和我的后背#'
        >>> hashtags("cried #film #night"), hashtags("no topic")
        ('#film##night#', None)
    """
    if "#" not in text:
        return None
    found: dict[str, None] = {}
    place = text.find("#")
    while place >= 0:
        topic, place = _one(text, place)
        if topic:
            found[topic] = None
        place = text.find("#", place)
    return "".join(f"#{topic}#" for topic in found) or None


def _one(text: str, place: int) -> tuple[str, int]:
    if paired := PAIRED.match(text, place):
        return SUFFIX.sub("", paired[1]).strip(), paired.end()
    single = SINGLE.match(text, place)
    if single and not single[1].isdigit():
        return single[1], single.end()
    return "", place + 1
