"""Charts as Altair specifications, one file a form, coloured by the page's own variables."""

from longtake.render.charts.panel import NARROW, WIDE, Panel, Size
from longtake.render.charts.panels import panels, seen_marks
from longtake.render.charts.picture import still

__all__ = ["NARROW", "WIDE", "Panel", "Size", "panels", "seen_marks", "still"]
