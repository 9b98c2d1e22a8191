"""Signs that the film reached the wrong circles, or that circles hear different films in it."""

from __future__ import annotations

from longtake.domain.answers.cause import Sign
from longtake.services.reports.draft import Draft
from longtake.services.reports.positioning.measured import figures

CAUSE = "positioning"
KEYS = (
    "circle_divergence",
    "polarised",
    "planned_missed",
    "strangers",
    "weak_link",
    "aspect_split",
    "speakers_divided",
    "misplaced_talk",
)


def signs(draft: Draft) -> tuple[Sign, ...]:
    """Return the signs of a missed position, always the same keys in the same order.

    Each is 0 or more, and higher speaks for the cause: ``circle_divergence`` is how far circles' mean
    polarity is apart beyond chance; ``polarised`` the share of ratings beyond a single peak;
    ``planned_missed`` half the sum of planned less observed shares; ``strangers`` the share of people outside
    every planned circle; ``weak_link`` one less the weakest link over the median link; ``aspect_split`` how
    differently circles judge the same aspect; ``speakers_divided`` how far those who say in passing who they
    are differ by what they say; ``misplaced_talk`` the share of comments that ask whom it is
    for or say it is not for them. Unknown where not measurable.
    """
    found = figures(draft)
    return tuple(Sign(key, CAUSE, found[key]) for key in KEYS)
