"""The invitations of one campaign, measured by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.answers.report import Section
from longtake.domain.campaign import Campaign
from longtake.domain.figure import Figure
from longtake.services import evidence
from longtake.services.campaigns.target import target as campaign_of
from longtake.services.progress import Progress, Silent
from longtake.services.reports.draft import ZONE
from longtake.services.reports.drafted import drafted
from longtake.services.reports.referrals.section import section
from longtake.services.workspace import Workspace
from longtake.store.session import open_session


@dataclass(frozen=True, slots=True)
class Brought:
    """Who brought whom in one campaign.

    Attributes:
        campaign: Whose.
        section: What a report says; None without invitations.
        zone: IANA name of the zone times are shown in.
    """

    campaign: Campaign
    section: Section | None
    zone: str = ZONE

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, by its id."""
        if self.section is None:
            return ()
        return tuple(sorted((*self.section.figures, *self.section.more), key=lambda figure: figure.id))


def brought(workspace: Workspace, target: str, *, progress: Progress | None = None) -> Brought:
    """Measure the invitations of a campaign folder or a known campaign.

    Args:
        workspace: Where the rows are kept.
        target: A folder with a ``campaign.toml``, or the name of a campaign of the workspace.
        progress: Where to show progress.

    Raises:
        NotFoundError: The target is neither.
        LongtakeError: The campaign file or the lake cannot be used.
    """
    bar = progress or Silent()
    campaign = campaign_of(workspace, target, None, bar)
    bar.begin("measure", None)
    with open_session(workspace.lake, campaign.id) as session:
        found = Brought(campaign, section(drafted(workspace, campaign, session)))
    evidence.keep(workspace, campaign.id, found.figures, beside=True)
    return found
