"""Templates: escaped by default, and a name that is missing is an error."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse
from django_htmx.jinja import htmx_script
from markupsafe import Markup

from longtake.render.inventory import slug
from longtake.web.pages.problems import in_words, job_words


def environment(**options: Any) -> jinja2.Environment:
    """Return what Django's Jinja2 backend renders with."""
    own = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = jinja2.Environment(**{**options, **own, "autoescape": True})  # noqa: S701 -- it is, two words before
    made.globals.update(
        static=static,
        url=address,
        htmx_script=htmx_script,
        slug=slug,
        in_words=in_words,
        job_words=job_words,
        last_day=last_day,
    )
    made.filters["ours"] = _ours
    return made


def address(name: str, /, **given: Any) -> str:
    """Return the address of a route."""
    return str(reverse(name, kwargs=given))


def last_day(end: datetime, zone: tzinfo) -> date:
    """Return the last day that lies in a stretch of time.

    Examples:
        >>> from datetime import UTC
        >>> last_day(datetime(2026, 1, 27, tzinfo=UTC), UTC)
        datetime.date(2026, 1, 26)
    """
    return (end - timedelta(microseconds=1)).astimezone(zone).date()


def _ours(text: str) -> Markup:
    """Mark SVG that we drew ourselves as safe; its texts were escaped when it was drawn."""
    return Markup(text)  # noqa: S704 -- drawn by vl-convert, which escapes every text
