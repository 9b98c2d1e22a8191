"""Put a page together: words, navigation, the visitor, and what the screen brings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from longtake.locale import catalogue
from longtake.records.boot import version
from longtake.render.wording import Wording
from longtake.services.reports.draft import ZONE
from longtake.web.access import Place
from longtake.web.pages.choices import THEME, THEMES
from longtake.web.pages.screens import MORE, SCREENS, of_screen


def show(
    request: HttpRequest,
    template: str,
    *,
    place: Place | None = None,
    status: int = 200,
    quiet: bool = False,
    **context: Any,
) -> HttpResponse:
    """Return a page.

    Args:
        request: The request; its language and theme decide how the page reads and looks.
        template: Name of the template.
        place: The campaign the page is about; None for the workspace.
        status: HTTP status.
        quiet: Ask nothing of the database: no visitor, nothing told.
        context: What the template needs besides.
    """
    lang = getattr(request, "lang", "zh")
    words = catalogue(lang)
    theme = request.COOKIES.get(THEME, "auto")
    every = {
        "words": words,
        "say": words.say,
        "lang": lang,
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "wording": Wording(words, ZONE),
        "place": place,
        "visitor": None if quiet else getattr(request, "user", None),
        "told": [] if quiet or not hasattr(request, "_messages") else list(messages.get_messages(request)),
        "here": request.get_full_path(),
        "version": version(),
        "nav": screens_of(place) if place is not None else (),
        "screen": "",
        "work": "",
    }
    return HttpResponse(
        get_template(template, using="jinja2").render({**every, **context}, request), status=status
    )


def screens_of(place: Place) -> tuple[str, ...]:
    """Return the screens of figures that the visitor of a campaign may open."""
    found = place.kept()
    more = (MORE,) if found is not None and of_screen(MORE, found.sections) else ()
    return tuple(screen for screen in (*SCREENS, *more) if place.part.sees(screen))


def tell(request: HttpRequest, key: str, *, good: bool = True, **slots: object) -> None:
    """Say something on the next page, by the key of its words."""
    words = catalogue(getattr(request, "lang", "zh"))
    (messages.success if good else messages.error)(request, words.say(f"web.{key}", **slots))
