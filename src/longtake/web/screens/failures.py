"""Pages that say what went wrong and what would do; never a stack trace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from longtake.errors import LongtakeError, NotFoundError
from longtake.web.access import anyone
from longtake.web.pages.show import show


@anyone
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing at this address, or nothing for this visitor."""
    del exception
    return show(request, "failure.html.j2", status=404, kind="missing", error=None)


@anyone
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the visitor's part does not include this."""
    del exception
    return show(request, "failure.html.j2", status=403, kind="forbidden", error=None)


@anyone
def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request makes no sense."""
    del exception
    return show(request, "failure.html.j2", status=400, kind="bad", error=None)


@anyone
def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without saying what to strangers."""
    return bare(request, 500, "broken")


@anyone
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is too old to be taken."""
    del reason
    return bare(request, 403, "stale_form")


def refused(request: HttpRequest, error: LongtakeError) -> HttpResponse:
    """Say what the data do not allow."""
    if isinstance(error, NotFoundError):
        return missing(request)
    return show(request, "failure.html.j2", status=409, kind="refused", error=error)


def closed(request: HttpRequest) -> HttpResponse:
    """Say that the records cannot be reached; nothing was taken in."""
    return bare(request, 503, "closed")


def bare(request: HttpRequest, status: int, kind: str) -> HttpResponse:
    """Return a page that asks nothing of the database."""
    return show(request, "bare.html.j2", status=status, kind=kind, quiet=True)
