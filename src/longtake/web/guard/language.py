"""Which language a visitor reads."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from longtake.locale import LANGUAGES

COOKIE = "longtake_lang"
DJANGO = {"zh": "zh-hans", "en": "en"}


class Language:
    """Takes the language chosen before, else the browser's, else Chinese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Settle the language for our words and for Django's."""
        request.lang = chosen(request.COOKIES.get(COOKIE, ""), request.headers.get("Accept-Language", ""))
        with translation.override(DJANGO[request.lang]):
            response = self._next(request)
        response.setdefault("Content-Language", {"zh": "zh-Hans", "en": "en"}[request.lang])
        return response


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
