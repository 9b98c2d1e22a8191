"""An audience circle as the parameters of a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from longtake.domain.campaign import Campaign, Circle
from longtake.domain.figure import Scalar
from longtake.ingest.reader import Pseudonym
from longtake.services.reports.draft import JOIN
from longtake.services.workspace import Workspace
from longtake.store.session import Session

NOBODY = "-"
"""Stands where accounts were asked for and none is known: no pseudonym looks like it."""


def keyed(campaign: Campaign, pseudonym: Pseudonym, platforms: Iterable[str]) -> Campaign:
    """Return a campaign whose circles know their accounts as the pseudonyms that comments carry.

    Args:
        campaign: What its file says.
        pseudonym: The workspace's.
        platforms: Platforms that an account without one may be on, unless its circle names some.

    Examples:
        >>> named = Campaign("x", "x", circles=(Circle("fans", accounts=("weibo:7", "8")),))
        >>> made = keyed(named, lambda platform, author: f"{platform}/{author}", ["douyin", "weibo"])
        >>> made.circles[0].authors
        ('douyin/8', 'weibo/7', 'weibo/8')
    """
    everywhere = sorted(set(platforms))

    def known(circle: Circle) -> Circle:
        found = set()
        for account in circle.accounts:
            place, colon, name = account.partition(":")
            on = [place] if colon and place in everywhere else circle.platforms or everywhere
            own = name if colon and place in everywhere else account
            found |= {pseudonym(platform, own) for platform in on if own}
        return replace(circle, authors=tuple(sorted(found)))

    return replace(campaign, circles=tuple(known(circle) for circle in campaign.circles))


def known(workspace: Workspace, campaign: Campaign, session: Session) -> Campaign:
    """Return a campaign whose circles know their accounts by the workspace's key.

    Raises:
        WorkspaceError: The key cannot be read.
    """
    if not any(circle.accounts for circle in campaign.circles):
        return campaign
    platforms = session.run("comments_overview").column("platform").to_pylist()
    return keyed(campaign, workspace.pseudonym(), platforms)


def rules(circle: Circle) -> dict[str, Scalar]:
    r"""Return a circle as the parameters of a query.

    Examples:
        >>> rules(Circle("x", keywords=("船", "海"), accounts=("7",), ticket_buyers=True))
        {'words': '船\x1f海', 'authors': '-', 'verified': True}
    """
    authors = circle.authors or ((NOBODY,) if circle.accounts else ())
    told = {
        "platforms": circle.platforms,
        "regions": circle.regions,
        "words": circle.keywords,
        "authors": authors,
    }
    made: dict[str, Scalar] = {name: JOIN.join(values) for name, values in told.items() if values}
    return {**made, "verified": True} if circle.ticket_buyers else made
