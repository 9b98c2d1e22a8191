"""Nobody knows who the film is for: circles judge it against each other, or the wrong one came."""

from __future__ import annotations

from longtake.diagnosis.watched import Watched

CAUSE = "positioning"
SIGNS = (
    Watched("circle_divergence", ("comments", "circles")),
    Watched("polarised", ("comments",)),
    Watched("planned_missed", ("comments", "circles")),
    Watched("strangers", ("comments", "circles"), share=True),
    Watched("weak_link", ("comments", "circles")),
    Watched("aspect_split", ("comments", "circles")),
    Watched("speakers_divided", ("comments",)),
    Watched("misplaced_talk", ("comments",), share=True),
)
