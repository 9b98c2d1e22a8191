"""What the telling says of a mismatch: signs for the diagnosis."""

from __future__ import annotations

from longtake.domain.answers.cause import Sign
from longtake.services.reports.draft import Draft
from longtake.services.reports.story.figures import drifting, expectation, gap_figures, unpaid

CAUSE = "mismatch"


def signs(draft: Draft) -> tuple[Sign, ...]:
    """Return the signs of a mismatch between promise and film; always the same six, unknown where untold.

    A higher value speaks for the mismatch. Where a node or the film is marked as an intended reversal, the
    gaps are measured all the same; whether they pleased is what ``expectation_violated`` says.
    """
    gaps = gap_figures(draft)
    figures = {
        **{f"gap_{axis}": gaps[axis] for axis in ("intensity", "relations", "pacing")},
        "promises_unpaid": unpaid(draft),
        "expectation_violated": expectation(draft),
        "node_drift": drifting(draft),
    }
    return tuple(Sign(key, CAUSE, figure) for key, figure in figures.items())
