"""Trailer and film are not the same film: what was promised does not meet what is on screen."""

from __future__ import annotations

from longtake.diagnosis.watched import Watched

CAUSE = "mismatch"
SIGNS = (
    Watched("expectation_violated", ("comments", "release_at")),
    Watched("gap_intensity", ("film_subtitles", "trailer_subtitles")),
    Watched("gap_relations", ("film_subtitles", "trailer_subtitles", "characters")),
    Watched("gap_pacing", ("film_subtitles", "trailer_subtitles")),
    Watched("promises_unpaid", ("film_subtitles", "trailer_subtitles"), share=True),
    Watched("node_drift", ("proposition", "nodes")),
)
