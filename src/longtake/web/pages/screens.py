"""Which sections of a report make up which screen."""

from __future__ import annotations

from collections.abc import Sequence

SCREENS: dict[str, tuple[str, ...]] = {
    "heat": ("split", "heat", "list", "ahead", "pressure", "counters", "events"),
    "voice": ("voice", "said", "words", "who", "depth"),
    "story": ("story", "lines"),
    "positioning": ("positioning", "crossing"),
    "interaction": ("interaction", "referrals"),
    "box-office": ("box_office",),
    "diagnosis": ("diagnosis",),
}
"""Sections by screen, in the order of their tabs; the first one that was measured is the screen's answer."""

MORE = "more"
"""The screen of sections that no other screen names."""


def of_screen(screen: str, measured: Sequence[str]) -> tuple[str, ...]:
    """Return the sections of a screen that were measured, in the order of its tabs.

    Examples:
        >>> of_screen("heat", ["list", "heat", "brand_new"]), of_screen("more", ["heat", "brand_new"])
        (('heat', 'list'), ('brand_new',))
    """
    if screen == MORE:
        named = {name for names in SCREENS.values() for name in names}
        return tuple(name for name in measured if name not in named)
    return tuple(name for name in SCREENS[screen] if name in measured)


def screen_of(section: str) -> str:
    """Return the screen a section stands on.

    Examples:
        >>> screen_of("box_office"), screen_of("brand_new")
        ('box-office', 'more')
    """
    return next((screen for screen, names in SCREENS.items() if section in names), MORE)
