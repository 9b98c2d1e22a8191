"""The world changed: a rival, the end of a holiday, fewer showings, a platform that falls as a whole."""

from __future__ import annotations

from longtake.diagnosis.watched import Watched

CAUSE = "external"
SIGNS = (
    Watched("competitor_surge", ("competitors", "hot_list")),
    Watched("holiday_end", ("comments",)),
    Watched("supply_cut", ("box_office",)),
    Watched("platform_fall", ("hot_list",)),
    Watched("outside_talk", ("comments",), share=True),
    Watched("outside_rise", ("comments",)),
)
