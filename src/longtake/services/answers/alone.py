"""One section of a report, measured by itself: what it says, its signs, and what stands behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from longtake.domain.answers.cause import Sign
from longtake.domain.answers.report import Section
from longtake.domain.campaign import Campaign
from longtake.domain.figure import Figure
from longtake.services import evidence
from longtake.services.campaigns.target import target as campaign_of
from longtake.services.progress import Progress, Silent
from longtake.services.reports.draft import ZONE, Draft
from longtake.services.reports.drafted import drafted
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

Measure = Callable[[Draft], tuple[Section | None, tuple[Sign, ...]]]
"""Measures a section of a draft, and what in it speaks for a cause."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What was found of one campaign.

    Attributes:
        campaign: Whose.
        section: What a report says; None where its files are missing.
        signs: What speaks for a cause.
        zone: IANA name of the zone times are shown in.
    """

    campaign: Campaign
    section: Section | None
    signs: tuple[Sign, ...]
    zone: str = ZONE

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure by its id, none twice."""
        found: dict[str, Figure] = {sign.figure.id: sign.figure for sign in self.signs}
        if self.section is not None:
            for figure in (*self.section.figures, *self.section.more):
                found.setdefault(figure.id, figure)
        return tuple(found[name] for name in sorted(found))


def alone(workspace: Workspace, target: str, measure: Measure, progress: Progress | None = None) -> Alone:
    """Measure one section of a campaign folder or a known campaign, and keep what its figures rest on.

    Args:
        workspace: Where the rows are kept.
        target: A folder with a ``campaign.toml``, or the name of a campaign of the workspace.
        measure: Which section.
        progress: Where to show progress.

    Raises:
        NotFoundError: The target is neither.
        LongtakeError: The campaign file or the lake cannot be used.
    """
    bar = progress or Silent()
    campaign = campaign_of(workspace, target, None, bar)
    bar.begin("measure", None)
    with open_session(workspace.lake, campaign.id) as session:
        found = Alone(campaign, *measure(drafted(workspace, campaign, session)))
    evidence.keep(workspace, campaign.id, found.figures, beside=True)
    return found
