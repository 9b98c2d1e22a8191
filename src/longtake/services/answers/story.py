"""The telling of one campaign, measured by itself: section, signs, and what stands behind them."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.answers.cause import Sign
from longtake.domain.answers.report import Section
from longtake.domain.campaign import Campaign
from longtake.domain.figure import Figure
from longtake.services import evidence
from longtake.services.campaigns.target import target as campaign_of
from longtake.services.progress import Progress, Silent
from longtake.services.reports.draft import ZONE
from longtake.services.reports.drafted import drafted
from longtake.services.reports.story.section import section
from longtake.services.reports.story.signs import signs
from longtake.services.workspace import Workspace
from longtake.store.session import open_session


@dataclass(frozen=True, slots=True)
class Story:
    """What was found of one campaign.

    Attributes:
        campaign: Whose.
        section: What a report says; None where there is nothing to compare.
        signs: What speaks for a mismatch.
        zone: IANA name of the zone times are shown in.
    """

    campaign: Campaign
    section: Section | None
    signs: tuple[Sign, ...]
    zone: str = ZONE

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, none twice."""
        found: dict[str, Figure] = {sign.figure.id: sign.figure for sign in self.signs}
        if self.section is not None:
            for figure in (*self.section.figures, *self.section.more):
                found.setdefault(figure.id, figure)
        return tuple(found[name] for name in sorted(found))


def tell(workspace: Workspace, target: str, *, progress: Progress | None = None) -> Story:
    """Measure the telling of a campaign folder or a known campaign.

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
        draft = drafted(workspace, campaign, session)
        found = Story(campaign, section(draft), signs(draft))
    evidence.keep(workspace, campaign.id, found.figures, beside=True)
    return found
