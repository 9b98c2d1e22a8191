"""The signs that it was pushed too hard, and that the world changed."""

from __future__ import annotations

from longtake.domain.answers.cause import Sign
from longtake.domain.figure import Figure
from longtake.services.reports.draft import Draft
from longtake.services.reports.pressure.elsewhere import outside_rise, outside_talk
from longtake.services.reports.pressure.outside import (
    Outside,
    competitor_surge,
    holiday_end,
    platform_fall,
)
from longtake.services.reports.pressure.promotion import (
    complaints,
    dependence,
    fell,
    flooded_share,
)
from longtake.services.reports.pressure.spend import saturated
from longtake.services.reports.pressure.supply import supply_cut

PUSHED, OUTSIDE = "over_promotion", "external"


def signs(draft: Draft) -> tuple[Sign, ...]:
    """Return the signs of both causes, measured or unknown; higher always speaks for the cause."""
    return (
        Sign("promotion_dependence", PUSHED, dependence(draft)),
        Sign("fell_with_promotion", PUSHED, fell(draft)),
        Sign("spend_saturated", PUSHED, saturated(draft)),
        Sign("flooded_share", PUSHED, flooded_share(draft)),
        Sign("marketing_complaints", PUSHED, complaints(draft)),
        *(Sign(one.key, OUTSIDE, outside_figure(draft, one)) for one in outside(draft)),
        Sign("outside_talk", OUTSIDE, outside_talk(draft)),
        Sign("outside_rise", OUTSIDE, outside_rise(draft)),
    )


def outside(draft: Draft) -> tuple[Outside, ...]:
    """Return everything that may have changed outside, in a fixed order."""
    found: tuple[Outside, ...] = draft.once(
        "outside",
        lambda: (competitor_surge(draft), holiday_end(draft), supply_cut(draft), platform_fall(draft)),
    )
    return found


def outside_figure(draft: Draft, one: Outside) -> Figure:
    """Return what changed outside as a figure."""
    return draft.figure(f"pressure.{one.key}", one.key, one.quantity, one.evidence)
