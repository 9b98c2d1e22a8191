"""Which language a visitor reads."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from longtake.web.pages.choices import LANG, chosen

DJANGO = {"zh": "zh-hans", "en": "en"}


class Language:
    """Takes the language chosen before, else the browser's, else Chinese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Settle the language for our words and for Django's."""
        request.lang = chosen(request.COOKIES.get(LANG, ""), request.headers.get("Accept-Language", ""))
        with translation.override(DJANGO[request.lang]):
            response = self._next(request)
        response.setdefault("Content-Language", {"zh": "zh-Hans", "en": "en"}[request.lang])
        return response
