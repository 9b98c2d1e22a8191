"""Values as platforms write them: numbers, shares, times, regions, text.

Each function takes a cell as it stands and returns what it states, None where it states nothing, or
raises :class:`~longtake.ingest.values.refusal.BadValue` with what would have been taken.
"""

from longtake.ingest.values.duration import seconds
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.markup import plain
from longtake.ingest.values.moment import epoch, moment
from longtake.ingest.values.number import Number, count, ident, number, share
from longtake.ingest.values.refusal import BadValue
from longtake.ingest.values.region import region
from longtake.ingest.values.text import clean

__all__ = [
    "BadValue",
    "Number",
    "clean",
    "count",
    "epoch",
    "hashtags",
    "ident",
    "moment",
    "number",
    "plain",
    "region",
    "seconds",
    "share",
]
