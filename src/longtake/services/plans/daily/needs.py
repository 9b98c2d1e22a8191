"""Which file a metric needs before it can be measured day by day."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "violated": "comments",
        "recommend": "comments",
        "warn": "comments",
        "pass_on": "comments",
        "floods": "comments",
        "marketing_complaints": "comments",
        "comments_a_day": "comments",
        "comments_total": "comments",
        "makers": "authors",
        "makers_a_day": "authors",
        "smallest_circle": "circles",
        "other_circles": "two_circles",
        "dependence": "spend",
        "reproduction": "spend",
        "entry_nodes": "nodes",
        "tickets_a_day": "box_office",
        "tickets_a_showing": "showings",
        "informed": "comments",
    }
)
"""Key of the words ``plan_need.<key>`` of each metric of a plan."""
