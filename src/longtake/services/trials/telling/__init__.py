"""A trial in words: the same on a terminal and on a page."""

from longtake.services.trials.telling.amounts import Amounts
from longtake.services.trials.telling.designed import design_lines, power_lines
from longtake.services.trials.telling.looked import (
    departures,
    headline,
    label,
    look_lines,
    name_of,
    split_line,
    verdict_lines,
    wait_lines,
)
from longtake.services.trials.telling.values import book_values

__all__ = [
    "Amounts",
    "book_values",
    "departures",
    "design_lines",
    "headline",
    "label",
    "look_lines",
    "name_of",
    "power_lines",
    "split_line",
    "verdict_lines",
    "wait_lines",
]
