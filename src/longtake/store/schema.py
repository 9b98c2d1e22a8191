"""What a stored row looks like: one Arrow schema a table, and what makes two rows the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.comment import Comment
from longtake.domain.cue import Cue, ScriptLine
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.domain.observation import Observation
from longtake.domain.receipt import Row
from longtake.domain.referral import Referral

TEXT, WHOLE, REAL, FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()
TIME = pa.timestamp("us")
"""Naive UTC microseconds: the one form every engine reads alike."""
DAY = pa.date32()

PROVENANCE: Mapping[str, pa.DataType] = MappingProxyType(
    {"import_id": TEXT, "row": WHOLE, "source_file": TEXT, "source_line": WHOLE}
)
"""Where a row came from; ``row`` counts from 0 within one table of one import."""

_COLUMNS: Mapping[str, Mapping[str, pa.DataType]] = {
    "comments": {
        "comment_id": TEXT,
        "platform": TEXT,
        "kind": TEXT,
        "text": TEXT,
        "at": TIME,
        "at_end": TIME,
        "at_precision": TEXT,
        "author": TEXT,
        "author_kind": TEXT,
        "node_id": TEXT,
        "parent_id": TEXT,
        "lang": TEXT,
        "likes": WHOLE,
        "replies": WHOLE,
        "shares": WHOLE,
        "rating": REAL,
        "region": TEXT,
        "verified_viewer": FLAG,
        "film_ms": WHOLE,
        "topics": TEXT,
        "observed_at": TIME,
    },
    "observations": {
        "subject": TEXT,
        "subject_kind": TEXT,
        "platform": TEXT,
        "metric": TEXT,
        "value": REAL,
        "kind": TEXT,
        "at": TIME,
        "at_end": TIME,
        "at_precision": TEXT,
        "censored": TEXT,
        "raw": TEXT,
        "subject_at": TIME,
        "node_id": TEXT,
        "category": TEXT,
        "sponsored": FLAG,
        "observed_at": TIME,
    },
    "boxoffice": {
        "film": TEXT,
        "date": DAY,
        "city": TEXT,
        "cinema": TEXT,
        "basis": TEXT,
        "gross_cny": REAL,
        "cumulative_cny": REAL,
        "admissions": REAL,
        "showings": REAL,
        "seats": REAL,
        "occupancy_rate": REAL,
        "screening_share": REAL,
        "gross_share": REAL,
        "admissions_per_showing": REAL,
        "price_cny": REAL,
        "release_day": WHOLE,
        "preview": FLAG,
        "observed_at": TIME,
    },
    "events": {
        "kind": TEXT,
        "start": TIME,
        "end": TIME,
        "platform": TEXT,
        "city": TEXT,
        "cost_cny": REAL,
        "followers": REAL,
        "planned": FLAG,
        "node_id": TEXT,
        "note": TEXT,
    },
    "cues": {
        "node_id": TEXT,
        "number": WHOLE,
        "start_ms": WHOLE,
        "end_ms": WHOLE,
        "text": TEXT,
        "speaker": TEXT,
    },
    "nodes": {
        "node_id": TEXT,
        "kind": TEXT,
        "at": TIME,
        "platform": TEXT,
        "title": TEXT,
        "text": TEXT,
        "file": TEXT,
        "entry": TEXT,
        "owner": TEXT,
    },
    "script": {
        "node_id": TEXT,
        "number": WHOLE,
        "kind": TEXT,
        "text": TEXT,
        "scene": WHOLE,
        "start_ms": WHOLE,
        "end_ms": WHOLE,
        "speaker": TEXT,
        "note": TEXT,
    },
    "referrals": {
        "code": TEXT,
        "person": TEXT,
        "inviter_code": TEXT,
        "inviter": TEXT,
        "used_at": TIME,
        "used_end": TIME,
        "used_precision": TEXT,
        "used": FLAG,
        "channel": TEXT,
        "arm": TEXT,
        "observed_at": TIME,
    },
    # Scores times 10,000 as whole numbers: their sums do not depend on the order an engine adds in.
    "labels": {
        "label": TEXT,
        "value": TEXT,
        "score_e4": WHOLE,
        "p_e4": WHOLE,
        "method": TEXT,
        "span_start": WHOLE,
        "span_end": WHOLE,
    },
}

TABLES: Mapping[str, pa.Schema] = MappingProxyType(
    {name: pa.schema({**PROVENANCE, **columns}) for name, columns in _COLUMNS.items()}
)
"""Arrow schema by table, provenance first. A label's ``row`` is the row of the comment it judges."""

IDENTITY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "comments": ("platform", "comment_id"),
        "observations": (
            "subject_kind",
            "subject",
            "platform",
            "metric",
            "at",
            "subject_at",
            "node_id",
        ),
        "boxoffice": ("film", "date", "city", "cinema", "basis", "release_day"),
        "events": ("kind", "start", "end", "platform", "city", "planned", "node_id"),
        "cues": ("node_id", "number", "start_ms", "text"),
        "nodes": ("node_id",),
        "referrals": ("code", "person"),
        "script": ("node_id", "number", "kind", "start_ms", "text"),
    }
)
"""Columns that make two rows versions of one thing; null equals null."""

TABLE_OF: Mapping[type[Row], str] = MappingProxyType(
    {
        Comment: "comments",
        Observation: "observations",
        BoxOffice: "boxoffice",
        Event: "events",
        Cue: "cues",
        Node: "nodes",
        Referral: "referrals",
        ScriptLine: "script",
    }
)
"""Table by row type."""


def own_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table without its provenance, in order.

    Examples:
        >>> own_columns("cues")
        ('node_id', 'number', 'start_ms', 'end_ms', 'text', 'speaker')
    """
    return tuple(_COLUMNS[table])
