"""One number that a platform or a list showed at one time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from longtake.domain.timed.moment import Precision


@dataclass(frozen=True, slots=True)
class Observation:
    """One number at one time, identified by its subject, platform, metric and time.

    Attributes:
        subject: The topic, node (a work's title or id) or film that was measured.
        subject_kind: topic, node or film.
        platform: As in :class:`~longtake.domain.comment.Comment`.
        metric: reads, plays, likes, comments, shares, favourites, followers, discussions, rank, hot,
            completion_rate, watch_seconds ... in the field's English terms.
        value: The number; None only when the source shows a bound it does not state.
        kind: increment, cumulative, score, rank or ratio (ratios lie in [0, 1]).
        source_line: 1-based line or record number in the source file.
        at: When the number held, aware UTC; None when the file does not tell.
        at_end: First instant that is too late, aware UTC; None when unknown.
        at_precision: How finely the source told the time.
        censored: "below" for ``<0.1%``, "above" for ``1万+``; None for an exact number.
        raw: The string as it stood in the source; None where it was a plain number.
        subject_at: When the subject was published, aware UTC.
        node_id: The platform's id of the subject, where it has one.
        category: The list's own category of the subject.
        sponsored: True for an advertised slot of a list.
        observed_at: When the number was read off the platform, aware UTC.
    """

    subject: str
    subject_kind: str
    platform: str
    metric: str
    value: float | None
    kind: str
    source_line: int
    at: datetime | None = None
    at_end: datetime | None = None
    at_precision: Precision = Precision.UNKNOWN
    censored: str | None = None
    raw: str | None = None
    subject_at: datetime | None = None
    node_id: str | None = None
    category: str | None = None
    sponsored: bool | None = None
    observed_at: datetime | None = None
