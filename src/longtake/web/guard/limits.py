"""How much a request may bring, before any of it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

UPLOAD = "files"


class Limits:
    """Refuses a body that is too large: an upload by who signed in may be large, nothing else may.

    It stands before the check of form tokens, which reads the whole body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass it on."""
        return self._next(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, given: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse what is too large."""
        del view, args, given
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        upload = request.resolver_match.url_name == UPLOAD and request.user.is_authenticated
        if upload and length.isdecimal() and int(length) <= settings.UPLOAD_BYTES:
            return None
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"next": "", "problem": "web.upload_too_big"}, status=413)
        from longtake.web.screens import failures  # noqa: PLC0415 -- app ready

        return failures.bare(request, 413, "too_big")
