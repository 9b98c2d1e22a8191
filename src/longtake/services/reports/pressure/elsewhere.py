"""How many speak of what lies outside the campaign: rivals, showings, the end of a holiday."""

from __future__ import annotations

from longtake.domain.estimate import Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import share
from longtake.services.reports.draft import JOIN, LEVEL, Draft

# Words of audiences and cinemas alike for few showings, and for work or school that takes the time.
SHOWINGS = (
    "排片",
    "场次",
    "早场",
    "午夜场",
    "下映",
    "下线了",
    "撤档",
    "没场",
    "没排",
    "只有一场",
    "就一场",
    "最后一场",
)
BUSY = ("开工", "开学", "复工", "收假", "假期结束", "假期余额", "放假那", "节后", "年后", "上班了", "没空看")
MOST_RIVALS = 20


def outside_talk(draft: Draft) -> Figure:
    """Return the share of comments that name a rival, few showings or the end of a holiday.

    Rivals are those of the campaign file; without any, the other two are counted all the same.
    """
    rivals = [name.strip("《》") for name in draft.campaign.competitors if len(name.strip("《》")) >= 2]
    words = JOIN.join((*sorted(rivals)[:MOST_RIVALS], *SHOWINGS, *BUSY))
    n = sum(row["n"] for row in draft.run("circle_comments"))
    told = sum(row["n"] for row in draft.run("circle_comments", words=words))
    quantity = share(told, n, level=LEVEL) if n else Unknown("no_rows", "share of comments", "share", 0)
    return draft.figure(
        "pressure.outside_talk", "outside_talk", quantity, Evidence("rows.comments", {"words": words})
    )
