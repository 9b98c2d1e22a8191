"""Every sign of a campaign, and what they amount to."""

from __future__ import annotations

from collections.abc import Iterator

from longtake.diagnosis.model import model
from longtake.diagnosis.weigh import weigh
from longtake.domain.answers.cause import Sign
from longtake.domain.answers.diagnosis import Diagnosis
from longtake.services.reports.draft import Draft
from longtake.services.reports.interaction.signs import signs as interaction
from longtake.services.reports.positioning.signs import signs as positioning
from longtake.services.reports.pressure.signs import signs as pressure
from longtake.services.reports.story.signs import signs as story


def signs(draft: Draft) -> tuple[Sign, ...]:
    """Return every sign of a campaign, measured or unknown, in the order of the causes."""
    found: tuple[Sign, ...] = draft.once("signs", lambda: tuple(_signs(draft)))
    return found


def _signs(draft: Draft) -> Iterator[Sign]:
    for of in (story, positioning, interaction, pressure):
        yield from of(draft)


def diagnosed(draft: Draft) -> Diagnosis:
    """Return what the signs of a campaign amount to."""
    found: Diagnosis = draft.once("diagnosis", lambda: weigh(signs(draft), model()))
    return found
