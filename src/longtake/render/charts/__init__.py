"""Charts as Altair specifications, one file a form, coloured by the page's own variables."""

from longtake.render.charts.panel import NARROW, WIDE, Panel, Size
from longtake.render.charts.panels import own_scales, panels, seen_marks
from longtake.render.charts.picture import still

__all__ = ["NARROW", "WIDE", "Panel", "Size", "own_scales", "panels", "seen_marks", "still"]
