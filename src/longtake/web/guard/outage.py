"""A page that stands when the database does not."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from longtake.errors import LongtakeError

logger = logging.getLogger("longtake.web")


class Outage:
    """Turns a database that is down, or a workspace that is gone, into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say that nothing can be answered now."""
        try:
            return self._next(request)
        except (DatabaseError, InterfaceError) as error:
            return self._closed(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Catch what a screen ran into."""
        from longtake.web.screens import failures  # noqa: PLC0415 -- app ready

        if isinstance(error, (DatabaseError, InterfaceError)):
            return self._closed(request, error)
        if isinstance(error, LongtakeError):
            return failures.refused(request, error)
        return None

    def _closed(self, request: HttpRequest, error: Exception) -> HttpResponse:
        from longtake.web.screens import failures  # noqa: PLC0415 -- app ready

        logger.error("database: %s", type(error).__name__)
        return failures.closed(request)
