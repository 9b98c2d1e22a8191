"""Every sign of a campaign, and what they amount to."""

from __future__ import annotations

from longtake.diagnosis.model import model
from longtake.diagnosis.weigh import weigh
from longtake.domain.cause import Sign
from longtake.domain.diagnosis import Diagnosis
from longtake.services.reports.draft import Draft


def signs(draft: Draft) -> tuple[Sign, ...]:
    """Return every sign of a campaign, measured or unknown, in the order of the causes."""
    found: tuple[Sign, ...] = draft.once("signs", lambda: ())
    return found


def diagnosed(draft: Draft) -> Diagnosis:
    """Return what the signs of a campaign amount to."""
    found: Diagnosis = draft.once("diagnosis", lambda: weigh(signs(draft), model()))
    return found
