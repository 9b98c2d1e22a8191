"""Puts a native chart on a slide and gives it the look of the page."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from longtake.render.documents.slides.native import Curve, Native
from longtake.render.documents.slides.sheet import plain
from longtake.render.documents.stills import palette

LABELS = 7
BARS = frozenset({XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.COLUMN_CLUSTERED})
DASHES = (None, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.LONG_DASH, MSO_LINE.DASH_DOT, MSO_LINE.SQUARE_DOT)
SMALL = Pt(10)


def place(slide: Any, drawn: Native, box: tuple[int, int, int, int], *, name: str, alt: str) -> Any:
    """Add a native chart.

    Args:
        slide: Where.
        drawn: What.
        box: Left, top, width and height, EMU.
        name: Of the shape.
        alt: What it shows, for those who cannot see it.
    """
    frame = slide.shapes.add_chart(drawn.kind, *box, drawn.data)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    plain(chart, drawn.data)
    chart.has_title = False
    chart.font.size = SMALL
    chart.font.color.rgb = colour("soft")
    told = [curve for curve in drawn.curves if curve.kind in {"value", "acts"}]
    chart.has_legend = len(told) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = SMALL
        _hide(chart, drawn)
    _axes(chart, drawn)
    for series, curve in zip(chart.plots[0].series, drawn.curves, strict=True):
        _series(series, curve, drawn)
    space = chart._chartSpace.chart
    gap = space.find(qn("c:dispBlanksAs"))
    if gap is not None:
        gap.set("val", "gap")
    return frame


def colour(name: str) -> RGBColor:
    """Return a colour of the light page."""
    made: RGBColor = RGBColor.from_string(palette()[name][1:].upper())
    return made


def _axes(chart: Any, drawn: Native) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = colour("line")
    value.major_gridlines.format.line.width = Pt(0.5)
    value.format.line.fill.background()
    value.reverse_order = drawn.falling
    if drawn.kind in BARS and all(v is None or v >= 0 for curve in drawn.curves for v in curve.values):
        value.minimum_scale = 0
    value.tick_labels.font.size = category.tick_labels.font.size = SMALL
    value.tick_labels.number_format = "0%" if drawn.share else "#,##0.######"
    value.tick_labels.number_format_is_linked = False
    category.format.line.color.rgb = colour("line")
    category.has_major_gridlines = False
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if drawn.kind == XL_CHART_TYPE.BAR_CLUSTERED:
        category.reverse_order = True
    elif drawn.steps > LABELS:
        skip = -(-drawn.steps // LABELS)
        for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
            _insert(category._element, tag, str(skip))


def _hide(chart: Any, drawn: Native) -> None:
    """Take the ends of intervals out of the legend: their line is named already."""
    position = chart.legend._element.find(qn("c:legendPos"))
    for index, curve in reversed(list(enumerate(drawn.curves))):
        if curve.kind in {"low", "high"}:
            entry = etree.Element(qn("c:legendEntry"))
            etree.SubElement(entry, qn("c:idx")).set("val", str(index))
            etree.SubElement(entry, qn("c:delete")).set("val", "1")
            position.addnext(entry)


def _insert(axis: Any, tag: str, value: str) -> None:
    """Insert a child where the schema wants it: before noMultiLvlLbl and extLst."""
    made = etree.SubElement(axis, qn(tag))
    made.set("val", value)
    for late in ("c:noMultiLvlLbl", "c:extLst"):
        found = axis.find(qn(late))
        if found is not None:
            found.addprevious(made)
            return


def _series(series: Any, curve: Curve, drawn: Native) -> None:
    line_like = drawn.kind not in BARS
    if not line_like and curve.kind == "value":
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(curve.colour)
        series.invert_if_negative = False
    if line_like:
        series.smooth = False
        series.format.line.color.rgb = colour(curve.colour)
        series.format.line.width = Pt(1.75 if curve.kind == "value" else 0.75)
        if curve.kind in {"low", "high"} or curve.colour == "promo":
            series.format.line.dash_style = MSO_LINE.DASH if curve.kind == "value" else MSO_LINE.ROUND_DOT
        elif curve.dash % len(DASHES):
            series.format.line.dash_style = DASHES[curve.dash % len(DASHES)]
        if drawn.kind == XL_CHART_TYPE.LINE and curve.kind != "acts":
            series.marker.style = XL_MARKER_STYLE.NONE
        if drawn.kind == XL_CHART_TYPE.LINE_MARKERS:
            series.format.line.fill.background()
            _dot(series, curve.colour, 9, XL_MARKER_STYLE.CIRCLE)
    if curve.kind == "acts":
        if line_like:
            series.format.line.fill.background()
            _dot(series, curve.colour, 6, XL_MARKER_STYLE.TRIANGLE)
        _labels(series, curve)
    if curve.ends:
        _whiskers(series, curve)


def _dot(series: Any, name: str, size: int, style: Any) -> None:
    series.marker.style, series.marker.size = style, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(name)
    series.marker.format.line.fill.background()


def _labels(series: Any, curve: Curve) -> None:
    for place, label in enumerate(curve.labels):
        if label:
            shown = series.points[place].data_label
            shown.has_text_frame = True
            shown.text_frame.text = label
            shown.text_frame.paragraphs[0].runs[0].font.size = Pt(8)
            shown.text_frame.paragraphs[0].runs[0].font.color.rgb = colour(curve.colour)
            shown.position = XL_LABEL_POSITION.ABOVE


def _whiskers(series: Any, curve: Curve) -> None:
    """Add error bars from the interval: ECMA-376 part 1, 21.2.2.55."""
    bars = etree.Element(qn("c:errBars"))
    for tag, said in (
        ("c:errDir", "y"),
        ("c:errBarType", "both"),
        ("c:errValType", "cust"),
        ("c:noEndCap", "0"),
    ):
        if tag == "c:errDir" and series._element.getparent().tag == qn("c:barChart"):
            continue
        etree.SubElement(bars, qn(tag)).set("val", said)
    for tag, side in (("c:plus", 1), ("c:minus", 0)):
        numbers = etree.SubElement(etree.SubElement(bars, qn(tag)), qn("c:numLit"))
        etree.SubElement(numbers, qn("c:formatCode")).text = "General"
        etree.SubElement(numbers, qn("c:ptCount")).set("val", str(len(curve.values)))
        for index, (value, ends) in enumerate(zip(curve.values, curve.ends, strict=True)):
            if value is not None and ends is not None:
                point = etree.SubElement(numbers, qn("c:pt"))
                point.set("idx", str(index))
                etree.SubElement(point, qn("c:v")).text = repr(abs(ends[side] - value))
    shape = etree.SubElement(bars, qn("c:spPr"))
    line = etree.SubElement(shape, qn("a:ln"))
    line.set("w", "15875")
    fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    fill.set("val", palette()["ink" if curve.colour == "soft" else curve.colour][1:].upper())
    for late in ("c:cat", "c:xVal", "c:val", "c:yVal"):
        found = series._element.find(qn(late))
        if found is not None:
            found.addprevious(bars)
            return
