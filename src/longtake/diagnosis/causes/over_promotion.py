"""The heat was bought, and ends where the money ends."""

from __future__ import annotations

from longtake.diagnosis.watched import Watched

CAUSE = "over_promotion"
SIGNS = (
    Watched("promotion_dependence", ("comments", "events"), share=True),
    Watched("fell_with_promotion", ("comments", "events")),
    Watched("spend_saturated", ("comments", "spend")),
    Watched("flooded_share", ("comments",), share=True),
    Watched("marketing_complaints", ("comments",), share=True),
)
