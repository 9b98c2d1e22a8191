"""What a visitor chose to read and to see: language and theme."""

from __future__ import annotations

from longtake.locale import LANGUAGES

LANG = "longtake_lang"
THEME = "longtake_theme"
THEMES = ("auto", "light", "dark")


def chosen(cookie: str, accepted: str) -> str:
    """Return zh or en.

    Examples:
        >>> chosen("en", "zh-CN"), chosen("", "fr, en;q=0.8, zh;q=0.5"), chosen("", "de"), chosen("x", "")
        ('en', 'en', 'zh', 'zh')
        >>> chosen("", "en;q=0.2, zh;q=0.9")
        'zh'
    """
    if cookie in LANGUAGES:
        return cookie
    wanted = []
    for order, item in enumerate(accepted.lower().split(",")):
        tag, _, weight = item.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), order, tag[:2]))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wanted) if tag in LANGUAGES), "zh")
