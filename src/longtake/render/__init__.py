"""Turn a report value into a page, a data file and a workbook."""

from longtake.render.data import figures_json
from longtake.render.page import page
from longtake.render.tables import csv_table
from longtake.render.workbook import workbook

__all__ = ["csv_table", "figures_json", "page", "workbook"]
