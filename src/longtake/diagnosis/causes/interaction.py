"""People liked it and found no way to take part."""

from __future__ import annotations

from longtake.diagnosis.watched import Watched

CAUSE = "interaction"
SIGNS = (
    Watched("nodes_without_entry", ("nodes",), share=True),
    Watched("few_shares", ("comments",)),
    Watched("few_creators", ("comments", "works")),
    Watched("funnel_break", ("counts",)),
)
