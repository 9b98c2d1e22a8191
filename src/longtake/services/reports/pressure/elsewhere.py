"""How many speak of what lies outside the campaign: rivals, showings, the end of a holiday."""

from __future__ import annotations

from longtake.diagnosis.playbook.talk import words
from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.difference import METHOD, difference
from longtake.services.reports.draft import JOIN, LEVEL, Draft
from longtake.services.reports.talk_share import talk_share

MOST_RIVALS = 20
LEAST_LETTERS = 2


def outside_talk(draft: Draft) -> Figure:
    """Return the share of comments that name a rival, few showings or the end of a holiday.

    Rivals are those of the campaign file; without any, the other two are counted all the same.
    """
    quantity, rows = talk_share(draft, "outside", rivals(draft))
    return draft.figure("pressure.outside_talk", "outside_talk", quantity, rows)


def outside_rise(draft: Draft) -> Figure:
    """Return how much more of the talk is of the outside after the busiest day than up to it.

    What people of a campaign say of showings and rivals anyway, and what the word list misses or takes for
    such talk, is the same before and after.
    """
    marks = JOIN.join((*rivals(draft), *words("outside")))
    every = {row["day"]: row["n"] for row in draft.run("comments_by_day")}
    where = {"words": marks}
    quantity: Quantity = Unknown("no_time", METHOD, "share", 0)
    if every:
        top = max(every, key=lambda day: (every[day], -day.toordinal()))
        told = {row["day"]: row["n"] for row in draft.run("comments_by_day", words=marks)}
        late = [day for day in every if day > top]
        early = [day for day in every if day <= top]
        quantity = difference(
            (sum(told.get(day, 0) for day in late), sum(every[day] for day in late)),
            (sum(told.get(day, 0) for day in early), sum(every[day] for day in early)),
            level=LEVEL,
        )
        if late:
            where["day_from"] = min(late).isoformat()
    return draft.figure("pressure.outside_rise", "outside_rise", quantity, Evidence("rows.comments", where))


def rivals(draft: Draft) -> list[str]:
    """Return the rivals' names to look for, without title marks."""
    names = sorted({name.strip("《》") for name in draft.campaign.competitors})
    return [name for name in names if len(name) >= LEAST_LETTERS][:MOST_RIVALS]
