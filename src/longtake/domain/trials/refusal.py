"""Why a design cannot be run."""

from __future__ import annotations

from longtake.errors import LongtakeError

FIXES = {
    "arm_name": "Give each arm a short name.",
    "arm_weight": "A weight is a number above zero.",
    "arm_factor": "Factors are format, emotion and angle, each with a word.",
    "arms_few": "Name at least two arms, the control first.",
    "arms_many": "Name at most twelve arms.",
    "arms_two": "This design compares two arms.",
    "arms_alike": "Name the arms apart; an alias must not be another arm's name.",
    "metric_name": "Name a metric by letters, digits and underscores.",
    "metric_kind": "Say proportion, mean or ratio.",
    "metrics_none": "Name a metric; the first one is the one that is judged.",
    "metrics_alike": "Name the metrics apart.",
    "metric_design": "This design needs another kind of metric.",
    "baseline": "Give the number as it is now.",
    "baseline_share": "A share lies between zero and one.",
    "baseline_needed": "Say what the control shows now; without it there is no power.",
    "baseline_reach": "Baseline and minimum together must stay a share.",
    "deviation": "A standard deviation is above zero.",
    "deviation_needed": "Say how far units differ; without it there is no power.",
    "minimum": "The smallest effect worth it is a number above zero.",
    "slots_few": "Plan more slots: so few can show nothing at this alpha.",
    "planned_units": "Say how many units all arms together will have, at least sixty an arm.",
    "alpha": "Alpha lies between zero and one half.",
    "looks": "Plan between one and fifty looks.",
    "horizon": "Plan between one and 366 days.",
    "design": "Choose one of the designs.",
    "unit": "Units are viewer, cell, cinema or city.",
    "assigned_by": "Say us, platform, calendar or nobody.",
    "assigned_design": "Who assigned the units does not go with this design.",
    "question": "Ask one question, in at most 300 characters.",
    "id": "An id has small letters, digits and hyphens.",
    "places": "Name the places that get it, or how many are drawn.",
}


class DesignError(LongtakeError):
    """A design no trial could be run on.

    Attributes:
        field: What of it is wrong.
        says: Key of the message ``problem.design_<reason>`` without its prefix.
        slots: What its words need.

    Examples:
        >>> str(DesignError("alpha", "alpha", "2"))
        "alpha is '2'. Alpha lies between zero and one half."
    """

    code = "trial_design"

    def __init__(self, field: str, reason: str, given: str) -> None:
        super().__init__(f"{field} is {given!r}.", fix=FIXES[reason])
        self.field, self.reason, self.given = field, reason, given
        self.says, self.slots = f"design_{reason}", {"given": given}
