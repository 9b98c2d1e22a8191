"""A panel as a picture that needs no script."""

from __future__ import annotations

import re

import vl_convert

from longtake.render.charts.panel import Panel

SIZE = re.compile(r'^<svg [^>]*?width="([\d.]+)" height="([\d.]+)" viewBox="([^"]+)">')
EMPTY_GROUND = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')
LONG_NUMBER = re.compile(r"(\d+\.\d)\d{2,}")


def still(panel: Panel) -> str:
    """Return a panel as inline SVG, as tall as it will be when the live one takes its place.

    The colours stay CSS variables, so the picture follows the page's theme.
    """
    svg: str = vl_convert.vegalite_to_svg(panel.full)
    found = SIZE.match(svg)
    if found is None:
        raise ValueError("the SVG does not start as expected")
    width, height, box = found.groups()
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" height="{height}" data-width="{width}"'
    body = LONG_NUMBER.sub(r"\1", EMPTY_GROUND.sub("", svg[found.end() :]))
    return f'{head} preserveAspectRatio="xMinYMin meet" focusable="false" aria-hidden="true">{body}'
