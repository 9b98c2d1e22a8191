"""Every question the product asks of its data, by name; the same expression on every engine."""

from longtake.store.catalogue import (
    boxoffice,
    comments,
    labels,
    observations,
    polarity,
    rows,
    telling,
    timeline,
)
from longtake.store.catalogue.query import Parameter, ParameterError, Query, catalogue, find
from longtake.store.catalogue.views import Views

__all__ = [
    "Parameter",
    "ParameterError",
    "Query",
    "Views",
    "boxoffice",
    "catalogue",
    "comments",
    "find",
    "labels",
    "observations",
    "polarity",
    "rows",
    "telling",
    "timeline",
]
