"""Whose word about the visitor's address is taken."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


class Proxies:
    """Believes X-Forwarded-For and -Proto from configured proxies, and drops them from everyone else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the visitor's address, and whether the connection is encrypted."""
        told = {name: request.META.pop(name, "") for name in FORWARDED}
        if request.META.get("REMOTE_ADDR", "") in settings.PROXIES:
            # The proxy appends the address it saw; what stands before it came from the visitor.
            last = told["HTTP_X_FORWARDED_FOR"].rpartition(",")[2].strip()
            if last:
                request.META["REMOTE_ADDR"] = last[:64]
            if told["HTTP_X_FORWARDED_PROTO"].strip() == "https":
                request.META["wsgi.url_scheme"] = "https"
        return self._next(request)
