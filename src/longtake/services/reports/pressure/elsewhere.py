"""How many speak of what lies outside the campaign: rivals, showings, the end of a holiday."""

from __future__ import annotations

from longtake.domain.figure import Figure
from longtake.services.reports.draft import Draft
from longtake.services.reports.talk_share import talk_share

MOST_RIVALS = 20
LEAST_LETTERS = 2


def outside_talk(draft: Draft) -> Figure:
    """Return the share of comments that name a rival, few showings or the end of a holiday.

    Rivals are those of the campaign file; without any, the other two are counted all the same.
    """
    names = sorted({name.strip("《》") for name in draft.campaign.competitors})
    rivals = [name for name in names if len(name) >= LEAST_LETTERS][:MOST_RIVALS]
    quantity, rows = talk_share(draft, "outside", rivals)
    return draft.figure("pressure.outside_talk", "outside_talk", quantity, rows)
