"""The calendar of a campaign a person names, and what of it leaves as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from longtake.domain.estimate import Estimate, Quantity
from longtake.services import evidence
from longtake.services.assets.calendar import AssetCalendar, calendar
from longtake.services.campaigns.target import target as campaign_of
from longtake.services.progress import Progress, Silent
from longtake.services.reports.draft import Draft
from longtake.services.workspace import Workspace
from longtake.store.session import open_session


def assets(
    workspace: Workspace,
    target: str,
    *,
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> AssetCalendar:
    """Return the assets of a campaign; the rows behind the figures open afterwards.

    Raises:
        NotFoundError: The target is neither a folder nor a campaign.
        LongtakeError: A file or the lake cannot be read.
    """
    bar = progress or Silent()
    campaign = campaign_of(workspace, target, observed_at, bar)
    bar.begin("measure", None)
    with open_session(workspace.lake, campaign.id) as session:
        found = calendar(Draft(campaign, session))
    evidence.keep(workspace, campaign.id, found.figures, beside=True)
    return found


def as_json(found: AssetCalendar) -> dict[str, Any]:
    """Return a calendar as JSON takes it, times in ISO 8601."""
    return {
        "until": found.until.isoformat() if found.until else None,
        "lines": [
            {
                "kind": line.kind,
                "n": line.n,
                "days": line.cadence.days,
                "typical_gap_days": _plain(line.cadence.typical),
                "usual_gap_days": line.cadence.usual,
                "gaps": [
                    {
                        "after": gap.after.isoformat(),
                        "before": gap.before.isoformat() if gap.before else None,
                        "days": gap.days,
                    }
                    for gap in line.cadence.gaps
                ],
            }
            for line in found.lines
        ],
        "assets": [
            {
                "key": asset.key,
                "kind": asset.kind,
                "title": asset.title,
                "at": asset.at.isoformat() if asset.at else None,
                "platform": asset.platform,
                "planned": asset.planned,
                "beside": asset.beside,
                "figures": [
                    {"id": figure.id, "label": figure.label, **_plain(figure.quantity)}
                    for figure in asset.figures
                ],
            }
            for asset in found.assets
        ],
    }


def _plain(quantity: Quantity) -> dict[str, Any]:
    if isinstance(quantity, Estimate):
        return {
            name: getattr(quantity, name) for name in ("value", "low", "high", "level", "unit", "method", "n")
        }
    return {"unknown": quantity.reason, "method": quantity.method, "n": quantity.n, "needed": quantity.needed}
