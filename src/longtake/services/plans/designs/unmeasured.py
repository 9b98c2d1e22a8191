"""The refusal of a metric that has no days, with the file that would give it some."""

from __future__ import annotations

from longtake.locale import catalogue
from longtake.services.plans.daily import DAILY, NEEDS
from longtake.services.plans.errors import PlanActError


def unmeasured(metric: str) -> PlanActError:
    """Return why a metric cannot be judged day by day.

    A metric that never has days asks for another proof; one that lacks its rows names the file.

    Examples:
        >>> unmeasured("dependence").slots["need"]
        'spend'
        >>> unmeasured("reproduction").says
        'no_series'
    """
    if metric not in DAILY:
        return PlanActError(
            f"{metric} is not known day by day.",
            fix="Prove it as before_after, or move one of: " + ", ".join(DAILY) + ".",
            says="no_series",
            metric=metric,
        )
    return PlanActError(
        f"{metric} has no whole day yet.",
        fix=f"Bring in {catalogue('en').word('plan_need', NEEDS[metric])}.",
        says="series_needs",
        metric=metric,
        need=NEEDS[metric],
    )
