"""What one drawn panel is: a specification, its data, and the look all panels share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from longtake.locale import Catalogue

FONT = (
    "PingFang SC, Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, system-ui, sans-serif"
)
INK, SOFT, LINE = "var(--ink)", "var(--soft)", "var(--line)"
WOM, PROMO, GOOD = "var(--wom)", "var(--promo)", "var(--good)"
LEFT, RIGHT = 54, 20
CONFIG = {
    "font": FONT,
    "background": None,
    "aria": False,
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": 12, "fill": SOFT},
    "axis": {
        "labelColor": SOFT,
        "labelFont": FONT,
        "labelFontSize": 12,
        "domainColor": LINE,
        "gridColor": LINE,
        "tickColor": LINE,
        "title": None,
        "labelOverlap": True,
    },
}


@dataclass(frozen=True, slots=True)
class Size:
    """A width to draw for.

    Attributes:
        name: wide or narrow.
        width: Of the whole picture, pixels.
        rows: Lines of event labels above the plot.
        ticks: Most labels on a time axis.
    """

    name: str
    width: int
    rows: int
    ticks: int

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.name == "narrow"


WIDE = Size("wide", 1080, 3, 14)
NARROW = Size("narrow", 334, 2, 5)


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture.

    Attributes:
        spec: A Vega-Lite specification without data; its width fits ``Size.width``.
        data: Rows by the data name the specification asks for.
    """

    spec: Mapping[str, Any]
    data: Mapping[str, Sequence[Mapping[str, Any]]]

    @property
    def full(self) -> dict[str, Any]:
        """The specification together with its data."""
        return {**self.spec, "datasets": {name: list(rows) for name, rows in self.data.items()}}


def finished(
    layers: Sequence[alt.Chart],
    data: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    size: Size,
    height: int,
    padding: tuple[int, int, int, int],
) -> Panel:
    """Return layers as one panel of fixed margins, so that time axes line up between charts.

    Args:
        layers: From back to front; each names its data.
        data: Rows by name; layers without rows should not be passed.
        size: For which width.
        height: Of the plot without margins, pixels.
        padding: Top, right, bottom and left margin, pixels.
    """
    top, right, bottom, left = padding
    # Checking against the schema takes a fifth of a page; the tests do it for every form of chart.
    spec = alt.layer(*layers).to_dict(validate=False)
    spec |= {
        "width": size.width - left - right,
        "height": height,
        "autosize": {"type": "none"},
        "padding": {"top": top, "right": right, "bottom": bottom, "left": left},
        "config": CONFIG,
    }
    return Panel(spec, data)


def layer(data: str, **properties: Any) -> alt.Chart:
    """Return an empty chart over named data."""
    return alt.Chart(alt.NamedData(name=data), **properties)


def caption(dy: int) -> alt.Chart:
    """Return the layer that names one of several panels; its data are called ``caption``."""
    text = layer("caption").mark_text(align="left", baseline="top", dx=6, dy=dy, fontWeight=600, color=INK)
    drawn: alt.Chart = text.encode(x=alt.XValue(0), y=alt.YValue(0), text="t:N")
    return drawn


def value_axis(
    catalogue: Catalogue, unit: str, *, ticks: int, values: Sequence[float] | None = None, side: bool = True
) -> alt.Axis:
    """Return the axis of values; on the left side it is always equally wide, so that plots line up.

    Args:
        catalogue: Language of the labels.
        unit: Unit of the values.
        ticks: About how many.
        values: Exactly which; None lets the scale decide.
        side: Whether it stands on the left rather than below.
    """
    extent = LEFT - 8 if side else alt.Undefined
    return alt.Axis(
        labelExpr=number_labels(catalogue, unit),
        tickCount=ticks if values is None else alt.Undefined,
        values=alt.Undefined if values is None else list(values),
        minExtent=extent,
        maxExtent=extent,
        domain=False,
        ticks=False,
        title=None,
    )


def number_labels(catalogue: Catalogue, unit: str) -> str:
    """Return the Vega expression that writes a number on an axis in the catalogue's language."""
    if unit in {"share", "probability"}:
        return "format(datum.value, '~%')"
    steps = ((1e8, "亿"), (1e4, "万")) if catalogue.lang == "zh" else ((1e9, " B"), (1e6, " M"), (1e4, "k"))
    plain = "replace(format(datum.value, ',.4~r'), '-', '−')"
    for step, word in reversed(steps):
        divisor = 1e3 if word == "k" else step
        short = f"replace(format(datum.value / {divisor:.0f}, '.4~r'), '-', '−') + '{word}'"
        plain = f"abs(datum.value) >= {step:.0f} ? {short} : {plain}"
    return plain


def text_width(text: str) -> float:
    """Return about how wide a label of 12 pixels is."""
    return sum(12.2 if ord(letter) > 0x2E7F else 6.8 for letter in text)
