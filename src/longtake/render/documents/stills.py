"""A chart as pictures for paper: colours of the light page, letters the fonts have."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import vl_convert

from longtake.domain.answers.report import Chart
from longtake.render.charts import Size, panels, still
from longtake.render.documents.fonts import FontsError, folder, legible
from longtake.render.pictures import at_rest
from longtake.render.wording import Wording

PAPER = Size("wide", 900, 3, 12)
VARIABLE = re.compile(r"var\(--([a-z]+)\)")
LIGHT = re.compile(r"--([a-z]+): light-dark\((#[0-9a-f]{6}),")
HEAD = re.compile(
    r'^<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)" height="([\d.]+)" data-width="([\d.]+)"[^>]*>'
)
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line y2="6" stroke="{soft}" stroke-opacity=".38"/></pattern></defs>'
)


def svgs(chart: Chart, wording: Wording) -> tuple[str, ...]:
    """Return the panels of a chart as whole SVG files, from top to bottom; none for an empty table."""
    return tuple(_whole(still(at_rest(panel))) for panel in panels(chart, wording, PAPER, live=False))


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """Return an SVG on white ground as PNG, ``scale`` pixels a unit."""
    _ready()
    width, height = size(svg)
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    end = svg.index(">") + 1
    picture: bytes = vl_convert.svg_to_png(svg[:end] + ground + svg[end:], scale=scale)
    return picture


def size(svg: str) -> tuple[float, float]:
    """Return width and height of an SVG as :func:`svgs` gives it."""
    found = re.match(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"', svg)
    if found is None:
        raise ValueError("the SVG does not start as expected")
    return float(found[1]), float(found[2])


@cache
def palette() -> dict[str, str]:
    """Return the colours of the light page by name, as ``#rrggbb``."""
    return dict(LIGHT.findall((files("longtake.render") / "assets" / "page.css").read_text(encoding="utf-8")))


def _whole(svg: str) -> str:
    head = HEAD.match(svg)
    if head is None:
        raise ValueError("the SVG does not start as expected")
    width, height = head[1], head[2]
    colours = palette()
    body = VARIABLE.sub(lambda found: colours[found[1]], svg[head.end() :])
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
        + HATCH.format(soft=colours["soft"])
        + _legible(body)
    )


def _legible(svg: str) -> str:
    try:
        return legible(svg)
    except FontsError:
        return svg


@cache
def _ready() -> None:
    try:
        vl_convert.register_font_directory(str(folder()))
    except FontsError:
        return
