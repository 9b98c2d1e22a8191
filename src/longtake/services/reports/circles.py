"""An audience circle as the parameters of a query."""

from __future__ import annotations

from longtake.domain.campaign import Circle
from longtake.domain.figure import Scalar
from longtake.services.reports.draft import JOIN


def rules(circle: Circle) -> dict[str, Scalar]:
    """Return a circle as the parameters of a query."""
    told = {"platforms": circle.platforms, "regions": circle.regions, "words": circle.keywords}
    return {name: JOIN.join(values) for name, values in told.items() if values}
